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
import dev.datastudio.api.job.JobHandler;
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
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.testkit.cache.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/**
 * What every {@link JobQueue} must do. A queue's test extends this class and opens queues on one empty storage; each
 * queue stands for a process.
 */
@Timeout(120)
public abstract class JobQueueContract {
    /** Long enough for a busy machine; a test that passes doesn't wait for it. */
    protected static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Caller ANN = new Caller("acme", "ann");
    private static final Caller BOB = new Caller("acme", "bob");
    private static final Caller EVE = new Caller("other", "ann");

    /** How many jobs run and wait. */
    public record Limits(int workers, int overall, int maxWaitingPerTenant) {
        /** Two workers a queue, no limit over all processes, a thousand waiting jobs. */
        public static final Limits WIDE = new Limits(2, 0, 1_000);
    }

    /**
     * Another queue on the storage of this test.
     *
     * @param limits for each of the queue names; overall 0 for no limit. Handlers that don't stop are interrupted after
     *     300 milliseconds; closing waits as long for running jobs.
     */
    protected abstract JobQueue open(Limits limits, InstantSource clock) throws Exception;

    private JobQueue open() throws Exception {
        return open(Limits.WIDE, InstantSource.system());
    }

    private static JobRequest request(String type) {
        return JobRequest.of(type, "{\"n\":1}").withRetry(RetryPolicy.NONE);
    }

