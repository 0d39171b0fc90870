package dev.datastudio.api.code;

import java.util.Objects;

/**
 * Whether code can be run. Immutable.
 *
 * @param isAvailable whether it can
 * @param text what it can be run with, such as the versions of Python and pandas; or why not, and how to mend it
 */
public record CodeAvailability(boolean isAvailable, String text) {
    public CodeAvailability {
        Objects.requireNonNull(text, "text");
    }
}
