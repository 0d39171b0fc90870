package dev.datastudio.graph.run;

import static dev.datastudio.graph.run.PolicyGraphs.around;
import static dev.datastudio.graph.run.PolicyGraphs.fanOut;
import static dev.datastudio.graph.run.PolicyGraphs.single;
import static dev.datastudio.graph.run.PolicyGraphs.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.NodeCache;
import dev.datastudio.graph.policy.NodeOptions;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ends and timeouts at any moment leave nothing taken, nobody waiting and no thread interrupted. */
@Timeout(60)
class PolicyRaceTest {
    private static NodeOptions all(NodeOptions options) {
        return options.limit("db", 2)
                .timeout(Duration.ofNanos(30_000))
                .retry(Retry.fixed(3, Duration.ofNanos(20_000)))
                .cache(NodeCache.by(view -> "same", Duration.ofNanos(1)));
    }

    private static NodeFunction spinning(Random random) {
        return (view, context) -> {
            // A try may be over before it begins; an interrupt of another task would come without its cancellation.
            while (Thread.currentThread().isInterrupted()
                    && !context.cancellation().isCancelled()) {
                Thread.onSpinWait();
            }
            int spins;
            synchronized (random) {
                spins = random.nextInt(4_000);
            }
            for (; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            if (context.cancellation().isCancelled()) {
                throw new IllegalStateException("given up");
            }
            return word("w");
        };
    }

    @Test
    void aCancelAtAnyMomentLeavesNothingTaken() {
        Random random = new Random(11);
        try (Engine engine = Engine.builder().maxConcurrency(3).seed(3).build()) {
            Graph<In, Out> graph = around(fanOut(4, spinning(random), PolicyRaceTest::all), n -> n.limit("db", 2));
            for (int i = 0; i < 300; i++) {
                List<Run<Out>> runs = List.of(engine.start(graph, new In()), engine.start(graph, new In()));
                for (int spin = random.nextInt(20_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }

                runs.get(0).cancel();

                runs.forEach(PolicyRaceTest::assertOneEnd);
                assertFalse(Thread.currentThread().isInterrupted());
            }
            assertAllIsFree(engine);
        }
    }

    private static void assertOneEnd(Run<Out> run) {
        try {
            assertEquals(4, run.await().words().size());
        } catch (StudioException e) {
            assertTrue(e.code() == ErrorCode.CANCELLED || e.code() == ErrorCode.NODE_TIMEOUT, e.toString());
        }
        List<RunEvent> events = run.events();
        assertEquals(1, PolicyGraphs.events(run, RunEvent.Terminal.class).size());
        assertTrue(events.get(events.size() - 1) instanceof RunEvent.Terminal);
    }

    /** Three tasks work at once, two of them with the resource. */
    private static void assertAllIsFree(Engine engine) {
        List<Run<Out>> runs = new ArrayList<>();
        CyclicBarrier all = new CyclicBarrier(3);
        NodeFunction meeting = (view, context) -> {
            all.await(60, TimeUnit.SECONDS);
            return word("met");
        };
        runs.add(engine.start(single(meeting, n -> n.limit("db", 2)), new In()));
        runs.add(engine.start(single(meeting, n -> n.limit("db", 2)), new In()));
        runs.add(engine.start(single(meeting, n -> n), new In()));
        runs.forEach(run -> assertEquals(List.of("met"), run.await().words()));
    }
}
