package dev.datastudio.core.job;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.job.JobError;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.job.RetryPolicy;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.core.workspace.TransactionalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker does with jobs: takes them, says that it is there, ends them, gives them back, finds those of lost
 * processes. Each is one transaction, and each that ends a try finds the try's fencing number or does nothing.
 *
 * <p>Whether a process is lost is told by the clock of the database, so that clocks of machines may differ.
 */
final class RunStore {
    /** How often a job may lose its process before it is thought to be the reason. */
    static final int MAX_LOSSES = 10;

    /** A takeover that had to wait longer for its turn gives the heartbeats that waited as well a chance first. */
    private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final Logger log = LoggerFactory.getLogger(RunStore.class);

    private final TransactionalDatabase database;
    private final InstantSource clock;
    private final String worker;
    private final Map<QueueName, Integer> overall;
    private final String databaseNow;
    private final Fairness fairness = new Fairness();

    RunStore(TransactionalDatabase database, InstantSource clock, String worker, Map<QueueName, Integer> overall) {
        this.database = database;
        this.clock = clock;
        this.worker = worker;
        this.overall = overall;
        this.databaseNow = database.kind() == TransactionalDatabase.Kind.SQLITE
                ? "CAST(unixepoch('subsec') * 1000 AS INTEGER)"
                : "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
    }

    /**
     * Takes jobs that are due, the tenants in turns. Called by one thread.
     *
     * @param free how many of each queue; queues without an entry are left alone
     * @param types what this process can do
     */
    List<PickedJob> pick(Map<QueueName, Integer> free, Set<String> types) {
        if (types.isEmpty()
                || free.isEmpty()
                || database.read(c -> due(c, free, types)).isEmpty()) {
            return List.of(); // as almost always, without waiting for a turn to write
        }
        List<PickedJob> all = database.write(connection -> {
            List<PickedJob> picked = new ArrayList<>();
            for (JobId id : due(connection, free, types)) {
                pick(connection, id).ifPresent(picked::add);
            }
            return picked;
        });
        all.forEach(picked -> fairness.served(picked.job()));
        return all;
    }

    private List<JobId> due(Connection connection, Map<QueueName, Integer> free, Set<String> types)
            throws SQLException {
        List<JobId> due = new ArrayList<>();
        long now = clock.millis();
        boolean isAnyDue = !Sql.query(
                        connection, "SELECT 1 FROM job_run WHERE picked = 0 AND due_at <= ? LIMIT 1", row -> 1, now)
                .isEmpty();
        if (isAnyDue) {
            for (Map.Entry<QueueName, Integer> queue : free.entrySet()) {
                due.addAll(due(connection, queue.getKey(), queue.getValue(), types, now));
            }
        }
        return due;
    }

    private List<JobId> due(Connection connection, QueueName queue, int free, Set<String> types, long now)
            throws SQLException {
        long limit = Math.min(free, room(connection, queue));
        if (limit <= 0) {
            return List.of();
        }
        String sql = "WITH busy AS (SELECT tenant, COUNT(*) AS count FROM job_run WHERE queue = ? AND picked = 1"
                + " GROUP BY tenant), waiting AS (SELECT id, tenant, due_at, ROW_NUMBER() OVER (PARTITION BY tenant"
                + " ORDER BY due_at, id) AS place FROM job_run WHERE queue = ? AND picked = 0 AND due_at <= ?"
                + " AND type IN (" + Sql.places(types.size()) + "))"
                + " SELECT w.id, w.tenant, w.place + COALESCE(b.count, 0), w.due_at FROM waiting w"
                + " LEFT JOIN busy b ON b.tenant = w.tenant WHERE w.place <= ?";
        List<@Nullable Object> values = new ArrayList<>(List.of(queue.wireName(), queue.wireName(), now));
        values.addAll(types);
        values.add(limit);
        List<Turn> turns = Sql.query(connection, sql, Turn::read, values.toArray());
        return fairness.inOrder(queue, turns).stream()
                .limit(limit)
                .map(Turn::id)
                .toList();
    }

    private long room(Connection connection, QueueName queue) throws SQLException {
        Integer limit = overall.get(queue);
        if (limit == null) {
            return Long.MAX_VALUE;
        }
        return limit
                - Sql.number(
                        connection, "SELECT COUNT(*) FROM job_run WHERE queue = ? AND picked = 1", queue.wireName());
    }

