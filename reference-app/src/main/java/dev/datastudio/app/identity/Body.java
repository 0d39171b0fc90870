package dev.datastudio.app.identity;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.app.web.RefusedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the bodies of requests must have. */
final class Body {
    private static final int MAX_LENGTH = 1_000;

    private Body() {}

    /** A text that has to be there; never shown in a message, for it may be a password. */
    static String text(String name, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > MAX_LENGTH) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + name + "' is missing or too long",
                    "Send a text of 1 to " + MAX_LENGTH + " characters");
        }
        return value;
    }

    /** A value that has to be there. */
    static <T> T value(String name, @Nullable T value) {
        if (value == null) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "'" + name + "' is missing", "See /api/docs for what it may be");
        }
        return value;
    }

    /** A program with a token must not make itself more: only people in person get past here. */
    static void requireSession(Optional<Admission> admission) {
        if (admission.filter(each -> each.means() != Admission.Means.TOKEN).isEmpty()) {
            throw RefusedException.forbidden(
                    "SESSION_REQUIRED", "This can't be done with a personal token", "Sign in with your password");
        }
    }
}
