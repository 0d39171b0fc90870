package dev.datastudio.testkit.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobContext;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobSchedule;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.MissedRuns;
import dev.datastudio.api.job.QueueName;
import dev.datastudio.api.job.RetryPolicy;
import dev.datastudio.api.job.ScheduleStatus;
import dev.datastudio.api.job.Timing;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.testkit.cache.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link JobQueue} must do. A queue's test extends this class and opens queues on one empty storage; what
 * several processes and times ask of it is in {@link SharedJobQueueContract} and {@link JobScheduleContract}.
 */
@Timeout(120)
public abstract class JobQueueContract extends JobQueueFixture {
    private static final Caller BOB = new Caller("acme", "bob");

    @Test
    void removesEverythingOfACallerAndNothingOfOthers() throws Exception {
        JobQueue queue = open();
        CountDownLatch begun = new CountDownLatch(1);
        queue.handle("endless", context -> {
            begun.countDown();
            while (!context.cancellation().isCancelled()) {
                Thread.sleep(5);
            }
            return "{}";
        });
        queue.handle("echo", context -> "{}");
        JobId endless = queue.submit(ANN, JobRequest.of("endless", "{}"));
        JobId bobs = queue.submit(BOB, request("echo"));
        JobId ended = queue.submit(ANN, request("echo"));
        done(queue, ANN, ended);
        done(queue, BOB, bobs);
        begun.await();

        int removed = queue.deleteAll(ANN);

        assertEquals(2, removed);
        assertEquals(List.of(), queue.list(ANN, JobQuery.NEWEST));
        assertTrue(queue.find(ANN, endless).isEmpty());
        assertEquals(1, queue.list(BOB, JobQuery.NEWEST).size());
        assertEquals(0, queue.deleteAll(ANN));
        JobId next = queue.submit(ANN, request("echo"));
        assertEquals(JobState.SUCCEEDED, done(queue, ANN, next).state());
        assertEquals(1, queue.list(ANN, JobQuery.NEWEST).size());
    }

    @Test
    void namesWhoHasJobsOrSchedulesInATenant() throws Exception {
        JobQueue queue = open();
        queue.submit(BOB, request("waiting"));
        queue.submit(BOB, request("waiting"));
        queue.submit(EVE, request("waiting"));
        queue.schedule(ANN, new JobSchedule("s", new Timing.Every(Duration.ofDays(1)), MissedRuns.SKIP, request("h")));

        assertEquals(List.of(ANN, BOB), queue.callers("acme"));
        queue.deleteAll(ANN);
        assertEquals(List.of(BOB), queue.callers("acme"));
        assertEquals(List.of(), queue.callers("nobody"));
    }

    @Test
    void removesJobsThatNameWhatIsGone() throws Exception {
        JobQueue queue = open();
        queue.handle("naming", context -> "{\"file\":\"u_1234567\"}");
        queue.handle("echo", context -> "{}");
        JobId byResult = queue.submit(ANN, JobRequest.of("naming", "{}"));
        done(queue, ANN, byResult);
        JobId byPayload = queue.submit(ANN, JobRequest.of("waiting", "{\"file\":\"f_1234567\"}"));
        JobId alike = queue.submit(ANN, JobRequest.of("waiting", "{\"file\":\"fx1234567\"}"));
        JobId bobs = queue.submit(BOB, JobRequest.of("waiting", "{\"file\":\"f_1234567\"}"));

        assertEquals(2, queue.deleteNaming(ANN, Set.of("f_1234567", "u_1234567")));

        assertTrue(queue.find(ANN, byResult).isEmpty());
        assertTrue(queue.find(ANN, byPayload).isEmpty());
        assertTrue(queue.find(ANN, alike).isPresent());
        assertTrue(queue.find(BOB, bobs).isPresent());
        assertEquals(0, queue.deleteNaming(ANN, Set.of("f_1234567")));
        assertThrows(IllegalArgumentException.class, () -> queue.deleteNaming(ANN, Set.of("%%%%%%%%%")));
        assertThrows(IllegalArgumentException.class, () -> queue.deleteNaming(ANN, Set.of()));
    }

    @Test
    void runsAJobAndKeepsItsResult() throws Exception {
        JobQueue queue = open();
        queue.handle("echo", context -> "{\"got\":" + context.payload() + "}");

        JobId id = queue.submit(ANN, request("echo").in(QueueName.ANALYSIS));
        Job job = done(queue, ANN, id);

        assertEquals(JobState.SUCCEEDED, job.state());
        assertEquals("{\"got\":{\"n\":1}}", job.result().orElseThrow());
        assertEquals(1, job.attempt());
        assertEquals(QueueName.ANALYSIS, job.request().queue());
        assertTrue(job.error().isEmpty() && job.worker().isPresent());
        assertFalse(job.startedAt().orElseThrow().isAfter(job.endedAt().orElseThrow()));
    }

