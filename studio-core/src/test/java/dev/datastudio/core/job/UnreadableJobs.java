package dev.datastudio.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobSchedule;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.MissedRuns;
import dev.datastudio.api.job.ScheduleStatus;
import dev.datastudio.api.job.Timing;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.TransactionalDatabase;
import dev.datastudio.testkit.cache.SettableClock;
import dev.datastudio.testkit.job.JobQueueLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that this process can't read, as a newer one may write them, stop nobody. */
@Timeout(120)
abstract class UnreadableJobs {
    private static final Caller ANN = new Caller("acme", "ann");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    abstract TransactionalDatabase open() throws Exception;

    @Test
    void aJobThatCannotBeReadEndsWithTheReasonAndBlocksNobody() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
        try (TransactionalDatabase database = open();
                JobQueue queue = queue(database, clock)) {
            JobId broken = queue.submit(ANN, JobRequest.of("echo", "1"));
            JobId timeless = queue.submit(ANN, JobRequest.of("echo", "1"));
            JobId good = queue.submit(ANN, JobRequest.of("echo", "2"));
            database.write(connection ->
                    Sql.update(connection, "UPDATE job SET retry = 'exponential' WHERE id = ?", broken.value()));
            database.write(connection ->
                    Sql.update(connection, "UPDATE job SET timeout_ms = -1 WHERE id = ?", timeless.value()));

            queue.handle("echo", context -> context.payload());

            assertEquals("2", queue.await(ANN, good, PATIENCE).result().orElseThrow());
            for (JobId id : new JobId[] {broken, timeless}) {
                Job job = queue.await(ANN, id, PATIENCE);
                assertEquals(JobState.FAILED, job.state());
                assertEquals(
                        ErrorCode.WORKSPACE_DAMAGED, job.error().orElseThrow().code());
            }
            assertEquals(3, queue.list(ANN, JobQuery.NEWEST).size());
        }
    }

    @Test
    void anErrorOfANewerStudioKeepsItsWords() throws Exception {
        try (TransactionalDatabase database = open();
                JobQueue queue = queue(database, new SettableClock(Instant.parse("2026-11-21T10:00:00Z")))) {
            JobId id = queue.submit(ANN, JobRequest.of("echo", "1"));
            queue.cancel(ANN, id);
            database.write(connection -> Sql.update(
                    connection,
                    "UPDATE job SET error_code = 'QUANTUM_LOST', error_what = 'It is gone', error_mend = 'Wait'"
                            + " WHERE id = ?",
                    id.value()));

            assertEquals("It is gone", queue.get(ANN, id).error().orElseThrow().what());
        }
    }

    @Test
    void aScheduleThatCannotBeReadIsSwitchedOffAndTheOthersGoOn() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
        try (TransactionalDatabase database = open();
                JobQueue queue = queue(database, clock)) {
            Timing often = new Timing.Every(Duration.ofMinutes(1));
            for (String name : new String[] {"broken", "good"}) {
                queue.schedule(
                        ANN,
                        new JobSchedule(name, often, MissedRuns.RUN_ONCE, JobRequest.of("echo", "\"" + name + "\"")));
            }
            String sql = "UPDATE job_schedule SET expression = 'sometimes' WHERE name = 'broken'";
            database.write(connection -> Sql.update(connection, sql));
            BlockingQueue<String> runs = new LinkedBlockingQueue<>();
            queue.handle("echo", context -> {
                runs.add(context.payload());
                return "1";
            });

            clock.advance(Duration.ofMinutes(1));

            assertEquals("\"good\"", runs.take());
            assertTrue(queue.unschedule(ANN, "broken"));
            assertEquals(
                    ScheduleStatus.State.ENABLED, queue.schedules(ANN).get(0).state());
        }
    }

    private static JobQueue queue(TransactionalDatabase database, SettableClock clock) {
        return DatabaseJobQueue.over(database, ContractOptions.of(JobQueueLimits.WIDE), clock);
    }
}
