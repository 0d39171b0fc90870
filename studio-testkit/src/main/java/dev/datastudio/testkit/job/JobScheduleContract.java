package dev.datastudio.testkit.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.job.JobHandler;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobSchedule;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.job.MissedRuns;
import dev.datastudio.api.job.ScheduleStatus;
import dev.datastudio.api.job.Timing;
import dev.datastudio.testkit.cache.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link JobQueue} must do when its clock moves: jobs for later, and schedules. */
@Timeout(120)
public abstract class JobScheduleContract extends JobQueueFixture {
    @Test
    void runsAJobWhenItsTimeHasCome() throws Exception {
        SettableClock clock = new SettableClock(Instant.now());
        JobQueue queue = open(JobQueueLimits.WIDE, clock);
        queue.handle("timed", context -> "1");
        JobId later =
                queue.submit(ANN, request("timed").notBefore(clock.instant().plusSeconds(3_600)));
        done(queue, ANN, queue.submit(ANN, request("timed")));
        assertEquals(JobState.QUEUED, queue.get(ANN, later).state());

        clock.advance(Duration.ofHours(1));

        assertEquals(JobState.SUCCEEDED, done(queue, ANN, later).state());
    }

    @Test
    void submitsScheduledJobsOnceEachTimeWhateverTheNumberOfProcesses() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:30Z"));
        JobQueue first = open(JobQueueLimits.WIDE, clock);
        JobQueue second = open(JobQueueLimits.WIDE, clock);
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
            awaitNextTimes(first, Instant.parse("2026-11-21T11:00:00Z").plus(Duration.ofHours(hour)));
        }

        assertEquals(3, first.list(ANN, JobQuery.NEWEST).size());
    }

    @Test
    void makesUpForMissedTimesOnceOrNotAtAll() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
        JobQueue queue = open(JobQueueLimits.WIDE, clock);
        Timing often = new Timing.Every(Duration.ofMinutes(10));
        queue.schedule(ANN, new JobSchedule("once", often, MissedRuns.RUN_ONCE, request("made-up")));
        queue.schedule(ANN, new JobSchedule("skip", often, MissedRuns.SKIP, request("skipped")));
        queue.schedule(ANN, new JobSchedule("off", often, MissedRuns.RUN_ONCE, request("off")));
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

    @Test
    void aScheduleWhoseRunTakesLongerThanItsPeriodDoesNotPileUp() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
        JobQueue queue = open(JobQueueLimits.WIDE, clock);
        Gate gate = new Gate();
        queue.handle("slow", gate);
        queue.schedule(
                ANN,
                new JobSchedule("s", new Timing.Every(Duration.ofMinutes(1)), MissedRuns.RUN_ONCE, request("slow")));
        clock.advance(Duration.ofMinutes(1));
        gate.awaitEntered(1);

        for (int minute = 3; minute <= 6; minute++) {
            clock.advance(Duration.ofMinutes(1));
            awaitNextTimes(queue, Instant.parse("2026-11-21T10:00:00Z").plus(Duration.ofMinutes(minute)));
        }
        assertEquals(1, queue.list(ANN, JobQuery.NEWEST).size());
        gate.open();
        done(queue, ANN, queue.list(ANN, JobQuery.NEWEST).get(0).id());
        clock.advance(Duration.ofMinutes(1));
        gate.awaitEntered(2);

        assertEquals(2, queue.list(ANN, JobQuery.NEWEST).size());
    }

    @Test
    void aScheduleLeavesATimeOutWhileTooManyJobsWait() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
        JobQueue queue = open(new JobQueueLimits(1, 0, 2), clock);
        List<JobId> waiting = List.of(queue.submit(ANN, request("nobody")), queue.submit(ANN, request("nobody")));
        BlockingQueue<JobId> runs = new LinkedBlockingQueue<>();
        queue.handle("r", context -> {
            runs.add(context.id());
            return "1";
        });
        queue.schedule(
                ANN, new JobSchedule("s", new Timing.Every(Duration.ofMinutes(1)), MissedRuns.RUN_ONCE, request("r")));
        clock.advance(Duration.ofMinutes(1));
        awaitNextTimes(queue, Instant.parse("2026-11-21T10:02:00Z"));
        assertEquals(2, queue.list(ANN, JobQuery.NEWEST).size());

        queue.cancel(ANN, waiting.get(0));
        clock.advance(Duration.ofMinutes(1));

        assertEquals(JobState.SUCCEEDED, done(queue, ANN, runs.take()).state());
    }

    @Test
    void removesFinishedJobsWhenTheyAreOldAndNoOthers() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));
        JobQueue first = open(JobQueueLimits.WIDE, clock);
        first.handle("r", context -> "1");
        JobId old = first.submit(ANN, request("r"));
        done(first, ANN, old);
        JobId waiting = first.submit(ANN, request("nobody-does-this"));
        clock.advance(Duration.ofDays(20));
        JobId recent = first.submit(EVE, request("r"));
        done(first, EVE, recent);
        clock.advance(Duration.ofDays(11));

        JobQueue next = open(JobQueueLimits.WIDE, clock);
        next.handle("r", context -> "1");

        long until = System.nanoTime() + PATIENCE.toNanos();
        while (next.find(ANN, old).isPresent()) {
            assertTrue(System.nanoTime() < until, "still there");
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertEquals(JobState.QUEUED, next.get(ANN, waiting).state());
        assertEquals("1", next.get(EVE, recent).result().orElseThrow());
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
}
