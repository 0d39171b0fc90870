package dev.datastudio.core.model.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.api.error.StudioException;

/** An answer of a model lacks what it needs; its message is what the model is told. */
public final class BadAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is the matter, as the end of a sentence */
    public BadAnswerException(String message) {
        super(message);
    }

    /** A field is missing or of another kind. */
    public static BadAnswerException field(String name, String wanted, JsonNode found) {
        return new BadAnswerException("'" + name + "' must be " + wanted + ", was "
                + (found.isMissingNode() ? "missing" : StudioException.quote(found.toString())));
    }

    /** The message, which is never null. */
    String words() {
        return String.valueOf(getMessage());
    }
}