    /** Empty for a job that can't be read: it is ended, or it would keep all others from being taken. */
    private Optional<PickedJob> pick(Connection connection, JobId id) throws SQLException {
        Sql.update(
                connection,
                "UPDATE job_run SET picked = 1, worker = ?, heartbeat_at = " + databaseNow + ", fence = fence + 1,"
                        + " progress_stage = NULL, progress_done = NULL, progress_total = NULL, progress_unit = NULL"
                        + " WHERE id = ?",
                worker,
                id.value());
        Sql.update(
                connection,
                "UPDATE job SET state = 'running', attempt = attempt + 1, worker = ?, started_at = ? WHERE id = ?",
                worker,
                clock.millis(),
                id.value());
        long fence = Sql.number(connection, "SELECT fence FROM job_run WHERE id = ?", id.value());
        long failures = Sql.number(connection, "SELECT failures FROM job WHERE id = ?", id.value());
        try {
            return Sql.query(
                            connection,
                            JobRows.SELECT + "WHERE j.id = ?",
                            row -> new PickedJob(new RunKey(id, fence), JobRows.readToRun(row), (int) failures),
                            id.value())
                    .stream()
                    .findFirst();
        } catch (IllegalArgumentException | DateTimeException e) { // what values of jobs refuse bad ones with
            log.warn("Job {} can't be read and is ended", id, e);
            endUnreadable(connection, id);
            return Optional.empty();
        }
    }

    private void endUnreadable(Connection connection, JobId id) throws SQLException {
        Sql.update(connection, "DELETE FROM job_run WHERE id = ?", id.value());
        Sql.update(
                connection,
                "UPDATE job SET retry = ?, timeout_ms = ? WHERE id = ?",
                JobRows.retryText(RetryPolicy.NONE),
                JobRequest.DEFAULT_TIMEOUT.toMillis(),
                id.value());
        JobError error = new JobError(
                ErrorCode.WORKSPACE_DAMAGED,
                "How often and how long job '" + id + "' may run can't be read",
                "Submit it again; look in the worker's log of that time for the value");
        end(connection, id, JobState.FAILED, null, error);
    }

    /** What a heartbeat hears. */
    enum Heard {
        GO_ON,
        CANCEL,
        /** The try was given up for lost; another one may be running. */
        LOST
    }

    /** Says that the try is alive and how far it has come. */
    Heard heartbeat(RunKey key, @Nullable Progress progress) {
        return database.writeRelaxed(connection -> {
            int updated = Sql.update(
                    connection,
                    "UPDATE job_run SET heartbeat_at = " + databaseNow + ", progress_stage = ?, progress_done = ?,"
                            + " progress_total = ?, progress_unit = ? WHERE id = ? AND fence = ? AND picked = 1",
                    progress == null ? null : progress.stage(),
                    progress == null ? null : progress.done(),
                    progress == null ? null : progress.total(),
                    progress == null ? null : progress.unit(),
                    key.id().value(),
                    key.fence());
            if (updated == 0) {
                return Heard.LOST;
            }
            String sql = "SELECT cancelled FROM job_run WHERE id = ?";
            return Sql.number(connection, sql, key.id().value()) == 0 ? Heard.GO_ON : Heard.CANCEL;
        });
    }

    /**
     * Brings a job to its final state.
     *
     * @return false when the try was given up for lost before, and nothing has changed
     */
    boolean end(
            RunKey key,
            JobState state,
            @Nullable String result,
            @Nullable JobError error,
            @Nullable Progress progress) {
        return database.write(connection -> {
            int removed = Sql.update(
                    connection,
                    "DELETE FROM job_run WHERE id = ? AND fence = ? AND picked = 1",
                    key.id().value(),
                    key.fence());
            if (removed == 0) {
                return false;
            }
            end(connection, key.id(), state, result, error);
            if (progress != null) {
                keepProgress(connection, key.id(), progress);
            }
            return true;
        });
    }

