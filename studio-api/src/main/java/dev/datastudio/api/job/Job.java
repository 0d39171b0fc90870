package dev.datastudio.api.job;

import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.tenant.Caller;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A job as it stands. Immutable.
 *
 * @param id its name
 * @param owner who submitted it; nobody else sees it
 * @param request what was asked for
 * @param state where it is in its life
 * @param cancelRequested whether it was asked to stop; a handler may take a moment, or never look
 * @param attempt how often it was begun, 0 before the first time; also counts tries whose process was lost
 * @param progress how far the running, or the last, try has come
 * @param createdAt when it was submitted
 * @param dueAt when it may begin, or begin again
 * @param startedAt when the running, or the last, try began
 * @param endedAt when it came to its final state
 * @param worker which process runs it, or ran it last
 * @param result JSON text, once it succeeded
 * @param error why it failed, or why its last try did
 */
public record Job(
        JobId id,
        Caller owner,
        JobRequest request,
        JobState state,
        boolean cancelRequested,
        int attempt,
        Optional<Progress> progress,
        Instant createdAt,
        Instant dueAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> worker,
        Optional<String> result,
        Optional<JobError> error) {
    public Job {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(state, "state");
    }
}
