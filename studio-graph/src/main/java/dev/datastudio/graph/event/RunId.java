package dev.datastudio.graph.event;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names one run of a graph. Immutable.
 *
 * @param value 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit
 */
public record RunId(String value) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** @throws IllegalArgumentException if the value breaks the rule */
    public RunId {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "value must be 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit, was '" + value
                            + "'");
        }
    }

    /** An id that nothing else has. */
    public static RunId random() {
        return new RunId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
