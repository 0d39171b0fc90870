package dev.datastudio.api.artifact;

import java.time.Instant;
import java.util.Objects;

/**
 * What a store knows of an artifact without reading it. Immutable.
 *
 * @param key its name
 * @param sizeBytes its length, at least 0
 * @param storedAt when this content was put there, as exact as the store's clock
 */
public record StoredArtifact(ArtifactKey key, long sizeBytes, Instant storedAt) {
    public StoredArtifact {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(storedAt, "storedAt");
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("sizeBytes must be at least 0, was " + sizeBytes);
        }
    }
}
