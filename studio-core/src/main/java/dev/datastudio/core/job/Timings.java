package dev.datastudio.core.job;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Timing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The times of schedules, and timings as columns of a table. */
final class Timings {
    private static final int FIELDS_OF_UNIX = 5;
    private static final int FIELDS_WITH_SECONDS = 6;

    private Timings() {}

    /**
     * The first time of a timing after another.
     *
     * @param last a time that it had, from which equal steps are counted
     * @throws StudioException INVALID_ARGUMENT when it can't be read or has no further time
     */
    static Instant next(Timing timing, Instant last, Instant after) {
        if (timing instanceof Timing.Every every) {
            return next(every.interval(), last, after);
        }
        if (timing instanceof Timing.Cron cron) {
            return next(cron, after);
        }
        throw new AssertionError(timing);
    }

    private static Instant next(Duration interval, Instant last, Instant after) {
        long steps = Math.max(0, Duration.between(last, after).toMillis() / interval.toMillis());
        return last.plus(interval.multipliedBy(steps + 1));
    }

    private static Instant next(Timing.Cron cron, Instant after) {
        String expression = cron.expression().trim();
        Instant next;
        try {
            next = new CronSchedule(expression, cron.zone(), style(cron, expression))
                    .getNextExecutionTime(ExecutionComplete.simulatedSuccess(after));
        } catch (IllegalArgumentException e) {
            throw invalid(cron, e);
        }
        if (!next.isBefore(Schedule.NEVER)) {
            throw invalid(cron, null);
        }
        return next;
    }

    private static CronStyle style(Timing.Cron cron, String expression) {
        return switch (expression.split("\\s+", -1).length) {
            case FIELDS_OF_UNIX -> CronStyle.UNIX;
            case FIELDS_WITH_SECONDS -> CronStyle.SPRING53;
            default -> throw invalid(cron, null);
        };
    }

    private static StudioException invalid(Timing.Cron cron, @Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The cron expression " + StudioException.quote(cron.expression())
                        + " can't be read or has no time to come",
                "Give minute, hour, day of month, month and day of week, such as '30 6 * * 1-5'",
                cause);
    }

    static String kind(Timing timing) {
        return timing instanceof Timing.Cron ? "cron" : "every";
    }

    static String expression(Timing timing) {
        if (timing instanceof Timing.Every every) {
            return every.interval().toString();
        }
        if (timing instanceof Timing.Cron cron) {
            return cron.expression();
        }
        throw new AssertionError(timing);
    }

    static String zone(Timing timing) {
        return timing instanceof Timing.Cron cron ? cron.zone().getId() : "Z";
    }

    static Timing read(ResultSet row) throws SQLException {
        String expression = row.getString("expression");
        return "cron".equals(row.getString("timing"))
                ? new Timing.Cron(expression, ZoneId.of(row.getString("zone")))
                : new Timing.Every(Duration.parse(expression));
    }
}
