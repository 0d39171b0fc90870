package dev.datastudio.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.testkit.cache.SettableClock;
import dev.datastudio.testkit.checkpoint.FaultInjectingCheckpointStore;
import dev.datastudio.testkit.schedule.SeededExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random graphs whose tasks begin and end in random orders; a failure names the seeds that repeat it. */
@Timeout(120)
class ScheduledFlowTest {
    private static final int FLOWS = 500;
    private static final List<Durability> ORDERS = List.of(Durability.SYNC, Durability.GROUP, Durability.EXIT);
    private static final String THREAD = "t";

    @Test
    void theOrderOfTasksChangesNoResultWithAStoreOrWithoutOrOverAFailureOfIt() {
        long first = new Random().nextInt();
        int compared = 0;
        for (long seed = first; seed < first + FLOWS; seed++) {
            RandomFlow flow = RandomFlow.of(seed);
            Graph<RandomFlow.In, RandomFlow.Out> graph = flow.mended();
            if (isAnyCancelling(Plan.from(graph))) {
                continue; // which of the tasks are the rest of a join depends on the order, as it should
            }
            List<String> expected = flow.model().run((before, done) -> {});
            compared++;
            for (int order = 0; order < ORDERS.size(); order++) {
                Random random = new Random(seed * ORDERS.size() + order);
                String named = "seed " + seed + ", order " + order;
                assertEquals(expected, plain(graph, random.nextLong()), named);
                Durability durability = ORDERS.get(order);
                assertEquals(expected, kept(graph, random, durability, 0), named + ", " + durability);
                assertEquals(
                        expected,
                        kept(graph, random, durability, 1 + random.nextInt(12)),
                        named + ", failing " + durability);
            }
        }
        assertTrue(compared > FLOWS / 10, "only " + compared + " graphs");
    }

    private static boolean isAnyCancelling(Plan<?, ?> plan) {
        return IntStream.range(0, plan.nodes().size())
                .anyMatch(node -> plan.node(node).isCancellingRest());
    }

    private static List<String> plain(Graph<RandomFlow.In, RandomFlow.Out> graph, long seed) {
        SeededExecutor executor = SeededExecutor.of(seed);
        try (Engine engine = Engine.builder().executor(executor).build()) {
            Run<RandomFlow.Out> run = engine.start(graph, new RandomFlow.In(), passing(executor));
            List<String> log = run.await().log();
            executor.finish();
            return log;
        }
    }

    private static RunOptions passing(SeededExecutor executor) {
        return RunOptions.builder()
                .listener(event -> {
                    if (event instanceof RunEvent.NodeStarted || event instanceof RunEvent.NodeFinished) {
                        executor.pass();
                    }
                })
                .build();
    }

    /** On a store that fails at one of its calls, if that is not 0, and is resumed then. */
    private static List<String> kept(
            Graph<RandomFlow.In, RandomFlow.Out> graph, Random random, Durability durability, int failing) {
        FaultInjectingCheckpointStore store = FaultInjectingCheckpointStore.around(InMemoryCheckpointStore.create());
        SettableClock clock = new SettableClock(Instant.EPOCH);
        if (failing > 0) {
            store.failBefore(failing);
        }
        SeededExecutor executor = SeededExecutor.of(random.nextLong());
        RunOptions options = passing(executor).toBuilder()
                .thread(THREAD)
                .durability(durability)
                .build();
        try (store;
                Engine engine = Engine.builder()
                        .store(store)
                        .executor(executor)
                        .clock(clock)
                        .build()) {
            try {
                return begin(engine, graph, options).await().log();
            } catch (StudioException e) {
                store.heal();
                clock.advance(Duration.ofMinutes(1));
                return begin(engine, graph, options).await().log();
            } finally {
                executor.finish();
            }
        }
    }

    private static Run<RandomFlow.Out> begin(
            Engine engine, Graph<RandomFlow.In, RandomFlow.Out> graph, RunOptions options) {
        Optional<ThreadState> known = engine.threads(Caller.LOCAL).find(THREAD);
        if (known.isEmpty() || known.get().head() == 0) {
            return engine.start(graph, new RandomFlow.In(), options);
        }
        assertEquals(ThreadStatus.RUNNING, known.get().status());
        return engine.resume(graph, THREAD, Resume.goOn(), options);
    }
}
