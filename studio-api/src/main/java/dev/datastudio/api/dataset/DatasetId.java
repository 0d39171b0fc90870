package dev.datastudio.api.dataset;

import java.util.UUID;

/** Names one imported version of a data set. Immutable. */
public record DatasetId(UUID value) {
    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException if the text is not a UUID
     */
    public static DatasetId parse(String text) {
        return new DatasetId(UUID.fromString(text));
    }

    /** An id never given before. */
    public static DatasetId random() {
        return new DatasetId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
