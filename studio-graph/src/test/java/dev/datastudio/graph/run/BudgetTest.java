package dev.datastudio.graph.run;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static dev.datastudio.graph.run.PolicyGraphs.around;
import static dev.datastudio.graph.run.PolicyGraphs.block;
import static dev.datastudio.graph.run.PolicyGraphs.events;
import static dev.datastudio.graph.run.PolicyGraphs.fanOut;
import static dev.datastudio.graph.run.PolicyGraphs.graph;
import static dev.datastudio.graph.run.PolicyGraphs.single;
import static dev.datastudio.graph.run.PolicyGraphs.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BudgetTest {
    final ManualTimekeeper time = new ManualTimekeeper();
    final Engine engine = Engine.builder().timekeeper(time).build();

    @AfterEach
    void close() {
        engine.close();
    }

    static Graph<In, Out> loop(int rounds) {
        return graph("loop")
                .node("a", (view, context) -> word("w"))
                .edge(START, "a")
                .when(
                        "a",
                        Route.by(view -> view.get(PolicyGraphs.WORDS).size() < rounds ? "a" : END)
                                .to("a", END))
                .build();
    }

    static RunOptions within(Budget budget) {
        return RunOptions.builder().budget(budget).build();
    }

    StudioException exceeded(Graph<In, Out> graph, Budget budget) {
        StudioException error = assertThrows(StudioException.class, () -> engine.run(graph, new In(), within(budget)));
        assertEquals(ErrorCode.BUDGET_EXCEEDED, error.code());
        return error;
    }

    @Test
    void soManyStepsAreAllowedAndNoMore() {
        engine.run(loop(5), new In(), within(Budget.UNLIMITED.maxSteps(5)));

        StudioException error = exceeded(loop(6), Budget.UNLIMITED.maxSteps(5));

        assertEquals("The run used 6 super-steps, its budget allows 5", error.what());
        assertEquals("Raise maxSteps of the run's budget, or have the graph use less", error.mend());
    }

    @Test
    void theStepsOfSubgraphsCount() {
        engine.run(around(loop(4), n -> n), new In(), within(Budget.UNLIMITED.maxSteps(5)));

        exceeded(around(loop(5), n -> n), Budget.UNLIMITED.maxSteps(5));
    }

    @Test
    void tokensOfParallelNodesAddUp() {
        Graph<In, Out> graph = fanOut(
                10,
                (view, context) -> {
                    context.spend(100, 0);
                    return word("w");
                },
                n -> n);
        engine.run(graph, new In(), within(Budget.UNLIMITED.maxTokens(1_000)));

        StudioException error = exceeded(graph, Budget.UNLIMITED.maxTokens(999));

        assertEquals("The run used 1000 tokens, its budget allows 999", error.what());
    }

    @Test
    void costsAddUp() {
        Graph<In, Out> graph = fanOut(
                3,
                (view, context) -> {
                    context.spend(0, 0.5);
                    return word("w");
                },
                n -> n);
        engine.run(graph, new In(), within(Budget.UNLIMITED.maxCost(1.5)));

        assertEquals(
                "The run used a cost of 1.5, its budget allows 1.25",
                exceeded(graph, Budget.UNLIMITED.maxCost(1.25)).what());
    }

    @Test
    void aNodeThatSwallowsTheErrorEndsTheRunAllTheSame() {
        Graph<In, Out> graph = single(
                (view, context) -> {
                    try {
                        context.spend(2, 0);
                    } catch (StudioException e) {
                        return word("swallowed");
                    }
                    return word("spent");
                },
                n -> n);

        exceeded(graph, Budget.UNLIMITED.maxTokens(1));
    }

    @Test
    void negativeAmountsAreRefused() {
        NodeException error = assertThrows(
                NodeException.class,
                () -> engine.run(
                        single(
                                (view, context) -> {
                                    context.spend(-1, 0);
                                    return word("w");
                                },
                                n -> n),
                        new In()));

        assertEquals(
                "tokens and cost must be at least 0, were -1 and 0.0",
                Objects.requireNonNull(error.getCause()).getMessage());
    }

    @Test
    void theTimeOfARunInterruptsANodeThatTakesLonger() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        Run<Out> run = engine.start(
                single(
                        (view, context) -> {
                            inside.countDown();
                            return block();
                        },
                        n -> n),
                new In(),
                within(Budget.UNLIMITED.maxTime(Duration.ofSeconds(2))));
        inside.await();

        time.advance(Duration.ofSeconds(2));

        StudioException error = assertThrows(StudioException.class, run::await);
        assertEquals(ErrorCode.BUDGET_EXCEEDED, error.code());
        assertEquals("The run used 2.0 s, its budget allows 2.0 s", error.what());
        assertEquals(1, events(run, RunEvent.RunFailed.class).size());
        assertEquals(1, events(run, RunEvent.NodeCancelled.class).size());
    }

    @Test
    void aRunWithinItsTimeLeavesNoAlarmBehind() {
        engine.run(loop(3), new In(), within(Budget.UNLIMITED.maxTime(Duration.ofSeconds(2))));

        assertEquals(0, time.pending());
    }
}
