package dev.datastudio.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.run.Engine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomFlowTest {
    @Test
    void aRandomGraphDoesWhatTheWordsOfTheDocumentationSay() {
        long first = new Random().nextInt();
        Map<String, Integer> seen = new HashMap<>();
        try (Engine engine = Engine.builder().maxConcurrency(1).build()) {
            for (long seed = first; seed < first + 3_000; seed++) {
                RandomFlow flow = RandomFlow.of(seed);
                Graph<RandomFlow.In, RandomFlow.Out> graph = flow.mended();

                List<String> log = engine.run(graph, new RandomFlow.In()).log();

                List<String> expected = flow.model()
                        .run((before, done) -> done.forEach(task -> seen.merge(
                                task.cancelled() ? "cancelled" : task.failed() ? "failed" : "done", 1, Integer::sum)));
                assertEquals(expected, log, "seed " + seed);
            }
        }
        // About 140 and 1,600, with a spread of 20 and 50.
        assertTrue(seen.getOrDefault("cancelled", 0) > 20 && seen.getOrDefault("failed", 0) > 100, seen.toString());
    }
}
