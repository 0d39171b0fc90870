package dev.datastudio.api.job;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A schedule as it stands. Immutable.
 *
 * @param schedule what runs, and when
 * @param state whether it is on
 * @param nextAt the next time, also while it is off
 * @param lastJob what it submitted last
 */
public record ScheduleStatus(JobSchedule schedule, State state, Instant nextAt, Optional<JobId> lastJob) {
    public ScheduleStatus {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(nextAt, "nextAt");
    }

    /** Whether a schedule submits jobs. */
    public enum State {
        ENABLED,
        DISABLED
    }
}
