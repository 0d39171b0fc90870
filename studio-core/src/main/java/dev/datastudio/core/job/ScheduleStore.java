package dev.datastudio.core.job;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobSchedule;
import dev.datastudio.api.job.MissedRuns;
import dev.datastudio.api.job.ScheduleStatus;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.TransactionalDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schedules, and the jobs that they submit. Each time of a schedule is used by one process. */
final class ScheduleStore {
    private static final Logger log = LoggerFactory.getLogger(ScheduleStore.class);

    /** A time is missed when nobody was there for it so long. */
    private static final Duration MISSED_AFTER = Duration.ofMinutes(1);

    private static final String SELECT =
            "SELECT tenant, user_id, name, timing, expression, zone, missed, enabled, next_at,"
                    + " last_job, type, queue, payload, retry, timeout_ms FROM job_schedule ";
    private static final String OWN = "tenant = ? AND user_id = ?";

    private final TransactionalDatabase database;
    private final InstantSource clock;
    private final JobStore jobs;

    ScheduleStore(TransactionalDatabase database, InstantSource clock, JobStore jobs) {
        this.database = database;
        this.clock = clock;
        this.jobs = jobs;
    }

    ScheduleStatus put(Caller caller, JobSchedule schedule) {
        Instant now = clock.instant();
        Instant next = Timings.next(schedule.timing(), now, now);
        JobRequest request = schedule.request();
        return database.write(connection -> {
            delete(connection, caller, schedule.name());
            Sql.update(
                    connection,
                    "INSERT INTO job_schedule (tenant, user_id, name, timing, expression, zone, missed, enabled, next_at,"
                            + " type, queue, payload, retry, timeout_ms)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)",
                    caller.tenant(),
                    caller.user(),
                    schedule.name(),
                    Timings.kind(schedule.timing()),
                    Timings.expression(schedule.timing()),
                    Timings.zone(schedule.timing()),
                    schedule.missed().name(),
                    next.toEpochMilli(),
                    request.type(),
                    request.queue().wireName(),
                    request.payload(),
                    JobRows.retryText(request.retry()),
                    request.timeout().toMillis());
            return get(connection, caller, schedule.name()).status;
        });
    }

    List<ScheduleStatus> list(Caller caller) {
        return database.read(connection -> Sql.query(
                connection,
                SELECT + "WHERE " + OWN + " ORDER BY name",
                row -> Row.read(row).status,
                caller.tenant(),
                caller.user()));
    }

    ScheduleStatus switchTo(Caller caller, String name, ScheduleStatus.State state) {
        Instant now = clock.instant();
        return database.write(connection -> {
            ScheduleStatus found = get(connection, caller, name).status;
            Instant next = found.nextAt().isAfter(now)
                    ? found.nextAt()
                    : Timings.next(found.schedule().timing(), found.nextAt(), now);
            Sql.update(
                    connection,
                    "UPDATE job_schedule SET enabled = ?, next_at = ? WHERE " + OWN + " AND name = ?",
                    state == ScheduleStatus.State.ENABLED ? 1 : 0,
                    next.toEpochMilli(),
                    caller.tenant(),
                    caller.user(),
                    name);
            return get(connection, caller, name).status;
        });
    }

    boolean remove(Caller caller, String name) {
        return database.write(connection -> delete(connection, caller, name));
    }

    /** Removes all schedules of a caller. */
    void removeAll(Caller caller) {
        database.write(connection ->
                Sql.update(connection, "DELETE FROM job_schedule WHERE " + OWN, caller.tenant(), caller.user()));
    }

    private static boolean delete(Connection connection, Caller caller, String name) throws SQLException {
        return Sql.update(
                        connection,
                        "DELETE FROM job_schedule WHERE " + OWN + " AND name = ?",
                        caller.tenant(),
                        caller.user(),
                        name)
                > 0;
    }

