package dev.datastudio.api.job;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;

/** When a schedule's job runs. */
public sealed interface Timing {
    /**
     * At the times of a cron expression. An hour that the clocks leave out gives no run; one that they repeat gives one.
     *
     * @param expression five fields as of Unix (minute, hour, day of month, month, day of week), or six with the second
     *     in front; checked when the schedule is put into a queue
     * @param zone whose clock counts
     */
    record Cron(String expression, ZoneId zone) implements Timing {
        public Cron {
            Objects.requireNonNull(expression, "expression");
            Objects.requireNonNull(zone, "zone");
            if (expression.length() > 200) {
                throw new IllegalArgumentException(
                        "A cron expression must be at most 200 characters, was " + expression.length());
            }
        }
    }

    /**
     * In equal steps, counted from when the schedule was put into the queue.
     *
     * @param interval 1 second to 366 days
     */
    record Every(Duration interval) implements Timing {
        /** @throws IllegalArgumentException if the interval is out of its range */
        public Every {
            if (interval.compareTo(Duration.ofSeconds(1)) < 0 || interval.compareTo(Duration.ofDays(366)) > 0) {
                throw new IllegalArgumentException("interval must be in 1 s..366 days, was " + interval);
            }
        }
    }
}
