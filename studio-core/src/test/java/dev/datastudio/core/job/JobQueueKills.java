package dev.datastudio.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQueue;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.TransactionalDatabase;
import dev.datastudio.testkit.job.JobQueueLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills and pauses processes that work on jobs. The number of random kills is {@code studio.crash.rounds}, else
 * {@value KILLS}; a failure prints the seed.
 */
@Timeout(900)
abstract class JobQueueKills {
    static final JobQueueLimits LIMITS = new JobQueueLimits(2, 0, 10_000);

    private static final Duration TAKEOVER = Duration.ofSeconds(5);
    private static final Duration SLACK = Duration.ofSeconds(15); // for a machine that is busy with other things
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = JobOptions.DEFAULT.heartbeat();
    private static final int MISSED = JobOptions.DEFAULT.missedHeartbeats();
    private static final Duration QUICK_HEARTBEAT = Duration.ofMillis(100);
    private static final int KILLS = 6; // unless told
    private static final int PAUSES = 6;
    private static final Caller ANN = new Caller("acme", "ann");

    @TempDir
    Path folder;

    /** A file or a URL, as {@link JobChild} takes it. */
    abstract String location() throws Exception;

    @Test
    void anotherProcessTakesAKilledOnesJobOverWithinFiveSeconds(TestReporter reporter) throws Exception {
        String location = location();
        try (TransactionalDatabase database = JobChild.open(location);
                JobQueue queue = queue(database);
                JobProcess killed = JobProcess.start(location, folder, HEARTBEAT, MISSED)) {
            JobId id = queue.submit(ANN, JobRequest.of("until-released", "{}"));
            killed.await(JobChild.STARTED + id + " 1");
            try (JobProcess other = JobProcess.start(location, folder, HEARTBEAT, MISSED)) {
                other.await(JobChild.READY);

                killed.kill();
                long begin = System.nanoTime();
                other.await(JobChild.STARTED + id + " 2");
                Duration took = Duration.ofNanos(System.nanoTime() - begin);

                reporter.publishEntry("takeover", took.toMillis() + " ms");
                assertTrue(took.compareTo(TAKEOVER.plus(SLACK)) < 0, "took " + took);
                Job job = queue.await(ANN, id, PATIENCE);
                assertEquals("2", job.result().orElseThrow());
                assertEquals(2, job.attempt());
            }
        }
    }

    @Test
    void aPausedProcessCannotOverwriteWhatItsSuccessorDid() throws Exception {
        String location = location();
        try (TransactionalDatabase database = JobChild.open(location);
                JobQueue queue = queue(database);
                JobProcess paused = JobProcess.start(location, folder, QUICK_HEARTBEAT, MISSED)) {
            JobId id = queue.submit(ANN, JobRequest.of("until-released", "{}"));
            paused.await(JobChild.STARTED + id + " 1");
            try (JobProcess other = JobProcess.start(location, folder, QUICK_HEARTBEAT, MISSED)) {
                other.await(JobChild.READY);
                Job done = pauseUntilDone(paused, queue, id);
                assertEquals("2", done.result().orElseThrow(), done::toString);

                paused.signal("CONT");
                Files.createFile(folder.resolve("released"));
                paused.await(JobChild.RETURNING + id + " 1");
                paused.end();

                assertEquals(done, queue.get(ANN, id));
            }
        }
    }

    @Test
    void noJobIsLostOrEndedTwiceHoweverProcessesAreKilled(TestReporter reporter) throws Exception {
        int rounds = Integer.getInteger("studio.crash.rounds", KILLS);
        long seed = Long.getLong("studio.crash.seed", System.nanoTime());
        Random chance = new Random(seed);
        String named = "seed " + seed;
        String location = location();
        List<JobId> ids = new ArrayList<>();
        int taken = 0;
        List<JobProcess> processes = new ArrayList<>();
        try (TransactionalDatabase database = JobChild.open(location);
                JobQueue queue = queue(database)) {
            for (int i = 0; i < 2; i++) {
                processes.add(JobProcess.start(location, folder, QUICK_HEARTBEAT, 5));
            }
            for (int round = 0; round < rounds; round++) {
                int victim = chance.nextInt(2);
                processes.get(victim).await(JobChild.READY); // before the jobs, or the other one does them all
                for (int i = 0; i < 8; i++) {
                    ids.add(queue.submit(ANN, JobRequest.of("steps", "{}")));
                }
                if (round % 2 == 0) {
                    ids.addAll(submitUntilStarted(queue, processes.get(victim)));
                } else {
                    TimeUnit.MILLISECONDS.sleep(chance.nextInt(300));
                }
                processes.get(victim).kill();
                processes.set(victim, JobProcess.start(location, folder, QUICK_HEARTBEAT, 5));
            }
            for (JobId id : ids) {
                Job job = queue.await(ANN, id, PATIENCE);
                assertEquals(JobState.SUCCEEDED, job.state(), () -> named + ": " + job);
                long fence = Long.parseLong(job.result().orElseThrow());
                assertEquals(highestFence(id), fence, named + ": a try began after or beside the one that counts");
                taken += fence > 1 ? 1 : 0;
            }
            assertTrue(
                    queue.depth().values().stream().allMatch(depth -> depth.running() + depth.waiting() == 0), named);
        } finally {
            for (JobProcess process : processes) {
                process.close();
            }
        }
        reporter.publishEntry("jobs", ids.size() + ", of which " + taken + " were taken over");
        assertTrue(taken > 0, named + ": no kill hit a job");
    }

    /**
     * Pauses a process until another has done its job. A pause may hit it in the middle of a transaction, whose lock keeps
     * the others from writing for as long as it lasts; it then goes on for a moment and is paused again.
     */
    private static Job pauseUntilDone(JobProcess process, JobQueue queue, JobId id)
            throws IOException, InterruptedException {
        for (int attempt = 0; attempt < PAUSES; attempt++) {
            process.signal("STOP");
            Job job = queue.await(ANN, id, SLACK);
            if (job.state().isFinal()) {
                return job;
            }
            process.signal("CONT");
            TimeUnit.MILLISECONDS.sleep(QUICK_HEARTBEAT.toMillis() / 2);
        }
        return queue.await(ANN, id, PATIENCE);
    }

    /** Gives a process more to do until it has begun with something since it was asked: the other one may be quicker. */
    private static List<JobId> submitUntilStarted(JobQueue queue, JobProcess process)
            throws InterruptedException, IOException {
        List<JobId> more = new ArrayList<>();
        int before = process.count(JobChild.STARTED);
        while (!process.hasSaid(JobChild.STARTED, before + 1, Duration.ofMillis(100))) {
            more.add(queue.submit(ANN, JobRequest.of("steps", "{}")));
        }
        return more;
    }

    private long highestFence(JobId id) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(id + "."))
                    .mapToLong(name -> Long.parseLong(name.substring(id.value().length() + 1)))
                    .max()
                    .orElseThrow();
        }
    }

    private static JobQueue queue(TransactionalDatabase database) {
        return DatabaseJobQueue.over(database, ContractOptions.of(LIMITS), InstantSource.system());
    }
}
