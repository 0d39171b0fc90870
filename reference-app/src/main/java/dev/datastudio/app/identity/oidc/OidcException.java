package dev.datastudio.app.identity.oidc;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A provider that could not be asked, or that has not proved who somebody is. */
public final class OidcException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    OidcException(Kind kind, String message) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    OidcException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** What went wrong. */
    public enum Kind {
        /** The provider can't be reached, or answers otherwise than it should. */
        PROVIDER_FAILED,
        /** What it answered does not prove who somebody is. */
        NOT_PROVED
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