    @Test
    void showsNobodyElsesJobs() throws Exception {
        JobQueue queue = open();
        JobId id = queue.submit(ANN, request("hidden").withKey("k"));
        queue.schedule(ANN, new JobSchedule("s", new Timing.Every(Duration.ofDays(1)), MissedRuns.SKIP, request("h")));

        for (Caller stranger : List.of(BOB, EVE)) {
            assertTrue(queue.find(stranger, id).isEmpty());
            assertEquals(List.of(), queue.list(stranger, JobQuery.NEWEST));
            assertEquals(List.of(), queue.list(stranger, JobQuery.NEWEST.after(id)));
            assertCode(ErrorCode.JOB_NOT_FOUND, () -> queue.cancel(stranger, id));
            assertCode(ErrorCode.JOB_NOT_FOUND, () -> queue.await(stranger, id, Duration.ZERO));
            assertCode(ErrorCode.JOB_NOT_FOUND, () -> queue.watch(stranger, id, job -> {}));
            assertEquals(List.of(), queue.schedules(stranger));
            assertFalse(queue.unschedule(stranger, "s"));
            assertCode(
                    ErrorCode.JOB_NOT_FOUND, () -> queue.switchSchedule(stranger, "s", ScheduleStatus.State.DISABLED));
            assertNotEquals(id, queue.submit(stranger, request("hidden").withKey("k")));
        }
        assertEquals(JobState.QUEUED, queue.get(ANN, id).state());
    }

    @Test
    void givesTheSameJobForTheSameKey() throws Exception {
        JobQueue queue = open();
        queue.handle("once", context -> "1");
        JobId first = queue.submit(ANN, request("once").withKey("import 7"));
        done(queue, ANN, first);

        assertEquals(first, queue.submit(ANN, request("once").withKey("import 7")));
        assertNotEquals(first, queue.submit(ANN, request("once").withKey("import 8")));
        assertNotEquals(first, queue.submit(ANN, request("twice").withKey("import 7")));
    }

    @Test
    void refusesMoreWaitingJobsOfATenantThanAllowed() throws Exception {
        JobQueue queue = open(new JobQueueLimits(1, 0, 3), InstantSource.system());
        for (int i = 0; i < 3; i++) {
            queue.submit(i == 0 ? ANN : BOB, request("waiting"));
        }

        StudioException refused = assertThrows(StudioException.class, () -> queue.submit(ANN, request("waiting")));

        assertEquals(ErrorCode.QUOTA_EXCEEDED, refused.code());
        assertTrue(refused.retryAfter().isPresent());
        assertEquals("Tenant 'acme' has 3 jobs waiting, as many as it may", refused.what());
        queue.submit(EVE, request("waiting"));
    }

