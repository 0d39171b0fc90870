package dev.datastudio.api.job;

import java.time.Duration;

/**
 * How much there is to do in a queue, over all tenants and processes. Immutable.
 *
 * @param waiting jobs that are due and that no worker has taken, at least 0
 * @param later jobs whose time has not come: submitted for later, or waiting for their next try; at least 0
 * @param running jobs that a worker is at, at least 0
 * @param oldestWait for how long the first of the waiting ones has been due; zero when none waits
 */
public record QueueDepth(long waiting, long later, long running, Duration oldestWait) {
    /** Nothing to do. */
    public static final QueueDepth EMPTY = new QueueDepth(0, 0, 0, Duration.ZERO);

    public QueueDepth {
        if (waiting < 0 || later < 0 || running < 0 || oldestWait.isNegative()) {
            throw new IllegalArgumentException("A depth must not be negative, was " + waiting + " waiting, " + later
                    + " later, " + running + " running, oldest " + oldestWait);
        }
    }
}
