package dev.datastudio.api.artifact;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Keeps files under names, whole or not at all.
 *
 * <p>A reader sees the old content or the new, never a mixture, also when the writer is killed. Names that differ in
 * letter case are different artifacts, or the second one is refused; they are never mixed up. A name can't be both an
 * artifact and a folder of artifacts: don't store {@code a/b} and {@code a/b/c}; some stores refuse it with
 * ARTIFACT_KEY_INVALID.
 *
 * <p>Whose an artifact is stands in its key, not in the store: whoever takes a key from outside asks
 * {@link ArtifactKey#isOwnedBy} first. Thread-safe. Failures of the store itself are {@link StudioException}s with
 * STORAGE_FULL, STORAGE_NOT_WRITABLE or STORAGE_FAILED, and leave everything as it was.
 */
public interface ArtifactStore {
    /**
     * Stores the content, in place of what was there, and returns when it is safe on the medium.
     *
     * @param content read to its end, not closed; if it fails, nothing is stored
     */
    StoredArtifact put(ArtifactKey key, InputStream content);

    /** Stores the content as {@link #put(ArtifactKey, InputStream)} does. */
    default StoredArtifact put(ArtifactKey key, byte[] content) {
        return put(key, new ByteArrayInputStream(content));
    }

    /**
     * Opens the content for reading; the caller closes it. What is read stays the content of this moment when the
     * artifact is replaced or deleted meanwhile.
     *
     * @throws StudioException with code {@link ErrorCode#ARTIFACT_NOT_FOUND} when there is none
     */
    InputStream open(ArtifactKey key);

    /** What is known of an artifact; empty when there is none, also when the key is a folder. */
    Optional<StoredArtifact> find(ArtifactKey key);

    /** All artifacts in a folder and the folders beneath, sorted by key; the one of that very name too. */
    List<StoredArtifact> list(ArtifactKey folder);

    /**
     * Deletes an artifact.
     *
     * @return whether there was one
     */
    boolean delete(ArtifactKey key);

    /**
     * Deletes what {@link #list} gives; when it fails half way, some are left and it can be called again.
     *
     * @return how many there were
     */
    int deleteAll(ArtifactKey folder);
}
