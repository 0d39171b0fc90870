package dev.datastudio.app.web;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import org.jspecify.annotations.Nullable;

/** What the body of a request has to have, which reading it does not see to. */
public final class Body {
    private Body() {}

    /**
     * A part that there must be.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when it was not sent
     */
    public static <T> T part(@Nullable T value, String name) {
        if (value == null) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "There is no " + StudioException.quote(name), "Send it in the body");
        }
        return value;
    }
}
