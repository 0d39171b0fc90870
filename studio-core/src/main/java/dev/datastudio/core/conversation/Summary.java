package dev.datastudio.core.conversation;

import java.time.Instant;
import java.util.Objects;

/**
 * What was said in the beginning of a branch, in short. Immutable.
 *
 * @param upTo the number of the last message that it covers, together with all before it on the way to it
 * @param text up to 100,000 characters
 * @param detail JSON text with how it was made, such as the model; {@code {}} for nothing
 */
public record Summary(long upTo, String text, String detail, Instant at) {
    public Summary {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(at, "at");
    }
}
