package dev.datastudio.testkit.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.progress.Progress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link JobQueue} must do when several processes work on one storage; each queue stands for a process. */
@Timeout(120)
public abstract class SharedJobQueueContract extends JobQueueFixture {
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
        assertTrue(millis < 20_000, "took " + millis + " ms"); // a second, and slack for a machine that stands still
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
    void keepsALimitOverAllProcesses() throws Exception {
        JobQueueLimits limits = new JobQueueLimits(2, 3, 100);
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
}
