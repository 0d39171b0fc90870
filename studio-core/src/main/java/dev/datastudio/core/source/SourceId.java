package dev.datastudio.core.source;

import java.util.Objects;
import java.util.UUID;

/** Names one source of a tenant. Immutable. */
public record SourceId(UUID value) {
    public SourceId {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException if the text is not a UUID
     */
    public static SourceId parse(String text) {
        return new SourceId(UUID.fromString(text));
    }

    /** An id never given before. */
    public static SourceId random() {
        return new SourceId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
