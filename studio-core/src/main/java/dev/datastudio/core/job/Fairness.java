package dev.datastudio.core.job;

import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.QueueName;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tenant is next: the one that has the fewest jobs running; of those, the one that this process has served least
 * recently; then whose job has waited longest. Not thread-safe.
 */
final class Fairness {
    private static final int REMEMBERED = 10_000;

    private final Map<String, Long> served = new LinkedHashMap<>();
    private long count;

    List<Turn> inOrder(QueueName queue, List<Turn> turns) {
        return turns.stream()
                .sorted(Comparator.comparingLong(Turn::number)
                        .thenComparingLong(turn -> served.getOrDefault(key(queue, turn.tenant()), 0L))
                        .thenComparingLong(Turn::dueAt)
                        .thenComparing(turn -> turn.id().value()))
                .toList();
    }

    void served(Job job) {
        String key = key(job.request().queue(), job.owner().tenant());
        served.remove(key); // so that it goes to the end
        served.put(key, ++count);
        if (served.size() > REMEMBERED) {
            served.remove(served.keySet().iterator().next());
        }
    }

    private static String key(QueueName queue, String tenant) {
        return queue + "/" + tenant;
    }
}