    private void end(Connection connection, JobId id, JobState state, @Nullable String result, @Nullable JobError error)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE job SET state = ?, ended_at = ?, result = ?, error_code = ?, error_what = ?, error_mend = ?"
                        + " WHERE id = ?",
                state.wireName(),
                clock.millis(),
                result,
                error == null ? null : error.code().name(),
                error == null ? null : error.what(),
                error == null ? null : error.mend(),
                id.value());
    }

    private static void keepProgress(Connection connection, JobId id, Progress progress) throws SQLException {
        Sql.update(
                connection,
                "UPDATE job SET progress_stage = ?, progress_done = ?, progress_total = ?, progress_unit = ?"
                        + " WHERE id = ?",
                progress.stage(),
                progress.done(),
                progress.total(),
                progress.unit(),
                id.value());
    }

    /** Puts a job that failed back into its queue; gives false as {@link #end}. */
    boolean retry(RunKey key, JobError error, Duration delay) {
        return database.write(connection -> {
            if (!unpick(connection, key, clock.millis() + delay.toMillis())) {
                return false;
            }
            Sql.update(
                    connection,
                    "UPDATE job SET state = 'queued', failures = failures + 1, error_code = ?, error_what = ?,"
                            + " error_mend = ? WHERE id = ?",
                    error.code().name(),
                    error.what(),
                    error.mend(),
                    key.id().value());
            return true;
        });
    }

    /** Puts a job whose process ends back into its queue; gives false as {@link #end}. */
    boolean giveBack(RunKey key) {
        return database.write(connection -> {
            if (!unpick(connection, key, clock.millis())) {
                return false;
            }
            Sql.update(
                    connection,
                    "UPDATE job SET state = 'queued' WHERE id = ?",
                    key.id().value());
            return true;
        });
    }

    private static boolean unpick(Connection connection, RunKey key, long dueAt) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE job_run SET picked = 0, due_at = ? WHERE id = ? AND fence = ? AND picked = 1",
                        dueAt,
                        key.id().value(),
                        key.fence())
                == 1;
    }

    /** The tries whose process has not been heard for that long. */
    List<RunKey> lost(Duration silence) {
        return database.read(connection -> Sql.query(
                connection,
                "SELECT id, fence FROM job_run WHERE picked = 1 AND heartbeat_at <= " + databaseNow + " - ?",
                row -> new RunKey(new JobId(row.getString(1)), row.getLong(2)),
                silence.toMillis()));
    }

    /**
     * Puts a job of a lost process back into its queue, or ends it when it was to be cancelled or has lost too many
     * processes. Looks again, so that of several processes one does it, and a heartbeat that came meanwhile counts.
     *
     * @return whether it was done here
     */
    boolean takeOver(RunKey key, Duration silence) {
        long asked = System.nanoTime();
        return database.write(connection -> {
            if (System.nanoTime() - asked > STALE_NANOS) {
                return false;
            }
            Optional<Boolean> cancelled = Sql.query(
                            connection,
                            "SELECT cancelled FROM job_run WHERE id = ? AND fence = ? AND picked = 1"
                                    + " AND heartbeat_at <= " + databaseNow + " - ?",
                            row -> row.getInt(1) != 0,
                            key.id().value(),
                            key.fence(),
                            silence.toMillis())
                    .stream()
                    .findFirst();
            if (cancelled.isEmpty()) {
                return false;
            }
            takeOver(connection, key, cancelled.get());
            return true;
        });
    }

    private void takeOver(Connection connection, RunKey key, boolean cancelled) throws SQLException {
        String id = key.id().value();
        long losses = 1 + Sql.number(connection, "SELECT losses FROM job WHERE id = ?", id);
        if (!cancelled && losses <= MAX_LOSSES) {
            unpick(connection, key, clock.millis());
            Sql.update(connection, "UPDATE job SET state = 'queued', losses = ? WHERE id = ?", losses, id);
            return;
        }
        Sql.update(connection, "DELETE FROM job_run WHERE id = ?", id);
        JobError error = cancelled
                ? null
                : new JobError(
                        ErrorCode.JOB_FAILED,
                        "Job '" + id + "' lost its process " + losses + " times",
                        "Look in the log of the workers for what ended them, such as a lack of memory");
        end(connection, key.id(), cancelled ? JobState.CANCELLED : JobState.FAILED, null, error);
    }
}
