package dev.datastudio.core.job;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.QueueDepth;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.TransactionalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What callers do with jobs. Every statement carries the tenant and user. */
final class JobStore {
    static final int PURGED_AT_ONCE = 500;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final TransactionalDatabase database;
    private final InstantSource clock;
    private final int maxWaitingPerTenant;

    JobStore(TransactionalDatabase database, InstantSource clock, int maxWaitingPerTenant) {
        this.database = database;
        this.clock = clock;
        this.maxWaitingPerTenant = maxWaitingPerTenant;
    }

    JobId submit(Caller caller, JobRequest request) {
        JobId id = JobId.random();
        return database.write(connection -> {
            Optional<JobId> known = findByKey(connection, caller, request);
            if (known.isPresent()) {
                return known.get();
            }
            insert(connection, caller, id, request);
            return id;
        });
    }

    private static Optional<JobId> findByKey(Connection connection, Caller caller, JobRequest request)
            throws SQLException {
        if (request.key().isEmpty()) {
            return Optional.empty();
        }
        return Sql.query(
                        connection,
                        "SELECT id FROM job WHERE tenant = ? AND user_id = ? AND type = ? AND submit_key = ?",
                        row -> new JobId(row.getString(1)),
                        caller.tenant(),
                        caller.user(),
                        request.type(),
                        request.key())
                .stream()
                .findFirst();
    }

    /** Puts a new job into the tables, within a transaction. */
    void insert(Connection connection, Caller caller, JobId id, JobRequest request) throws SQLException {
        requireRoom(connection, caller.tenant());
        long now = clock.millis();
        long runAt = Math.max(now, request.runAt().toEpochMilli());
        Sql.update(
                connection,
                "INSERT INTO job (id, tenant, user_id, type, queue, submit_key, payload, retry, timeout_ms, run_at, state,"
                        + " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)",
                id.value(),
                caller.tenant(),
                caller.user(),
                request.type(),
                request.queue().wireName(),
                request.key().isEmpty() ? null : request.key(),
                request.payload(),
                JobRows.retryText(request.retry()),
                request.timeout().toMillis(),
                runAt,
                now);
        Sql.update(
                connection,
                "INSERT INTO job_run (id, tenant, type, queue, due_at) VALUES (?, ?, ?, ?, ?)",
                id.value(),
                caller.tenant(),
                request.type(),
                request.queue().wireName(),
                runAt);
    }

    /** Whether a tenant may have one more job waiting. */
    boolean hasRoom(Connection connection, String tenant) throws SQLException {
        return waiting(connection, tenant) < maxWaitingPerTenant;
    }

