package dev.datastudio.graph.run;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static dev.datastudio.graph.run.PolicyGraphs.events;
import static dev.datastudio.graph.run.PolicyGraphs.graph;
import static dev.datastudio.graph.run.PolicyGraphs.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.NodeOptions;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NodeErrorTest {
    final ManualTimekeeper time = new ManualTimekeeper();
    final Engine engine = Engine.builder().timekeeper(time).build();

    @AfterEach
    void close() {
        engine.close();
    }

    static Graph<In, Out> withRescue(NodeFunction risky, UnaryOperator<NodeOptions> options) {
        return graph("g")
                .node("risky", risky, n -> options.apply(n).onError("rescue"))
                .node("next", (view, context) -> word("next"))
                .node("rescue", (view, context) -> {
                    NodeFailure failure = context.input(NodeFailure.class);
                    return word(failure.node() + " " + failure.task() + " " + failure.code() + ": " + failure.what());
                })
                .edge(START, "risky")
                .edge("risky", "next")
                .edge("next", END)
                .edge("rescue", END)
                .build();
    }

    static final NodeFunction FAILING = (view, context) -> {
        throw new IOException("no answer");
    };

    @Test
    void anotherNodeTakesOverWhatFailedForGood() {
        Run<Out> run = engine.start(withRescue(FAILING, n -> n.retry(Retry.fixed(2, Duration.ZERO))), new In());

        assertEquals(
                List.of("risky 0 NODE_FAILED: Node 'risky' of graph 'g' failed in super-step 1,"
                        + " 'IOException: no answer'"),
                run.await().words());
        assertEquals(1, events(run, RunEvent.NodeRetried.class).size());
        assertEquals(1, events(run, RunEvent.NodeFailed.class).size());
        assertEquals(1, events(run, RunEvent.RunFinished.class).size());
    }

    @Test
    void aTimeoutIsTakenOverToo() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        Run<Out> run = engine.start(
                withRescue(
                        (view, context) -> {
                            inside.countDown();
                            return PolicyGraphs.block();
                        },
                        n -> n.timeout(Duration.ofSeconds(1))),
                new In());
        inside.await();

        time.advance(Duration.ofSeconds(1));

        assertTrue(run.await().words().get(0).startsWith("risky 0 NODE_TIMEOUT: "));
    }

    @Test
    void misuseOfChannelsAndErrorsOfTheMachineEndTheRunAllTheSame() {
        Graph<In, Out> misuse = withRescue(
                (view, context) -> Update.of(Channel.last("other", String.class).set("x")), n -> n);
        Graph<In, Out> error = withRescue(
                (view, context) -> {
                    throw new StackOverflowError();
                },
                n -> n);

        assertEquals(
                ErrorCode.GRAPH_INVALID,
                assertThrows(NodeException.class, () -> engine.run(misuse, new In()))
                        .code());
        assertThrows(NodeException.class, () -> engine.run(error, new In()));
    }

    @Test
    void aBudgetThatIsExceededIsNotTakenOver() {
        Graph<In, Out> graph = withRescue(
                (view, context) -> {
                    context.spend(11, 0);
                    return word("spent");
                },
                n -> n.retry(Retry.fixed(3, Duration.ZERO)));

        RunOptions tight =
                RunOptions.builder().budget(Budget.UNLIMITED.maxTokens(10)).build();

        assertEquals(
                ErrorCode.BUDGET_EXCEEDED,
                assertThrows(StudioException.class, () -> engine.run(graph, new In(), tight))
                        .code());
    }
}
