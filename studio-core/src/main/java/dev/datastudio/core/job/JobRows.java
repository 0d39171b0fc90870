package dev.datastudio.core.job;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobError;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.job.RetryPolicy;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.tenant.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as rows of the tables {@code job} and {@code job_run}. */
final class JobRows {
    private static final String COMMON =
            "j.id, j.tenant, j.user_id, j.type, j.queue, j.submit_key, j.retry, j.timeout_ms,"
                    + " j.run_at, j.state, j.attempt, j.created_at, j.started_at, j.ended_at, j.worker, j.error_code,"
                    + " j.error_what, j.error_mend, r.due_at, r.cancelled,"
                    + " CASE WHEN r.id IS NULL THEN j.progress_stage ELSE r.progress_stage END AS stage,"
                    + " CASE WHEN r.id IS NULL THEN j.progress_done ELSE r.progress_done END AS done,"
                    + " CASE WHEN r.id IS NULL THEN j.progress_total ELSE r.progress_total END AS total,"
                    + " CASE WHEN r.id IS NULL THEN j.progress_unit ELSE r.progress_unit END AS unit";
    private static final String FROM = " FROM job j LEFT JOIN job_run r ON r.id = j.id ";

    /** Reads whole jobs. */
    static final String SELECT = "SELECT " + COMMON + ", j.payload, j.result" + FROM;

    /** Reads jobs without what may be large. */
    static final String SELECT_BRIEF = "SELECT " + COMMON + ", '' AS payload, NULL AS result" + FROM;

    private JobRows() {}

    /**
     * A job to be shown. One whose retries or limit can't be read is shown with none; the worker that takes it ends it.
     */
    static Job read(ResultSet row) throws SQLException {
        JobRequest request;
        Instant runAt = Instant.ofEpochMilli(row.getLong("run_at"));
        try {
            request = request(row, text(row, "submit_key"), runAt);
        } catch (IllegalArgumentException | DateTimeException e) {
            request = JobRequest.of(row.getString("type"), row.getString("payload"))
                    .in(queue(row.getString("queue")))
                    .withRetry(RetryPolicy.NONE);
        }
        return read(row, request);
    }

    /**
     * A job to be done.
     *
     * @throws IllegalArgumentException or a {@link DateTimeException} if its retries or limit can't be read
     */
    static Job readToRun(ResultSet row) throws SQLException {
        return read(row, request(row, text(row, "submit_key"), Instant.ofEpochMilli(row.getLong("run_at"))));
    }

    private static Job read(ResultSet row, JobRequest request) throws SQLException {
        JobState state = JobState.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        Optional<Long> dueAt = number(row, "due_at");
        return new Job(
                new JobId(row.getString("id")),
                new Caller(row.getString("tenant"), row.getString("user_id")),
                request,
                state,
                row.getInt("cancelled") != 0 || state == JobState.CANCELLED,
                row.getInt("attempt"),
                progress(row),
                Instant.ofEpochMilli(row.getLong("created_at")),
                dueAt.map(Instant::ofEpochMilli).orElse(request.runAt()),
                number(row, "started_at").map(Instant::ofEpochMilli),
                number(row, "ended_at").map(Instant::ofEpochMilli),
                Optional.ofNullable(text(row, "worker")),
                Optional.ofNullable(text(row, "result")),
                error(row));
    }

    /** The part of a row that jobs and schedules share. */
    static JobRequest request(ResultSet row, @Nullable String key, Instant runAt) throws SQLException {
        return new JobRequest(
                row.getString("type"),
                queue(row.getString("queue")),
                row.getString("payload"),
                key == null ? "" : key,
                parseRetry(row.getString("retry")),
                Duration.ofMillis(row.getLong("timeout_ms")),
                runAt);
    }

    static QueueName queue(String wireName) throws SQLException {
        return QueueName.parse(wireName)
                .orElseThrow(() -> new SQLException("The table of jobs names an unknown queue '" + wireName + "'"));
    }

    static String retryText(RetryPolicy retry) {
        return retry.maxAttempts() + " " + retry.firstDelay() + " " + retry.factor() + " " + retry.maxDelay();
    }

    private static RetryPolicy parseRetry(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("A retry policy has 4 parts, not '" + text + "'");
        }
        return new RetryPolicy(
                Integer.parseInt(parts[0]),
                Duration.parse(parts[1]),
                Double.parseDouble(parts[2]),
                Duration.parse(parts[3]));
    }

    private static Optional<Progress> progress(ResultSet row) throws SQLException {
        String stage = text(row, "stage");
        return stage == null
                ? Optional.empty()
                : Optional.of(new Progress(stage, row.getLong("done"), row.getLong("total"), row.getString("unit")));
    }

    private static Optional<JobError> error(ResultSet row) throws SQLException {
        String code = text(row, "error_code");
        return code == null
                ? Optional.empty()
                : Optional.of(new JobError(code(code), row.getString("error_what"), row.getString("error_mend")));
    }

    /** A newer Studio may have codes that this one has not; its words are told nevertheless. */
    private static ErrorCode code(String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(name))
                .findFirst()
                .orElse(ErrorCode.JOB_FAILED);
    }

    static @Nullable String text(ResultSet row, String column) throws SQLException {
        return row.getString(column);
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
