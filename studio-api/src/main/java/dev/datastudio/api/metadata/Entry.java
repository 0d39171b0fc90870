package dev.datastudio.api.metadata;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One kept thing. Immutable.
 *
 * @param key its name
 * @param revision 1 when it was made, one more with each change
 * @param body what it is, as JSON text; opaque to the store; at most 16,000,000 characters
 * @param attributes what it can be found by: at most 64, names of 1 to 32 lower-case letters, digits and '_' that begin
 *     with a letter, values of at most 500 characters; like the body without U+0000 and halves of surrogate pairs
 * @param createdAt when it was made, to the millisecond
 * @param changedAt when it was last changed, to the millisecond
 */
public record Entry(
        EntryKey key,
        long revision,
        String body,
        Map<String, String> attributes,
        Instant createdAt,
        Instant changedAt) {
    public Entry {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(changedAt, "changedAt");
        attributes = Map.copyOf(attributes);
    }
}
