package dev.datastudio.agents.thought;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.RunOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches that fail on their way. */
@Timeout(60)
class DurableThoughtTest {
    private static final ThoughtProblem PROBLEM = new ThoughtProblem("spell");
    private static final ThoughtOptions OPTIONS = new ThoughtOptions(3, 2, 3, 1);
    private static final Proposer LETTERS = (path, count, context) -> List.of("a", "b", "c");

    private final Map<String, Integer> scored = new ConcurrentHashMap<>();

    private ThoughtScore score(ThoughtPath path) {
        String word = String.join("", path.thoughts());
        scored.merge(word, 1, Integer::sum);
        return ThoughtScore.of(Math.floorMod(word.hashCode() * 31, 89) / 100.0);
    }

    private static ThoughtTree whole(Scorer scorer) {
        try (Engine engine = Engine.create()) {
            return engine.run(TreeOfThought.of(LETTERS, scorer).options(OPTIONS).graph(), PROBLEM);
        }
    }

    @Test
    void aSearchWhoseScorerFailedGoesOnInAnotherProcess(@TempDir Path folder) {
        ThoughtTree expected = whole((path, context) -> score(path));
        scored.clear();
        AtomicBoolean isDown = new AtomicBoolean(true);
        Graph<ThoughtProblem, ThoughtTree> graph = TreeOfThought.of(LETTERS, (path, context) -> {
                    if (path.thoughts().size() == 2 && context.task() == 4 && isDown.get()) {
                        throw new IllegalStateException("no network");
                    }
                    return score(path);
                })
                .options(OPTIONS)
                .graph();
        Path file = folder.resolve("threads.db");
        RunOptions options = RunOptions.builder().thread("t").build();
        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(file);
                Engine engine = Engine.builder().store(store).maxConcurrency(1).build()) {
            NodeException failure = assertThrows(NodeException.class, () -> engine.run(graph, PROBLEM, options));
            assertEquals("score", failure.node());
        }
        isDown.set(false);

        ThoughtTree found;
        try (SqliteCheckpointStore store = SqliteCheckpointStore.open(file);
                Engine engine = Engine.builder().store(store).build()) {
            found = engine.resume(graph, "t", Resume.goOn(), options).await();
        }

        assertEquals(expected, found);
        assertTrue(scored.values().stream().allMatch(times -> times == 1), scored.toString());
        assertEquals(expected.tree().size(), scored.size());
    }

    @Test
    void strategiesThatFailAreTriedAgainAsTheirNodesSay() {
        ThoughtTree expected = whole((path, context) -> score(path));
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        Scorer flaky = (path, context) -> {
            if (tries.merge(path.thoughts().toString(), 1, Integer::sum) < 3) {
                throw new IllegalStateException("busy");
            }
            return score(path);
        };
        Graph<ThoughtProblem, ThoughtTree> graph = TreeOfThought.of(LETTERS, flaky)
                .options(OPTIONS)
                .strategyNodes(node -> node.retry(Retry.fixed(3, Duration.ZERO)))
                .graph();

        try (Engine engine = Engine.create()) {
            assertEquals(expected, engine.run(graph, PROBLEM));
        }
        assertTrue(tries.values().stream().allMatch(times -> times == 3), tries.toString());
    }
}