    private static Row get(Connection connection, Caller caller, String name) throws SQLException {
        return Sql.query(
                        connection,
                        SELECT + "WHERE " + OWN + " AND name = ?",
                        Row::read,
                        caller.tenant(),
                        caller.user(),
                        name)
                .stream()
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.JOB_NOT_FOUND,
                        "Schedule " + StudioException.quote(name) + " is not there",
                        "List your schedules and use the name of one of them"));
    }

    /** Submits the jobs of all schedules, of all tenants, whose time has come; gives whether there were any. */
    boolean submitDue() {
        long now = clock.millis();
        List<Key> due = database.read(connection -> Sql.query(
                connection,
                "SELECT tenant, user_id, name FROM job_schedule WHERE enabled = 1 AND next_at <= ?",
                row -> new Key(row.getString(1), row.getString(2), row.getString(3)),
                now));
        for (Key key : due) {
            try {
                database.write(connection -> submit(connection, key));
            } catch (StudioException e) {
                if (e.code() == ErrorCode.INVALID_ARGUMENT) {
                    switchOff(key, e);
                } else {
                    log.warn("{} could not submit its job; it is tried again", key, e);
                }
            } catch (IllegalArgumentException | DateTimeException e) { // what values of schedules refuse bad ones with
                switchOff(key, e);
            }
        }
        return !due.isEmpty();
    }

    /** A schedule that can't be read would be tried twice a second for ever. */
    private void switchOff(Key key, Exception reason) {
        log.warn("{} can't be read and is switched off", key, reason);
        database.write(connection -> Sql.update(
                connection,
                "UPDATE job_schedule SET enabled = 0 WHERE " + OWN + " AND name = ?",
                key.tenant(),
                key.user(),
                key.name()));
    }

    private boolean submit(Connection connection, Key key) throws SQLException {
        List<Row> rows = Sql.query(
                connection, SELECT + "WHERE " + OWN + " AND name = ?", Row::read, key.tenant(), key.user(), key.name());
        return !rows.isEmpty() && submit(connection, rows.get(0));
    }

    private boolean submit(Connection connection, Row row) throws SQLException {
        Instant now = clock.instant();
        Instant time = row.status.nextAt();
        if (time.isAfter(now)) {
            return false; // another process has used the time that was due
        }
        int claimed = Sql.update(
                connection,
                "UPDATE job_schedule SET next_at = ? WHERE " + OWN + " AND name = ? AND next_at = ? AND enabled = 1",
                Timings.next(row.status.schedule().timing(), time, now).toEpochMilli(),
                row.owner.tenant(),
                row.owner.user(),
                row.name(),
                time.toEpochMilli());
        boolean isMissed = row.status.schedule().missed() == MissedRuns.SKIP
                && Duration.between(time, now).compareTo(MISSED_AFTER) > 0;
        if (claimed == 0 || isMissed || isBusy(connection, row.lastJob)) {
            return false;
        }
        if (!jobs.hasRoom(connection, row.owner.tenant())) {
            log.warn(
                    "Schedule '{}' of tenant {} leaves a time out: too many jobs wait", row.name(), row.owner.tenant());
            return false;
        }
        JobId id = JobId.random();
        jobs.insert(
                connection,
                row.owner,
                id,
                row.status.schedule().request().withKey("").notBefore(JobRequest.AT_ONCE));
        Sql.update(
                connection,
                "UPDATE job_schedule SET last_job = ? WHERE " + OWN + " AND name = ?",
                id.value(),
                row.owner.tenant(),
                row.owner.user(),
                row.name());
        return true;
    }

    private static boolean isBusy(Connection connection, @Nullable String job) throws SQLException {
        return job != null && Sql.number(connection, "SELECT COUNT(*) FROM job_run WHERE id = ?", job) > 0;
    }

    private record Key(String tenant, String user, String name) {
        @Override
        public String toString() {
            return "Schedule '" + name + "' of tenant " + tenant;
        }
    }

    private record Row(
            Caller owner, ScheduleStatus status, @Nullable String lastJob) {
        static Row read(ResultSet row) throws SQLException {
            String lastJob = JobRows.text(row, "last_job");
            JobSchedule schedule = new JobSchedule(
                    row.getString("name"),
                    Timings.read(row),
                    MissedRuns.valueOf(row.getString("missed")),
                    JobRows.request(row, null, JobRequest.AT_ONCE));
            ScheduleStatus status = new ScheduleStatus(
                    schedule,
                    row.getInt("enabled") == 1 ? ScheduleStatus.State.ENABLED : ScheduleStatus.State.DISABLED,
                    Instant.ofEpochMilli(row.getLong("next_at")),
                    Optional.ofNullable(lastJob).map(JobId::new));
            return new Row(new Caller(row.getString("tenant"), row.getString("user_id")), status, lastJob);
        }

        String name() {
            return status.schedule().name();
        }
    }
}
