package dev.datastudio.testkit.artifact;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.artifact.StoredArtifact;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store whose writes fail from a certain one on, as on a disk that fills up; for tests where no small disk can be
 * mounted. Reads go on. Thread-safe.
 */
public final class FailingArtifactStore implements ArtifactStore {
    private final ArtifactStore store;
    private final ErrorCode error;
    private final AtomicInteger writesLeft;

    /**
     * @param store does the work until then
     * @param error what the failing writes end with
     * @param writes how many writes succeed, at least 0
     */
    public FailingArtifactStore(ArtifactStore store, ErrorCode error, int writes) {
        this.store = Objects.requireNonNull(store, "store");
        this.error = Objects.requireNonNull(error, "error");
        this.writesLeft = new AtomicInteger(writes);
    }

    @Override
    public StoredArtifact put(ArtifactKey key, InputStream content) {
        countWrite(key);
        return store.put(key, content);
    }

    @Override
    public InputStream open(ArtifactKey key) {
        return store.open(key);
    }

    @Override
    public Optional<StoredArtifact> find(ArtifactKey key) {
        return store.find(key);
    }

    @Override
    public List<StoredArtifact> list(ArtifactKey folder) {
        return store.list(folder);
    }

    @Override
    public boolean delete(ArtifactKey key) {
        countWrite(key);
        return store.delete(key);
    }

    @Override
    public int deleteAll(ArtifactKey folder) {
        countWrite(folder);
        return store.deleteAll(folder);
    }

    private void countWrite(ArtifactKey key) {
        if (writesLeft.getAndDecrement() <= 0) {
            writesLeft.set(0);
            throw new StudioException(
                    error,
                    "The artifact " + StudioException.quote(key) + " could not be written: this store was made to fail",
                    "Give it more writes");
        }
    }
}
