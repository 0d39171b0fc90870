package dev.datastudio.rag.document;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the latest attempt to bring a content in goes, or ended. Immutable.
 *
 * @param state where it is
 * @param stage the stage that it is in, or ended in
 * @param version the {@linkplain DocumentVersion#id() version} that it makes
 * @param sha256 of the file
 * @param bytes the length of the file
 * @param attempt the how-maniest, from 1
 * @param error why it failed; null unless it did
 * @param changedAt since when it is so
 */
public record Ingestion(
        State state,
        Stage stage,
        String version,
        String sha256,
        long bytes,
        int attempt,
        @Nullable Failure error,
        Instant changedAt) {
    /** @throws IllegalArgumentException if a failed one has no reason, or another one has one */
    public Ingestion {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(stage, "stage");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(changedAt, "changedAt");
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt must be at least 1, was " + attempt);
        }
        if ((state == State.FAILED) != (error != null)) {
            throw new IllegalArgumentException(
                    "A reason belongs to state FAILED, and only to it; the state was " + state);
        }
    }

    /** {@link #error()}, or empty when it did not fail. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(error);
    }

    /** The same in another stage. */
    public Ingestion at(Stage stage, Instant now) {
        return new Ingestion(State.RUNNING, stage, version, sha256, bytes, attempt, null, now);
    }

    /** The same, ended well. */
    public Ingestion done(Instant now) {
        return new Ingestion(State.DONE, Stage.STORE, version, sha256, bytes, attempt, null, now);
    }

    /** The same, failed in the stage that it was in. */
    public Ingestion failed(Failure why, Instant now) {
        return new Ingestion(State.FAILED, stage, version, sha256, bytes, attempt, why, now);
    }

    /** The same, stopped because somebody asked for it. */
    public Ingestion cancelled(Instant now) {
        return new Ingestion(State.CANCELLED, stage, version, sha256, bytes, attempt, null, now);
    }

    /** Where an ingestion is. */
    public enum State {
        /** Kept, and to be read by whoever takes the job. */
        WAITING,
        /** Being done; after a crash, until somebody resumes it. */
        RUNNING,
        /** Its version can be found. */
        DONE,
        /** It ended without a version; an earlier one stays. */
        FAILED,
        /** Somebody stopped it; an earlier version stays. */
        CANCELLED
    }

    /**
     * Why an ingestion failed. Immutable.
     *
     * @param reason as a stable name: the status of the reader, such as {@code ENCRYPTED}, or an error code
     * @param message what happened, with the value
     * @param mend what to do about it
     * @param isPassing whether trying again may help
     */
    public record Failure(String reason, String message, String mend, boolean isPassing) {
        public Failure {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(mend, "mend");
        }
    }
}
