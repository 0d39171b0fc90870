package dev.datastudio.graph.run;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static dev.datastudio.graph.run.PolicyGraphs.WORDS;
import static dev.datastudio.graph.run.PolicyGraphs.graph;
import static dev.datastudio.graph.run.PolicyGraphs.mapping;
import static dev.datastudio.graph.run.PolicyGraphs.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphBuilder;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.policy.Join;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads that stopped in the middle of a sub-graph, or of a step with joins and errors, and go on there. */
@Timeout(60)
class NestedResumeTest {
    final InMemoryCheckpointStore store = InMemoryCheckpointStore.create();
    final Engine engine = Engine.builder().store(store).build();
    final AtomicBoolean broken = new AtomicBoolean(true);
    final List<String> began = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    static RunOptions thread(Durability durability) {
        return RunOptions.builder().thread("t").durability(durability).build();
    }

    NodeFunction saying(String text) {
        return (view, context) -> {
            began.add(text);
            return word(text);
        };
    }

    NodeFunction failing(String text) {
        return (view, context) -> {
            began.add(text);
            if (broken.get()) {
                throw new IllegalStateException("broken");
            }
            return word(text);
        };
    }

    NodeFunction asking(String text) {
        return (view, context) -> {
            began.add(text);
            return word(text + " " + context.interrupt("q", text + "?", String.class));
        };
    }

    /** Nodes one after the other. */
    private static Graph<In, Out> line(GraphBuilder<In, Out> builder, String... nodes) {
        String before = START;
        for (String node : nodes) {
            builder.edge(before, node);
            before = node;
        }
        return builder.edge(before, END).build();
    }

    private Graph<In, Out> innerThat(NodeFunction second) {
        return line(
                graph("inner").node("one", saying("one")).node("two", second).node("three", saying("three")),
                "one",
                "two",
                "three");
    }

    private List<Interrupt> interrupts(RunOutcome<Out> outcome) {
        assertInstanceOf(RunOutcome.Interrupted.class, outcome);
        return ((RunOutcome.Interrupted<Out>) outcome).interrupts();
    }

