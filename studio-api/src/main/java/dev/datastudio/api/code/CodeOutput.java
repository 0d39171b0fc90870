package dev.datastudio.api.code;

import java.util.Objects;

/**
 * What code printed. Immutable.
 *
 * @param text read as UTF-8, with U+FFFD for what is none
 * @param isTruncated whether it printed more than the limit, and the end is missing
 */
public record CodeOutput(String text, boolean isTruncated) {
    public CodeOutput {
        Objects.requireNonNull(text, "text");
    }
}