    private static Job done(JobQueue queue, Caller caller, JobId id) {
        Job job = queue.await(caller, id, PATIENCE);
        assertTrue(job.state().isFinal(), "not done: " + job);
        return job;
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
    void keepsAJobUntilAProcessThatKnowsItsTypeComes() throws Exception {
        JobQueue submitting = open();
        JobQueue other = open();
        other.handle("something-else", context -> "1");
        JobId id = submitting.submit(ANN, request("later"));
        assertEquals(
                "1",
                done(other, ANN, other.submit(ANN, request("something-else")))
                        .result()
                        .orElseThrow());
        assertEquals(JobState.QUEUED, submitting.get(ANN, id).state());

        JobQueue working = open();
        working.handle("later", context -> "2");

        assertEquals("2", done(submitting, ANN, id).result().orElseThrow());
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
        JobQueue queue = open(new Limits(1, 0, 3), InstantSource.system());
        for (int i = 0; i < 3; i++) {
            queue.submit(i == 0 ? ANN : BOB, request("waiting"));
        }

        StudioException refused = assertThrows(StudioException.class, () -> queue.submit(ANN, request("waiting")));

        assertEquals(ErrorCode.LIMIT_EXCEEDED, refused.code());
        assertEquals("Tenant 'acme' has 3 jobs waiting, as many as it may", refused.what());
        queue.submit(EVE, request("waiting"));
    }

    @Test
    void listsPagesOfTheNewestFirst() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
        JobQueue queue = open(Limits.WIDE, clock);
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
        JobQueue queue = open(new Limits(1, 0, 100), clock);
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
    void cancelsAJobThatAnotherProcessRuns() throws Exception {
        JobQueue working = open();
        JobQueue asking = open();
        Gate gate = new Gate();
        working.handle("held", gate);
        JobId id = asking.submit(ANN, request("held"));
        gate.awaitEntered(1);

        long asked = System.nanoTime();
        assertTrue(asking.cancel(ANN, id).cancelRequested());
        Job job = done(asking, ANN, id);

        assertEquals(JobState.CANCELLED, job.state());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
        assertTrue(millis < 5_000, "took " + millis + " ms"); // a second, and slack for a busy machine
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

    private static void awaitWhateverHappens(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // deaf, as some code is
            }
        }
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
    void tellsListenersOfAnotherProcessHowAJobGoesOn() throws Exception {
        JobQueue working = open();
        JobQueue watching = open();
        CountDownLatch halfSeen = new CountDownLatch(1);
        working.handle("steps", context -> {
            context.progress().onProgress(new Progress("reading", 5, 10, "rows"));
            halfSeen.await();
            context.progress().onProgress(new Progress("reading", 10, 10, "rows"));
            return "null";
        });
        JobId id = watching.submit(ANN, request("steps"));
        BlockingQueue<Job> seen = new LinkedBlockingQueue<>();
        watching.watch(ANN, id, job -> {
            seen.add(job);
            if (job.progress().filter(progress -> progress.done() == 5).isPresent()) {
                halfSeen.countDown();
            }
        });

        done(watching, ANN, id);
        Job last = seen.take();
        while (!last.state().isFinal()) {
            last = seen.take();
        }

        assertEquals(new Progress("reading", 10, 10, "rows"), last.progress().orElseThrow());
        assertEquals("null", last.result().orElseThrow());
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
        JobQueue queue = open(new Limits(1, 0, 100), InstantSource.system());
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
        JobQueue queue = open(new Limits(1, 0, 100), InstantSource.system());
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

    @Test
    void keepsALimitOverAllProcesses() throws Exception {
        Limits limits = new Limits(2, 3, 100);
        Gate gate = new Gate();
        JobQueue first = open(limits, InstantSource.system());
        JobQueue second = open(limits, InstantSource.system());
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add(first.submit(ANN, request("held")));
        }
        first.handle("held", gate);
        second.handle("held", gate);
        gate.awaitEntered(3);
        gate.open();
        for (JobId id : ids) {
            assertEquals(JobState.SUCCEEDED, done(first, ANN, id).state());
        }

        assertEquals(3, gate.mostAtOnce());
        assertEquals(8, gate.entered());
    }

    @Test
    void runsAJobWhenItsTimeHasCome() throws Exception {
        SettableClock clock = new SettableClock(Instant.now());
        JobQueue queue = open(Limits.WIDE, clock);
        queue.handle("timed", context -> "1");
        JobId later =
                queue.submit(ANN, request("timed").notBefore(clock.instant().plusSeconds(3_600)));
        done(queue, ANN, queue.submit(ANN, request("timed")));
        assertEquals(JobState.QUEUED, queue.get(ANN, later).state());

        clock.advance(Duration.ofHours(1));

        assertEquals(JobState.SUCCEEDED, done(queue, ANN, later).state());
    }

    @Test
    void givesBackWhatDoesNotEndBeforeAProcessCloses() throws Exception {
        JobQueue closing = open();
        Gate gate = new Gate();
        closing.handle("held", gate);
        JobId id = closing.submit(ANN, request("held"));
        gate.awaitEntered(1);

        closing.close();
        JobQueue next = open();
        assertEquals(JobState.QUEUED, next.get(ANN, id).state());
        BlockingQueue<Long> fences = new LinkedBlockingQueue<>();
        next.handle("held", context -> {
            fences.add(context.fence());
            return "" + context.attempt();
        });
        Job job = done(next, ANN, id);

        assertEquals("2", job.result().orElseThrow());
        assertEquals(2, fences.take());
    }

    @Test
    void lateEndsOfAJobThatWasGivenBackChangeNothing() throws Exception {
        JobQueue closing = open();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        closing.handle("deaf", context -> {
            entered.countDown();
            awaitWhateverHappens(leave);
            left.countDown();
            return "\"zombie\"";
        });
        JobId id = closing.submit(ANN, request("deaf"));
        entered.await();
        closing.close();
        JobQueue next = open();
        next.handle("deaf", context -> "\"fresh\"");
        assertEquals("\"fresh\"", done(next, ANN, id).result().orElseThrow());

        leave.countDown();
        left.await();

        assertEquals("\"fresh\"", next.get(ANN, id).result().orElseThrow());
    }

    @Test
    void submitsScheduledJobsOnceEachTimeWhateverTheNumberOfProcesses() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:30Z"));
        JobQueue first = open(Limits.WIDE, clock);
        JobQueue second = open(Limits.WIDE, clock);
        first.schedule(
                ANN,
                new JobSchedule(
                        "hourly",
                        new Timing.Cron("0 * * * *", ZoneId.of("Europe/Berlin")),
                        MissedRuns.RUN_ONCE,
                        request("r")));
        BlockingQueue<JobId> runs = new LinkedBlockingQueue<>();
        JobHandler handler = context -> {
            runs.add(context.id());
            return "1";
        };
        first.handle("r", handler);
        second.handle("r", handler);
        assertEquals(
                Instant.parse("2026-11-21T11:00:00Z"),
                first.schedules(ANN).get(0).nextAt());

        for (int hour = 1; hour <= 3; hour++) {
            clock.advance(Duration.ofHours(1));
            done(first, ANN, runs.take());
        }

        assertEquals(3, first.list(ANN, JobQuery.NEWEST).size());
        assertEquals(
                Instant.parse("2026-11-21T14:00:00Z"),
                first.schedules(ANN).get(0).nextAt());
    }

