package dev.datastudio.ml.internal;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.ml.train.Checkpoints;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * What a training in the background has learnt so far, in the folder that its model will have. Writing takes a twentieth of
 * the time at most, and happens every few seconds unless one epoch or the writing takes longer: what is lost with a process
 * is less than that. Not thread-safe.
 */
public final class JobCheckpoints implements Checkpoints {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    /** So many times as long as writing took nothing is written. */
    private static final int PAUSE = 20;

    private final ArtifactStore artifacts;
    private final ArtifactKey key;
    private long next = System.nanoTime();

    /** @param model the id that the model will have */
    public JobCheckpoints(ArtifactStore artifacts, Caller caller, String model) {
        this.artifacts = artifacts;
        this.key = ArtifactKey.of(caller).resolve("models/" + model + "/checkpoint.bin");
    }

    @Override
    public Optional<byte[]> last() {
        try (InputStream in = artifacts.open(key)) {
            return Optional.of(in.readAllBytes());
        } catch (StudioException e) {
            if (e.code() == ErrorCode.ARTIFACT_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "What the training had learnt can't be read from " + StudioException.quote(key),
                    "Train it anew",
                    e);
        }
    }

    @Override
    public void keep(int epoch, byte[] state) {
        if (System.nanoTime() - next >= 0) {
            long begin = System.nanoTime();
            artifacts.put(key, state);
            long end = System.nanoTime();
            next = end + Math.max(SHORTEST.toNanos(), PAUSE * (end - begin));
        }
    }

    /** Removes what was kept; does nothing when nothing was. */
    public void delete() {
        artifacts.delete(key);
    }
}