    private List<String> ids(RunOutcome<Out> outcome) {
        return interrupts(outcome).stream().map(Interrupt::id).toList();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aMappedSubGraphGoesOnAtTheNodeThatFailed(Durability durability) {
        Graph<In, Out> graph = line(
                graph("g")
                        .node("before", saying("before"))
                        .subgraph("sub", innerThat(failing("two")), mapping())
                        .node("after", saying("after")),
                "before",
                "sub",
                "after");
        assertThrows(NodeException.class, () -> engine.run(graph, new In(), thread(durability)));
        broken.set(false);

        Out out = engine.resume(graph, "t", Resume.goOn(), thread(durability)).await();

        assertEquals(List.of("before", "one", "two", "three", "after"), out.words());
        assertEquals(List.of("before", "one", "two", "two", "three", "after"), began);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aSubGraphOnTheSameChannelsGoesOnAtTheNodeThatFailed(Durability durability) {
        Graph<In, Out> graph = line(
                graph("g")
                        .node("before", saying("before"))
                        .subgraph("sub", innerThat(failing("two")), Mapping.shared())
                        .node("after", saying("after")),
                "before",
                "sub",
                "after");
        assertThrows(NodeException.class, () -> engine.run(graph, new In(), thread(durability)));
        broken.set(false);

        Out out = engine.resume(graph, "t", Resume.goOn(), thread(durability)).await();

        assertEquals(List.of("before", "one", "two", "three", "after"), out.words());
        assertEquals(List.of("before", "one", "two", "two", "three", "after"), began);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aSubGraphTwoDeepGoesOnAtTheNodeThatFailed(Durability durability) {
        Graph<In, Out> middle = line(
                graph("middle")
                        .node("m1", saying("m1"))
                        .subgraph("deep", innerThat(failing("two")), mapping())
                        .node("m2", saying("m2")),
                "m1",
                "deep",
                "m2");
        Graph<In, Out> graph = line(graph("g").subgraph("sub", middle, Mapping.shared()), "sub");
        assertThrows(NodeException.class, () -> engine.run(graph, new In(), thread(durability)));
        assertThrows(
                NodeException.class,
                () -> engine.resume(graph, "t", Resume.goOn(), thread(durability))
                        .await());
        broken.set(false);

        Out out = engine.resume(graph, "t", Resume.goOn(), thread(durability)).await();

        assertEquals(List.of("m1", "one", "two", "three", "m2"), out.words());
        assertEquals(List.of("m1", "one", "two", "two", "two", "three", "m2"), began);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void questionsInAFanOutOfSubGraphsHaveIdsOfTheirOwnThatStayTheSame(Durability durability) {
        Graph<In, Out> graph = graph("g")
                .subgraph("each", innerThat(asking("two")), mapping())
                .fanOut(START, view -> List.of("x", "y", "z"), "each")
                .edge("each", END)
                .build();
        List<String> all = List.of("each:1:0/two:2:0?q", "each:1:1/two:2:0?q", "each:1:2/two:2:0?q");
        RunOutcome<Out> first =
                engine.start(graph, new In(), thread(durability)).outcome();
        assertEquals(all, ids(first));
        assertEquals("each[1]/two", interrupts(first).get(1).node());

        RunOutcome<Out> second = engine.resume(graph, "t", Resume.answer(all.get(1), "b"), thread(durability))
                .outcome();
        assertEquals(List.of(all.get(0), all.get(2)), ids(second));
        RunOutcome<Out> third =
                engine.resume(graph, "t", Resume.goOn(), thread(durability)).outcome();
        assertEquals(List.of(all.get(0), all.get(2)), ids(third));
        Out out = engine.resume(graph, "t", Resume.answer(all.get(2), "c").and(all.get(0), "a"), thread(durability))
                .await();

        assertEquals(List.of("one", "two a", "three", "one", "two b", "three", "one", "two c", "three"), out.words());
        assertEquals(3, began.stream().filter("one"::equals).count());
        assertEquals(6, began.stream().filter("two"::equals).count());
        assertEquals(3, began.stream().filter("three"::equals).count());
    }

    @Test
    void aSubGraphThatStopsByItselfNeedsAThreadToo() {
        Graph<In, Out> inner = line(graph("inner").node("one", saying("one"), n -> n.interruptBefore()), "one");
        Graph<In, Out> middle = line(graph("middle").subgraph("deep", inner, mapping()), "deep");
        Graph<In, Out> graph = line(graph("g").subgraph("sub", middle, mapping()), "sub");

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> engine.run(graph, new In()));

        assertTrue(String.valueOf(refused.getMessage()).contains("sub/deep/one"), refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void stopsBeforeAndAfterNodesOfASubGraphArePassed(Durability durability) {
        Graph<In, Out> inner = line(
                graph("inner")
                        .node("one", saying("one"), n -> n.interruptAfter())
                        .node("two", saying("two"), n -> n.interruptBefore().interruptAfter()),
                "one",
                "two");
        Graph<In, Out> graph =
                line(graph("g").subgraph("sub", inner, mapping()).node("after", saying("after")), "sub", "after");

        RunOutcome<Out> outcome =
                engine.start(graph, new In(), thread(durability)).outcome();
        assertEquals(List.of("sub:1:0/one:1:0?$after"), ids(outcome));
        outcome = engine.resume(graph, "t", Resume.goOn(), thread(durability)).outcome();
        assertEquals(List.of("sub:1:0/two:2:0?$before"), ids(outcome));
        outcome = engine.resume(graph, "t", Resume.goOn(), thread(durability)).outcome();
        assertEquals(List.of("sub:1:0/two:2:0?$after"), ids(outcome));
        Out out = engine.resume(graph, "t", Resume.goOn(), thread(durability)).await();

        assertEquals(List.of("one", "two", "after"), out.words());
        assertEquals(List.of("one", "two", "after"), began);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void anInputThatCameDuringASubGraphIsAppliedAfterItsStepAlsoByALaterRun(Durability durability) throws Exception {
        CountDownLatch inNode = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        Graph<In, Out> graph = line(
                graph("g")
                        .subgraph(
                                "sub",
                                innerThat((view, context) -> {
                                    inNode.countDown();
                                    sent.await();
                                    return failing("two").apply(view, context);
                                }),
                                mapping())
                        .node("after", saying("after")),
                "sub",
                "after");
        Run<Out> run = engine.start(graph, new In(), thread(durability));
        inNode.await();
        run.send(Update.of(WORDS.add("sent")));
        sent.countDown();
        assertThrows(NodeException.class, run::await);
        broken.set(false);

        Out out = engine.resume(graph, "t", Resume.goOn(), thread(durability)).await();

        assertEquals(List.of("one", "two", "three", "sent", "after"), out.words());
    }

    /** a and b lead to a join of two, c too. */
    private Graph<In, Out> quorum(NodeFunction b, NodeFunction c) {
        return graph("g")
                .node("a", saying("a"))
                .node("b", b)
                .node("c", c)
                .node("join", saying("join"), n -> n.join(Join.quorum(2).cancelRest()))
                .edge(START, "a")
                .edge(START, "b")
                .edge(START, "c")
                .edge("a", "join")
                .edge("b", "join")
                .edge("c", "join")
                .edge("join", END)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aQuorumThatAnAnswerMakesUpDropsTheOtherQuestions(Durability durability) {
        Graph<In, Out> graph = quorum(asking("b"), asking("c"));
        RunOutcome<Out> outcome =
                engine.start(graph, new In(), thread(durability)).outcome();
        assertEquals(List.of("b:1:0?q", "c:1:0?q"), ids(outcome));

        Out out = engine.resume(graph, "t", Resume.answer("c:1:0?q", "yes"), thread(durability))
                .await();

        assertEquals(List.of("a", "c yes", "join"), out.words());
        assertEquals(1, began.stream().filter("b"::equals).count());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aQuorumOfFinishedTasksIsStillAQuorumAfterAFailure(Durability durability) {
        CountDownLatch bDone = new CountDownLatch(1);
        Graph<In, Out> graph = graph("g")
                .node("a", saying("a"))
                .node("b", saying("b"))
                .node("bad", (view, context) -> {
                    bDone.await();
                    return failing("bad").apply(view, context);
                })
                .node("c", asking("c"))
                .node("join", saying("join"), n -> n.join(Join.quorum(2).cancelRest()))
                .edge(START, "a")
                .edge(START, "b")
                .edge(START, "c")
                .edge(START, "bad")
                .edge("a", "join")
                .edge("b", "join")
                .edge("c", "join")
                .edge("join", END)
                .edge("bad", END)
                .build();
        RunOptions options = thread(durability).toBuilder()
                .listener(event -> {
                    if (event instanceof RunEvent.NodeFinished done
                            && done.node().equals("b")) {
                        bDone.countDown();
                    }
                })
                .build();
        assertThrows(NodeException.class, () -> engine.run(graph, new In(), options));
        broken.set(false);

        Out out = engine.resume(graph, "t", Resume.goOn(), thread(durability)).await();

        assertEquals(
                List.of("a", "b", "bad", "join"), out.words().stream().sorted().toList());
        assertEquals(1, began.stream().filter("b"::equals).count());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void deferredNodesStillComeLastAfterAResume(Durability durability) {
        Graph<In, Out> graph = graph("g")
                .node("a", saying("a"))
                .node("summary", saying("summary"), n -> n.deferred())
                .node("b", asking("b"))
                .node("c", saying("c"))
                .edge(START, "a")
                .edge("a", "summary")
                .edge("a", "b")
                .edge("b", "c")
                .edge("c", END)
                .edge("summary", END)
                .build();
        RunOutcome<Out> outcome =
                engine.start(graph, new In(), thread(durability)).outcome();

        Out out = engine.resume(graph, "t", Resume.answer(ids(outcome).get(0), "yes"), thread(durability))
                .await();

        assertEquals(List.of("a", "b yes", "c", "summary"), out.words());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailureThatAnotherNodeTakesOverIsRememberedOverAResume(Durability durability) {
        Graph<In, Out> graph = graph("g")
                .node("bad", failing("bad"), n -> n.onError("repair"))
                .node("ask", asking("ask"))
                .node("repair", (view, context) -> {
                    NodeFailure failure = context.input(NodeFailure.class);
                    began.add("repair");
                    return word("repaired " + failure.node());
                })
                .edge(START, "bad")
                .edge(START, "ask")
                .edge("bad", END)
                .edge("ask", END)
                .edge("repair", END)
                .build();
        RunOutcome<Out> outcome =
                engine.start(graph, new In(), thread(durability)).outcome();
        broken.set(false);

        Out out = engine.resume(graph, "t", Resume.answer(ids(outcome).get(0), "yes"), thread(durability))
                .await();

        assertEquals(List.of("ask yes", "repaired bad"), out.words());
        assertEquals(1, began.stream().filter("bad"::equals).count());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aNewTryAndAResumedOneUseWhatEarlierTriesNoted(Durability durability) {
        Graph<In, Out> graph = line(
                graph("g")
                        .node(
                                "flaky",
                                (view, context) -> {
                                    String noted = context.step("noted", String.class, () -> {
                                        began.add("noted");
                                        return "note";
                                    });
                                    if (broken.get() || context.attempt() == 1) {
                                        throw new IllegalStateException("try " + context.attempt());
                                    }
                                    return word(noted);
                                },
                                n -> n.retry(Retry.fixed(2, Duration.ZERO))),
                "flaky");
        assertThrows(NodeException.class, () -> engine.run(graph, new In(), thread(durability)));
        broken.set(false);

        Out out = engine.resume(graph, "t", Resume.goOn(), thread(durability)).await();

        assertEquals(List.of("note"), out.words());
        assertEquals(List.of("noted"), began);
    }
}