    @Test
    void makesUpForMissedTimesOnceOrNotAtAll() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
        JobQueue queue = open(Limits.WIDE, clock);
        Timing minute = new Timing.Every(Duration.ofMinutes(10));
        queue.schedule(ANN, new JobSchedule("once", minute, MissedRuns.RUN_ONCE, request("made-up")));
        queue.schedule(ANN, new JobSchedule("skip", minute, MissedRuns.SKIP, request("skipped")));
        queue.schedule(ANN, new JobSchedule("off", minute, MissedRuns.RUN_ONCE, request("off")));
        queue.switchSchedule(ANN, "off", ScheduleStatus.State.DISABLED);
        clock.advance(Duration.ofMinutes(35));

        BlockingQueue<JobId> runs = new LinkedBlockingQueue<>();
        for (String type : List.of("made-up", "skipped", "off")) {
            queue.handle(type, context -> {
                runs.add(context.id());
                return "1";
            });
        }
        done(queue, ANN, runs.take());
        awaitNextTimes(queue, Instant.parse("2026-11-21T10:40:00Z"));

        assertEquals(1, queue.list(ANN, JobQuery.NEWEST).size());
        assertEquals(
                List.of("once", "off", "skip").stream().sorted().toList(),
                queue.schedules(ANN).stream()
                        .map(status -> status.schedule().name())
                        .toList());
        queue.switchSchedule(ANN, "off", ScheduleStatus.State.ENABLED);
        clock.advance(Duration.ofMinutes(5));
        for (int i = 0; i < 3; i++) {
            done(queue, ANN, runs.take());
        }
        assertTrue(queue.unschedule(ANN, "off"));
        assertEquals(2, queue.schedules(ANN).size());
    }

    private static void awaitNextTimes(JobQueue queue, Instant time) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (queue.schedules(ANN).stream()
                .filter(status -> status.state() == ScheduleStatus.State.ENABLED)
                .anyMatch(status -> !status.nextAt().equals(time))) {
            assertTrue(System.nanoTime() < until, "still " + queue.schedules(ANN));
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void refusesCronExpressionsThatItCannotRead() throws Exception {
        JobQueue queue = open();
        for (String expression : List.of("", "-", "* * * *", "61 * * * *", "every day", "0 0 30 2 *", "x * * * * *")) {
            JobSchedule schedule =
                    new JobSchedule("s", new Timing.Cron(expression, ZoneId.of("UTC")), MissedRuns.SKIP, request("r"));
            assertCode(ErrorCode.INVALID_ARGUMENT, () -> queue.schedule(ANN, schedule));
        }
    }

    @Test
    void runsEachOfManyJobsOnceWithSeveralProcesses() throws Exception {
        Map<JobId, AtomicInteger> runs = new ConcurrentHashMap<>();
        List<JobQueue> queues = List.of(open(), open(), open());
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ids.add(queues.get(i % 3).submit(i % 2 == 0 ? ANN : EVE, request("counted")));
        }
        for (JobQueue queue : queues) {
            queue.handle("counted", context -> {
                runs.computeIfAbsent(context.id(), id -> new AtomicInteger()).incrementAndGet();
                return "1";
            });
        }
        for (int i = 0; i < ids.size(); i++) {
            done(queues.get(0), i % 2 == 0 ? ANN : EVE, ids.get(i));
        }

        assertEquals(60, runs.size());
        assertTrue(runs.values().stream().allMatch(count -> count.get() == 1), runs.toString());
    }

    /** Asserts what an action fails with. */
    protected static void assertCode(ErrorCode code, Executable action) {
        assertEquals(code, assertThrows(StudioException.class, action).code());
    }

    /** A handler that holds jobs until it is opened or they are cancelled. */
    private static final class Gate implements JobHandler {
        private final CountDownLatch opened = new CountDownLatch(1);
        private final AtomicInteger entered = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public String run(JobContext context) throws InterruptedException {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            synchronized (this) {
                entered.incrementAndGet();
                notifyAll();
            }
            CountDownLatch goesOn = new CountDownLatch(1);
            Cancellation.Registration cancelling = context.cancellation().onCancel(goesOn::countDown);
            try {
                while (goesOn.getCount() > 0 && !opened.await(5, TimeUnit.MILLISECONDS)) {
                    Thread.onSpinWait();
                }
                context.cancellation().throwIfCancelled();
                return "1";
            } finally {
                cancelling.close();
                inside.decrementAndGet();
            }
        }

        synchronized void awaitEntered(int count) throws InterruptedException {
            while (entered.get() < count) {
                wait();
            }
        }

        void open() {
            opened.countDown();
        }

        int entered() {
            return entered.get();
        }

        int mostAtOnce() {
            return most.get();
        }
    }
}