    @Test
    void listsPagesOfTheNewestFirst() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
        JobQueue queue = open(JobQueueLimits.WIDE, clock);
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            QueueName name = i == 2 ? QueueName.ANALYSIS : QueueName.TRAINING;
            ids.add(0, queue.submit(ANN, request(i == 2 ? "b" : "a").in(name)));
            clock.advance(Duration.ofSeconds(1));
        }
        queue.cancel(ANN, ids.get(4));

        List<JobId> first = ids(queue.list(ANN, JobQuery.NEWEST.limit(2)));
        assertEquals(ids.subList(0, 2), first);
        assertEquals(ids.subList(2, 5), ids(queue.list(ANN, JobQuery.NEWEST.after(first.get(1)))));
        assertEquals(ids.subList(0, 4), ids(queue.list(ANN, JobQuery.OPEN)));
        assertEquals(ids.subList(2, 3), ids(queue.list(ANN, JobQuery.NEWEST.ofType("b"))));
        assertEquals(ids.subList(2, 3), ids(queue.list(ANN, JobQuery.NEWEST.of(Set.of(QueueName.ANALYSIS)))));
        assertEquals("", queue.list(ANN, JobQuery.NEWEST).get(0).request().payload());
    }

    private static List<JobId> ids(List<Job> jobs) {
        return jobs.stream().map(Job::id).toList();
    }

    @Test
    void countsWhatWaitsAndRuns() throws Exception {
        SettableClock clock = new SettableClock(Instant.now());
        JobQueue queue = open(new JobQueueLimits(1, 0, 100), clock);
        Gate gate = new Gate();
        queue.handle("held", gate);
        queue.submit(ANN, request("held").in(QueueName.TRAINING));
        gate.awaitEntered(1);
        queue.submit(EVE, request("held").in(QueueName.TRAINING));
        queue.submit(
                ANN,
                request("held").in(QueueName.TRAINING).notBefore(clock.instant().plusSeconds(60)));
        clock.advance(Duration.ofSeconds(5));

        assertEquals(
                Map.of("running", 1L, "waiting", 1L, "later", 1L),
                Map.of(
                        "running", queue.depth(QueueName.TRAINING).running(),
                        "waiting", queue.depth(QueueName.TRAINING).waiting(),
                        "later", queue.depth(QueueName.TRAINING).later()));
        assertEquals(Duration.ofSeconds(5), queue.depth(QueueName.TRAINING).oldestWait());
        assertEquals(0, queue.depth(QueueName.GENERAL).waiting());
        gate.open();
    }

    @Test
    void cancelsAWaitingJobAtOnce() throws Exception {
        JobQueue queue = open();
        JobId id = queue.submit(ANN, request("waiting"));

        Job job = queue.cancel(ANN, id);

        assertEquals(JobState.CANCELLED, job.state());
        assertTrue(job.cancelRequested() && job.endedAt().isPresent());
        assertEquals(job, queue.cancel(ANN, id));
        assertEquals(0, queue.depth(QueueName.GENERAL).waiting());
    }

    @Test
    void endsAJobWhoseHandlerDoesNotStopAndSaysSo() throws Exception {
        JobQueue queue = open();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        queue.handle("deaf", context -> {
            entered.countDown();
            awaitWhateverHappens(leave);
            return "\"too late\"";
        });
        JobId id = queue.submit(ANN, request("deaf"));
        entered.await();
        queue.cancel(ANN, id);

        Job job = done(queue, ANN, id);
        leave.countDown();

        assertEquals(JobState.CANCELLED, job.state());
        assertTrue(
                job.error().orElseThrow().what().startsWith("The handler of type 'deaf' did not stop within 600 ms"));
        assertTrue(queue.get(ANN, id).result().isEmpty());
    }

    @Test
    void endsAJobWhoseTimeIsUp() throws Exception {
        JobQueue queue = open();
        queue.handle("held", new Gate());

        Job job = done(queue, ANN, queue.submit(ANN, request("held").withTimeout(Duration.ofMillis(50))));

        assertEquals(JobState.FAILED, job.state());
        assertEquals(ErrorCode.LIMIT_EXCEEDED, job.error().orElseThrow().code());
        assertEquals(
                "Job '" + job.id() + "' ran longer than its limit of 50 ms",
                job.error().get().what());
    }

    @Test
    void triesAgainWhatCanPassAndNothingElse() throws Exception {
        JobQueue queue = open();
        AtomicInteger calls = new AtomicInteger();
        queue.handle("flaky", context -> {
            if (calls.incrementAndGet() < 3) {
                throw new IOException("the secret text of a driver");
            }
            return "" + context.attempt();
        });
        queue.handle("wrong", context -> {
            throw new StudioException(ErrorCode.UNKNOWN_COLUMN, "Column 'x' is not there", "Use 'y'");
        });
        RetryPolicy quick = new RetryPolicy(3, Duration.ofMillis(10), 2, Duration.ofMillis(20));

        Job passed = done(queue, ANN, queue.submit(ANN, request("flaky").withRetry(quick)));
        Job wrong = done(queue, ANN, queue.submit(ANN, request("wrong").withRetry(quick)));

        assertEquals("3", passed.result().orElseThrow());
        assertTrue(passed.error().isEmpty());
        assertEquals(1, wrong.attempt());
        assertEquals("Column 'x' is not there", wrong.error().orElseThrow().what());
    }

    @Test
    void aJobThatFailsEachTimeEndsAfterItsTriesAndBlocksNobody() throws Exception {
        JobQueue queue = open(new JobQueueLimits(1, 0, 100), InstantSource.system());
        AtomicInteger tries = new AtomicInteger();
        queue.handle("poison", context -> {
            tries.incrementAndGet();
            throw new StudioException(ErrorCode.STORAGE_FAILED, "The disk is full", "Make room");
        });
        queue.handle("parsing", context -> {
            throw new StackOverflowError();
        });
        queue.handle("good", JobContext::payload);
        RetryPolicy quick = new RetryPolicy(3, Duration.ofMillis(20), 1, Duration.ofMillis(20));

        JobId poison = queue.submit(ANN, request("poison").withRetry(quick));
        JobId deep = queue.submit(ANN, JobRequest.of("parsing", "[".repeat(500) + "]".repeat(500)));
        List<JobId> good = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            good.add(queue.submit(ANN, request("good")));
        }

        for (JobId id : good) {
            assertEquals(JobState.SUCCEEDED, done(queue, ANN, id).state());
        }
        Job failed = done(queue, ANN, poison);
        assertEquals(JobState.FAILED, failed.state());
        assertEquals("The disk is full", failed.error().orElseThrow().what());
        assertEquals(3, tries.get());
        assertEquals(
                "Job '" + deep + "' of type 'parsing' failed with StackOverflowError",
                done(queue, ANN, deep).error().orElseThrow().what());
        assertEquals(0, queue.depth(QueueName.GENERAL).running());
    }

    @Test
    void givesUpAfterTheLastTryAndKeepsForeignTextsToItself() throws Exception {
        JobQueue queue = open();
        queue.handle("broken", context -> {
            throw new IOException("the secret text of a driver");
        });
        queue.handle("bug", context -> {
            throw new IllegalStateException("row 7 is ann@example.org");
        });
        RetryPolicy two = new RetryPolicy(2, Duration.ofMillis(10), 1, Duration.ofMillis(10));

        Job broken = done(queue, ANN, queue.submit(ANN, request("broken").withRetry(two)));
        Job bug = done(queue, ANN, queue.submit(ANN, request("bug").withRetry(two)));

        assertEquals(2, broken.attempt());
        assertEquals(ErrorCode.JOB_FAILED, broken.error().orElseThrow().code());
        assertEquals(
                "Job '" + broken.id() + "' of type 'broken' failed with IOException",
                broken.error().get().what());
        assertEquals(1, bug.attempt());
        assertEquals(ErrorCode.INTERNAL, bug.error().orElseThrow().code());
        assertFalse(bug.error().get().what().contains("ann@"));
    }

    @Test
    void refusesResultsThatAreNoJsonOrTooLarge() throws Exception {
        JobQueue queue = open();
        queue.handle("text", context -> "not json");
        queue.handle("large", context -> "\"" + "x".repeat(1_000_000) + "\"");

        assertEquals(
                ErrorCode.INTERNAL,
                done(queue, ANN, queue.submit(ANN, request("text")))
                        .error()
                        .orElseThrow()
                        .code());
        assertEquals(
                ErrorCode.LIMIT_EXCEEDED,
                done(queue, ANN, queue.submit(ANN, request("large")))
                        .error()
                        .orElseThrow()
                        .code());
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> queue.submit(ANN, JobRequest.of("text", "{")));
    }

    @Test
    void awaitGivesTheJobAsItStandsWhenTheTimeIsOver() throws Exception {
        JobQueue queue = open();
        JobId id = queue.submit(ANN, request("nobody-does-this"));

        assertEquals(
                JobState.QUEUED, queue.await(ANN, id, Duration.ofMillis(20)).state());
        queue.close();
        assertThrows(IllegalStateException.class, () -> queue.find(ANN, id));
    }

    @Test
    void aFullQueueKeepsTheOthersFree() throws Exception {
        JobQueue queue = open(new JobQueueLimits(1, 0, 100), InstantSource.system());
        Gate gate = new Gate();
        queue.handle("held", gate);
        queue.handle("quick", context -> "1");
        for (int i = 0; i < 5; i++) {
            queue.submit(ANN, request("held").in(QueueName.TRAINING));
        }
        gate.awaitEntered(1);

        assertEquals(
                JobState.SUCCEEDED,
                done(queue, ANN, queue.submit(ANN, request("quick"))).state());
        assertEquals(1, gate.mostAtOnce());
        gate.open();
    }

    @Test
    void tenantsTakeTurns() throws Exception {
        JobQueue queue = open(new JobQueueLimits(1, 0, 100), InstantSource.system());
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(queue.submit(ANN, request("noted")));
        }
        JobId last = queue.submit(EVE, request("noted"));
        queue.handle("noted", context -> {
            order.add(context.caller().tenant());
            return "1";
        });
        for (JobId id : ids) {
            done(queue, ANN, id);
        }
        done(queue, EVE, last);

        assertEquals(1, List.copyOf(order).indexOf("other"), order.toString());
    }
}
