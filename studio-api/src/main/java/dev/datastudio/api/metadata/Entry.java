package dev.datastudio.api.metadata;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * One kept thing. Immutable.
 *
 * @param key its name
 * @param revision 1 when it was made, one more with each change
 * @param body what it is, as JSON text; opaque to the store
 * @param attributes what it can be found by: at most 16, names of lower-case letters, digits and '_', values of at most
 *     500 characters
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
