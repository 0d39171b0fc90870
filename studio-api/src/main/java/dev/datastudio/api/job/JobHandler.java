package dev.datastudio.api.job;

/**
 * Does the work of one type of job.
 *
 * <p>A job may run more than once: after a failure that can pass, and when its process was lost. So its effects must bear
 * repeating, or be written under {@link JobContext#fence()}. Called on a worker's thread, by several at once; may block.
 */
@FunctionalInterface
public interface JobHandler {
    /**
     * Does the work. It should look at {@link JobContext#cancellation()} every second or so: a handler that goes on for
     * {@code 5 s} after it was asked to stop has its thread interrupted, and after as long again its job is ended
     * without it.
     *
     * @return the result as JSON text, at most 1,000,000 bytes; a larger one is stored as an artifact and its key given
     * @throws Exception when it fails; a {@link dev.datastudio.api.error.StudioException} says what its owner is told, and
     *     its type whether trying again can help. Of another exception the owner sees only the type; an
     *     {@link java.io.IOException} or {@code java.sql.SQLException} is tried again
     */
    String run(JobContext context) throws Exception;
}