    private static long waiting(Connection connection, String tenant) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM job_run WHERE tenant = ? AND picked = 0", tenant);
    }

    private void requireRoom(Connection connection, String tenant) throws SQLException {
        long waiting = waiting(connection, tenant);
        if (waiting >= maxWaitingPerTenant) {
            throw StudioException.passing(
                    ErrorCode.QUOTA_EXCEEDED,
                    "Tenant " + StudioException.quote(tenant) + " has " + waiting + " jobs waiting, as many as it may",
                    "Wait until some are done, or cancel some",
                    RETRY);
        }
    }

    Optional<Job> find(Caller caller, JobId id) {
        return database.read(connection -> find(connection, caller, id));
    }

    private static Optional<Job> find(Connection connection, Caller caller, JobId id) throws SQLException {
        return Sql.query(
                        connection,
                        JobRows.SELECT + "WHERE j.id = ? AND j.tenant = ? AND j.user_id = ?",
                        JobRows::read,
                        id.value(),
                        caller.tenant(),
                        caller.user())
                .stream()
                .findFirst();
    }

    List<Job> list(Caller caller, JobQuery query) {
        List<@Nullable Object> values = new ArrayList<>(List.of(caller.tenant(), caller.user()));
        StringBuilder sql = new StringBuilder(JobRows.SELECT_BRIEF).append("WHERE j.tenant = ? AND j.user_id = ?");
        if (!query.states().isEmpty()) {
            sql.append(" AND j.state IN (")
                    .append(Sql.places(query.states().size()))
                    .append(')');
            query.states().forEach(state -> values.add(state.wireName()));
        }
        if (!query.queues().isEmpty()) {
            sql.append(" AND j.queue IN (")
                    .append(Sql.places(query.queues().size()))
                    .append(')');
            query.queues().forEach(queue -> values.add(queue.wireName()));
        }
        if (!query.type().isEmpty()) {
            sql.append(" AND j.type = ?");
            values.add(query.type());
        }
        if (!query.after().isEmpty()) {
            sql.append(" AND (j.created_at, j.id) < (SELECT a.created_at, a.id FROM job a"
                    + " WHERE a.id = ? AND a.tenant = ? AND a.user_id = ?)");
            values.addAll(List.of(query.after(), caller.tenant(), caller.user()));
        }
        sql.append(" ORDER BY j.created_at DESC, j.id DESC LIMIT ?");
        values.add(query.limit());
        return List.copyOf(
                database.read(connection -> Sql.query(connection, sql.toString(), JobRows::read, values.toArray())));
    }

    /** Cancels a waiting job, or leaves word for the worker of a running one. */
    Job cancel(Caller caller, JobId id) {
        return database.write(connection -> {
            Job job = find(connection, caller, id).orElseThrow(() -> JobQueue.notFound(id));
            if (job.state() == JobState.QUEUED) {
                Sql.update(connection, "DELETE FROM job_run WHERE id = ?", id.value());
                Sql.update(
                        connection,
                        "UPDATE job SET state = 'cancelled', ended_at = ? WHERE id = ?",
                        clock.millis(),
                        id.value());
            } else if (job.state() == JobState.RUNNING) {
                Sql.update(connection, "UPDATE job_run SET cancelled = 1 WHERE id = ?", id.value());
            }
            return find(connection, caller, id).orElseThrow(() -> JobQueue.notFound(id));
        });
    }

    Map<QueueName, QueueDepth> depth() {
        long now = clock.millis();
        String sql = "SELECT queue, SUM(CASE WHEN picked = 0 AND due_at <= ? THEN 1 ELSE 0 END),"
                + " SUM(CASE WHEN picked = 0 AND due_at > ? THEN 1 ELSE 0 END), SUM(picked),"
                + " MIN(CASE WHEN picked = 0 AND due_at <= ? THEN due_at ELSE ? END) FROM job_run GROUP BY queue";
        Map<QueueName, QueueDepth> depths = new EnumMap<>(QueueName.class);
        for (QueueName queue : QueueName.values()) {
            depths.put(queue, QueueDepth.EMPTY);
        }
        database.read(connection -> Sql.query(
                        connection,
                        sql,
                        row -> Map.entry(
                                JobRows.queue(row.getString(1)),
                                new QueueDepth(
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        Duration.ofMillis(now - row.getLong(5)))),
                        now,
                        now,
                        now,
                        now))
                .forEach(entry -> depths.put(entry.getKey(), entry.getValue()));
        return Map.copyOf(depths);
    }

    /** Removes all jobs of a caller; a worker of one that runs finds out with its next beat. Gives their ids. */
    List<JobId> deleteAll(Caller caller) {
        return database.write(connection -> {
            List<JobId> ids = Sql.query(
                    connection,
                    "SELECT id FROM job WHERE tenant = ? AND user_id = ?",
                    row -> new JobId(row.getString(1)),
                    caller.tenant(),
                    caller.user());
            for (JobId id : ids) {
                Sql.update(connection, "DELETE FROM job_run WHERE id = ?", id.value());
            }
            Sql.update(connection, "DELETE FROM job WHERE tenant = ? AND user_id = ?", caller.tenant(), caller.user());
            return ids;
        });
    }

    /** Removes the jobs of a caller that name one of some ids, which hold no '%' and no '!'; as {@link #deleteAll}. */
    List<JobId> deleteNaming(Caller caller, Set<String> ids) {
        String one = "payload LIKE ? ESCAPE '!' OR result LIKE ? ESCAPE '!'";
        String sql = "SELECT id FROM job WHERE tenant = ? AND user_id = ? AND ("
                + String.join(" OR ", Collections.nCopies(ids.size(), one)) + ")";
        List<@Nullable Object> values = new ArrayList<>(List.of(caller.tenant(), caller.user()));
        for (String id : ids) {
            String pattern = "%" + id.replace("_", "!_") + "%";
            values.addAll(List.of(pattern, pattern));
        }
        return database.write(connection -> {
            List<JobId> named = Sql.query(connection, sql, row -> new JobId(row.getString(1)), values.toArray());
            for (JobId id : named) {
                Sql.update(connection, "DELETE FROM job_run WHERE id = ?", id.value());
                Sql.update(connection, "DELETE FROM job WHERE id = ?", id.value());
            }
            return named;
        });
    }

    /** Who in a tenant has jobs or schedules. */
    List<Caller> callers(String tenant) {
        return database.read(connection -> Sql.query(
                connection,
                "SELECT user_id FROM job WHERE tenant = ? UNION SELECT user_id FROM job_schedule WHERE tenant = ?"
                        + " ORDER BY user_id",
                row -> new Caller(tenant, row.getString(1)),
                tenant,
                tenant));
    }

    /** Removes finished jobs of all tenants that ended before a time, a part of them at each call; gives how many. */
    int purge(Instant endedBefore) {
        return database.writeRelaxed(connection -> Sql.update(
                connection,
                "DELETE FROM job WHERE id IN (SELECT id FROM job WHERE ended_at < ? LIMIT " + PURGED_AT_ONCE + ")",
                endedBefore.toEpochMilli()));
    }
}
