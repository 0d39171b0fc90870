package dev.datastudio.core.job;

import dev.datastudio.api.job.QueueName;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many jobs run and wait, and how soon things are noticed. Immutable.
 *
 * @param workers how many jobs of each queue this process runs at a time, 1 to 1,000
 * @param overall how many jobs of a queue run at a time over all processes, 1 to 100,000; no entry: no such limit
 * @param maxWaitingPerTenant how many jobs of a tenant may wait, 1 to 1,000,000
 * @param poll how often the storage is asked for jobs of other processes, 10 ms to 5 s
 * @param heartbeat how often a process says that it is there, 50 ms to 5 s; a request to cancel comes with it
 * @param missedHeartbeats how many missed ones make it lost, 4 to 20
 * @param cancelGrace after how long a handler that was asked to stop has its thread interrupted; after as long again its
 *     job is ended without it; 10 ms to 1 hour
 * @param closeWait how long running jobs have to end when the queue is closed, 0 to 1 hour
 * @param keepFinished how long finished jobs are kept, 1 minute to 3,650 days
 */
public record JobOptions(
        Map<QueueName, Integer> workers,
        Map<QueueName, Integer> overall,
        int maxWaitingPerTenant,
        Duration poll,
        Duration heartbeat,
        int missedHeartbeats,
        Duration cancelGrace,
        Duration closeWait,
        Duration keepFinished) {
    /**
     * Four workers for the general and the analysis queue and two for training, fewer where there are fewer cores; no
     * limit over all processes, 1,000 waiting jobs a tenant, finished jobs kept for 30 days. A lost process is noticed
     * after 3 to 4 seconds.
     */
    public static final JobOptions DEFAULT = new JobOptions(
            defaultWorkers(Runtime.getRuntime().availableProcessors()),
            Map.of(),
            1_000,
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            6,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofDays(30));

    /** @throws IllegalArgumentException if a value is out of its range */
    public JobOptions {
        workers = Map.copyOf(workers);
        overall = Map.copyOf(overall);
        for (QueueName queue : QueueName.values()) {
            requireIn("workers of " + queue, workers.getOrDefault(queue, 0), 1, 1_000);
            requireIn("overall of " + queue, overall.getOrDefault(queue, 1), 1, 100_000);
        }
        requireIn("maxWaitingPerTenant", maxWaitingPerTenant, 1, 1_000_000);
        requireIn("poll", poll, Duration.ofMillis(10), Duration.ofSeconds(5));
        requireIn("heartbeat", heartbeat, Duration.ofMillis(50), Duration.ofSeconds(5));
        requireIn("missedHeartbeats", missedHeartbeats, 4, 20);
        requireIn("cancelGrace", cancelGrace, Duration.ofMillis(10), Duration.ofHours(1));
        requireIn("closeWait", closeWait, Duration.ZERO, Duration.ofHours(1));
        requireIn("keepFinished", keepFinished, Duration.ofMinutes(1), Duration.ofDays(3_650));
    }

    static Map<QueueName, Integer> defaultWorkers(int cores) {
        int workers = Math.max(1, Math.min(4, cores));
        return Map.of(
                QueueName.GENERAL, workers, QueueName.ANALYSIS, workers, QueueName.TRAINING, Math.max(1, workers / 2));
    }

    /** The same with another number of workers of a queue in this process. */
    public JobOptions withWorkers(QueueName queue, int count) {
        return new JobOptions(
                with(workers, queue, count),
                overall,
                maxWaitingPerTenant,
                poll,
                heartbeat,
                missedHeartbeats,
                cancelGrace,
                closeWait,
                keepFinished);
    }

    /** The same with a limit of a queue over all processes. */
    public JobOptions withOverall(QueueName queue, int count) {
        return new JobOptions(
                workers,
                with(overall, queue, count),
                maxWaitingPerTenant,
                poll,
                heartbeat,
                missedHeartbeats,
                cancelGrace,
                closeWait,
                keepFinished);
    }

    /** The same with another limit of waiting jobs. */
    public JobOptions withMaxWaitingPerTenant(int count) {
        return new JobOptions(
                workers, overall, count, poll, heartbeat, missedHeartbeats, cancelGrace, closeWait, keepFinished);
    }

    /** The same with other times for handlers that don't stop, and for closing. */
    public JobOptions withPatience(Duration cancelGrace, Duration closeWait) {
        return new JobOptions(
                workers,
                overall,
                maxWaitingPerTenant,
                poll,
                heartbeat,
                missedHeartbeats,
                cancelGrace,
                closeWait,
                keepFinished);
    }

    /** The same with another time for which finished jobs are kept. */
    public JobOptions withKeepFinished(Duration keepFinished) {
        return new JobOptions(
                workers,
                overall,
                maxWaitingPerTenant,
                poll,
                heartbeat,
                missedHeartbeats,
                cancelGrace,
                closeWait,
                keepFinished);
    }

    int allWorkers() {
        return workers.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** From when without a heartbeat a process is lost. */
    Duration lostAfter() {
        return heartbeat.multipliedBy(missedHeartbeats);
    }

    private static Map<QueueName, Integer> with(Map<QueueName, Integer> counts, QueueName queue, int count) {
        Map<QueueName, Integer> changed = new EnumMap<>(QueueName.class);
        changed.putAll(counts);
        changed.put(queue, count);
        return changed;
    }

    private static void requireIn(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be in " + least + ".." + most + ", was " + value);
        }
    }

    private static void requireIn(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " must be in " + least + ".." + most + ", was " + value);
        }
    }
}
