package dev.datastudio.api.job;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which jobs a caller wants to see, the newest first. Immutable.
 *
 * @param states in one of these states; none: in any
 * @param queues of one of these queues; none: of any
 * @param type of this type; empty: of any
 * @param after the last job of the page before; empty: the first page
 * @param limit how many at most, 1 to 1,000
 */
public record JobQuery(Set<JobState> states, Set<QueueName> queues, String type, String after, int limit) {
    /** The newest hundred. */
    public static final JobQuery NEWEST = new JobQuery(Set.of(), Set.of(), "", "", 100);

    /** Those that are not done. */
    public static final JobQuery OPEN = NEWEST.in(EnumSet.of(JobState.QUEUED, JobState.RUNNING));

    /** @throws IllegalArgumentException if a value is out of its range */
    public JobQuery {
        states = Set.copyOf(states);
        queues = Set.copyOf(queues);
        if (!type.isEmpty()) {
            JobRequest.requireType(type);
        }
        if (!after.isEmpty()) {
            after = new JobId(after).value();
        }
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("limit must be in 1..1000, was " + limit);
        }
    }

    /** The same in certain states. */
    public JobQuery in(Set<JobState> states) {
        return new JobQuery(states, queues, type, after, limit);
    }

    /** The same of certain queues. */
    public JobQuery of(Set<QueueName> queues) {
        return new JobQuery(states, queues, type, after, limit);
    }

    /** The same of one type. */
    public JobQuery ofType(String type) {
        return new JobQuery(states, queues, type, after, limit);
    }

    /** The page after a job. */
    public JobQuery after(JobId job) {
        return new JobQuery(states, queues, type, job.value(), limit);
    }

    /** The same with another limit. */
    public JobQuery limit(int limit) {
        return new JobQuery(states, queues, type, after, limit);
    }
}
