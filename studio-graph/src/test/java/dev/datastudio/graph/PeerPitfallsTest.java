package dev.datastudio.graph;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import dev.datastudio.graph.run.Threads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other graph engines are known to get wrong; each test is named after what is right. */
@Timeout(60)
class PeerPitfallsTest {
    record In() {}

    record Out(List<String> words) {}

    /** Neither serialisable nor comparable. */
    record Opaque(Object value) {}

    record OpaqueIn(Opaque opaque) {}

    record OpaqueOut(Opaque opaque, List<Opaque> opaques) {}

    record Address(String city, Optional<String> code) {}

    /** Not serialisable by Java. */
    record Person(String name, Address address) {}

    record PersonIn(Person person) {}

    record People(List<Person> people) {}

    static final AppendChannel<String> WORDS = Channel.append("words", String.class);
    static final LastChannel<Opaque> OPAQUE = Channel.last("opaque", Opaque.class);
    static final AppendChannel<Opaque> OPAQUES = Channel.append("opaques", Opaque.class);

    final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    static GraphBuilder<In, Out> graph(String... nodes) {
        GraphBuilder<In, Out> builder =
                Graph.define("g", 1).input(In.class).output(Out.class).channels(WORDS);
        for (String node : nodes) {
            builder.node(node, (view, context) -> Update.of(WORDS.add(node)));
        }
        return builder;
    }

    List<String> words(GraphBuilder<In, Out> builder) {
        return engine.run(builder.build(), new In()).words();
    }

    @Nested
    class StateOfARun {
        @Test
        void stateNeedsNoJavaSerialisation() {
            Opaque given = new Opaque(new Object());
            Graph<OpaqueIn, OpaqueOut> graph = Graph.define("g", 1)
                    .input(OpaqueIn.class)
                    .output(OpaqueOut.class)
                    .channels(OPAQUE, OPAQUES)
                    .node("a", (view, context) -> Update.of(OPAQUES.add(view.get(OPAQUE))))
                    .node("b", (view, context) -> Update.of(OPAQUES.add(view.get(OPAQUE))))
                    .edge(START, "a")
                    .edge("a", "b")
                    .edge("b", END)
                    .build();

            OpaqueOut out = engine.run(graph, new OpaqueIn(given));

            assertEquals(List.of(given, given), out.opaques());
        }

        @Test
        void recordsStayTheSameObjectsAndNeverDecayToMaps() {
            Opaque given = new Opaque("x");
            Graph<OpaqueIn, OpaqueOut> graph = Graph.define("g", 1)
                    .input(OpaqueIn.class)
                    .output(OpaqueOut.class)
                    .channels(OPAQUE, OPAQUES)
                    .node("each", (view, context) -> Update.of(OPAQUES.add(context.input(Opaque.class))))
                    .fanOut(START, v -> List.of(v.get(OPAQUE), v.get(OPAQUE)), "each")
                    .edge("each", END)
                    .build();

            OpaqueOut out = engine.run(graph, new OpaqueIn(given));

            assertSame(given, out.opaque());
            assertSame(given, out.opaques().get(1));
        }

        @Test
        void appendKeepsElementsWhoseHashesCollide() {
            assertEquals("Aa".hashCode(), "BB".hashCode());
            GraphBuilder<In, Out> graph = graph("Aa", "BB", "ok", "ok2")
                    .node("again", (view, context) -> Update.of(WORDS.addAll(List.of("ok", "Aa"))))
                    .edge(START, "Aa")
                    .edge("Aa", "BB")
                    .edge("BB", "ok")
                    .edge("ok", "again")
                    .edge("again", "ok2")
                    .edge("ok2", END);

            assertEquals(List.of("Aa", "BB", "ok", "ok", "Aa", "ok2"), words(graph));
        }
    }

    @Nested
    class Forks {
        @Test
        void forkedBranchesRunInParallelWithoutAnExecutorOfTheirOwn() {
            CyclicBarrier barrier = new CyclicBarrier(3);
            GraphBuilder<In, Out> graph = graph("join");
            for (String node : List.of("a", "b", "c")) {
                graph.node(node, (view, context) -> {
                            barrier.await();
                            return Update.of(WORDS.add(node));
                        })
                        .edge(START, node)
                        .edge(node, "join");
            }

            assertEquals(
                    List.of("a", "b", "c", "join"),
                    words(graph.edge("join", END)).stream().sorted().toList());
        }

        @Test
        void twoNodesOfAForkBothKeepTheirResults() {
            GraphBuilder<In, Out> graph = graph("a", "b", "join")
                    .edge(START, "a")
                    .edge(START, "b")
                    .edge("a", "join")
                    .edge("b", "join")
                    .edge("join", END);

            for (int i = 0; i < 200; i++) {
                assertEquals(List.of("a", "b", "join"), words(graph));
            }
        }

        @Test
        void divergentConditionalForksAreAllTaken() {
            GraphBuilder<In, Out> graph = graph("a", "b", "x", "y")
                    .edge(START, "a")
                    .edge(START, "b")
                    .when("a", Route.on(v -> true).then("x").otherwise("y"))
                    .when("b", Route.on(v -> true).then("y").otherwise("x"))
                    .edge("x", END)
                    .edge("y", END);

            for (int i = 0; i < 200; i++) {
                assertEquals(List.of("a", "b", "x", "y"), words(graph));
            }
        }

        @Test
        void branchesMayHaveSeveralNodesConditionsAndForksOfTheirOwn() {
            GraphBuilder<In, Out> graph = graph("a1", "a2", "b1", "b2", "b3", "join")
                    .edge(START, "a1")
                    .edge(START, "b1")
                    .when("a1", Route.on(v -> true).then("a2").otherwise("join"))
                    .edge("b1", "b2")
                    .edge("b1", "b3")
                    .edge("a2", "join")
                    .edge("b2", "join")
                    .edge("b3", "join")
                    .edge("join", END);

            assertEquals(List.of("a1", "b1", "a2", "b2", "b3", "join"), words(graph));
        }

        @Test
        void aSubgraphMayLeadToParallelBranches() {
            Graph<In, Out> inner =
                    graph("inner").edge(START, "inner").edge("inner", END).build();
            GraphBuilder<In, Out> graph = graph("a", "b", "join")
                    .subgraph("sub", inner, Mapping.shared())
                    .edge(START, "sub")
                    .edge("sub", "a")
                    .edge("sub", "b")
                    .edge("a", "join")
                    .edge("b", "join")
                    .edge("join", END);

            assertEquals(List.of("inner", "a", "b", "join"), words(graph));
        }
    }

    @Nested
    class FanOuts {
        @Test
        void maxConcurrencyOfOneLosesNoFanOutTask() {
            List<String> done = new ArrayList<>();
            Graph<In, Out> graph = graph().node("each", (view, context) -> {
                        done.add("each" + context.task());
                        return Update.of(WORDS.add("each" + context.task()));
                    })
                    .fanOut(START, v -> IntStream.range(0, 6).boxed().toList(), "each")
                    .edge("each", END)
                    .build();
            List<String> six = IntStream.range(0, 6).mapToObj(i -> "each" + i).toList();
            try (Engine narrow = Engine.builder().maxConcurrency(1).build()) {
                assertEquals(six, narrow.run(graph, new In()).words());
                assertEquals(six, done);
            }
        }

        @Test
        void theNumberOfBranchesIsDecidedWhenTheGraphRuns() {
            GraphBuilder<In, Out> graph = graph("a", "join")
                    .node("each", (view, context) -> Update.of(WORDS.add(context.input(String.class) + "!")))
                    .edge(START, "a")
                    .fanOut("a", v -> List.of(v.get(WORDS).get(0), "b", "c"), "each")
                    .edge("each", "join")
                    .edge("join", END);

            assertEquals(List.of("a", "a!", "b!", "c!", "join"), words(graph));
        }
    }

    /** What other engines get wrong when runs are kept. */
    @Nested
    class KeptRuns {
        private final InMemoryCheckpointStore store = InMemoryCheckpointStore.create();
        private final Engine kept = Engine.builder().store(store).build();
        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicBoolean broken = new AtomicBoolean(true);

        @AfterEach
        void closeStore() {
            kept.close();
            store.close();
        }

        private RunOptions thread() {
            return RunOptions.builder().thread("t").durability(Durability.SYNC).build();
        }

        private List<String> entries(String thread) {
            return store.read(new ThreadKey(Caller.LOCAL.tenant(), thread), 0, 10_000).stream()
                    .map(entry -> new String(entry.body(), StandardCharsets.UTF_8))
                    .toList();
        }

        private Graph<In, Out> asking() {
            return graph("before", "after")
                    .node("ask", (view, context) -> {
                        String noted = context.step("noted", String.class, () -> "noted " + runs.incrementAndGet());
                        String one = context.interrupt("one", "1?", String.class);
                        String two = context.interrupt("two", "2?", String.class);
                        return Update.of(WORDS.add(noted + " " + one + " " + two));
                    })
                    .edge(START, "before")
                    .edge("before", "ask")
                    .edge("ask", "after")
                    .edge("after", END)
                    .build();
        }

        @Test
        void aFailedForkKeepsItsFinishedSiblings() {
            CountDownLatch done = new CountDownLatch(1);
            Graph<In, Out> graph = graph().node(
                            "good", (view, context) -> Update.of(WORDS.add("good " + runs.incrementAndGet())))
                    .node("bad", (view, context) -> {
                        done.await();
                        if (broken.get()) {
                            throw new IllegalStateException("broken");
                        }
                        return Update.of(WORDS.add("bad"));
                    })
                    .edge(START, "good")
                    .edge(START, "bad")
                    .edge("good", END)
                    .edge("bad", END)
                    .build();
            RunOptions options = thread().toBuilder()
                    .listener(event -> {
                        if (event instanceof RunEvent.NodeFinished) {
                            done.countDown();
                        }
                    })
                    .build();
            assertThrows(NodeException.class, () -> kept.run(graph, new In(), options));
            broken.set(false);

            assertEquals(
                    List.of("good 1", "bad"),
                    kept.resume(graph, "t", Resume.goOn()).await().words());
        }

        @Test
        void resumedTwiceAtOnceASideEffectHappensOnce() throws Exception {
            Graph<In, Out> graph = graph().node("mail", (view, context) -> {
                        context.interrupt("send", "Send?", String.class);
                        return Update.of(WORDS.add(
                                context.effect("mail", String.class, key -> "mail " + runs.incrementAndGet())));
                    })
                    .edge(START, "mail")
                    .edge("mail", END)
                    .build();
            kept.start(graph, new In(), thread()).outcome();
            ExecutorService resumers = Executors.newFixedThreadPool(2);
            try {
                List<Callable<Object>> both = Collections.nCopies(2, () -> {
                    try {
                        return kept.resume(graph, "t", Resume.answer("mail:1:0?send", "yes"))
                                .await()
                                .words();
                    } catch (StudioException e) {
                        return e.code();
                    }
                });
                List<Object> ends = new ArrayList<>();
                for (Future<Object> end : resumers.invokeAll(both)) {
                    ends.add(end.get());
                }

                assertEquals(1, ends.stream().filter(List.of("mail 1")::equals).count(), ends.toString());
                assertEquals(1, runs.get());
            } finally {
                resumers.shutdown();
            }
        }

        @Test
        void resumingAFinishedThreadIsSaid() {
            Graph<In, Out> graph = graph("a").edge(START, "a").edge("a", END).build();
            kept.run(graph, new In(), thread());

            StudioException refused = assertThrows(StudioException.class, () -> kept.resume(graph, "t", Resume.goOn()));

            assertTrue(refused.what().contains("has finished"), refused.what());
        }

        @Test
        void whatAStepStoresDoesNotGrowWithTheNumberOfSteps() {
            Graph<In, Out> graph = graph("again")
                    .edge(START, "again")
                    .when(
                            "again",
                            Route.on(v -> v.get(WORDS).size() < 400)
                                    .then("again")
                                    .otherwise(END))
                    .maxSteps(400)
                    .build();

            kept.run(graph, new In(), thread());

            List<String> entries = entries("t");
            int early = entries.get(10).length();
            int late = entries.get(390).length();
            assertTrue(late <= early + 8, early + " and then " + late + " characters");
        }

        @Test
        void anInterruptRepeatsNoWorkThatWasNoted() {
            Graph<In, Out> graph = asking();
            kept.start(graph, new In(), thread()).outcome();
            kept.resume(graph, "t", Resume.answer("ask:2:0?one", "1")).outcome();

            List<String> words = kept.resume(graph, "t", Resume.answer("ask:2:0?two", "2"))
                    .await()
                    .words();

            assertEquals(List.of("before", "noted 1 1 2", "after"), words);
            assertEquals(1, runs.get());
        }

        @Test
        void twoInterruptsOfOneNodeAreToldApart() {
            Graph<In, Out> graph = asking();
            kept.start(graph, new In(), thread()).outcome();

            StudioException early = assertThrows(
                    StudioException.class, () -> kept.resume(graph, "t", Resume.answer("ask:2:0?two", "2")));
            RunOutcome<Out> next =
                    kept.resume(graph, "t", Resume.answer("ask:2:0?one", "1")).outcome();

            assertTrue(early.mend().contains("ask:2:0?one"), early.mend());
            assertEquals(
                    "ask:2:0?two",
                    ((RunOutcome.Interrupted<Out>) next).interrupts().get(0).id());
        }

        @Test
        void parallelInterruptsHaveIdsOfTheirOwn() {
            Graph<In, Out> graph = graph().node("each", (view, context) -> {
                        context.interrupt("same", "Same?", String.class);
                        return Update.none();
                    })
                    .fanOut(START, v -> IntStream.range(0, 20).boxed().toList(), "each")
                    .edge("each", END)
                    .build();

            RunOutcome<Out> outcome = kept.start(graph, new In(), thread()).outcome();

            assertEquals(
                    20,
                    ((RunOutcome.Interrupted<Out>) outcome)
                            .interrupts().stream().map(Interrupt::id).distinct().count());
        }

        @Test
        void aCancelledRunDeletesNothingOfANewerRun() throws Exception {
            CountDownLatch inNode = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Graph<In, Out> graph = graph("last")
                    .node("slow", (view, context) -> {
                        if (runs.incrementAndGet() == 1) {
                            inNode.countDown();
                            goOn.await();
                        }
                        return Update.of(WORDS.add("slow"));
                    })
                    .edge(START, "slow")
                    .edge("slow", "last")
                    .edge("last", END)
                    .build();
            Run<Out> older = kept.start(graph, new In(), thread());
            inNode.await();
            kept.resume(graph, "t", Resume.goOn().takeOver()).await();
            List<String> before = entries("t");

            older.cancel();
            goOn.countDown();
            assertThrows(StudioException.class, older::await);

            assertEquals(before, entries("t"));
            assertEquals(
                    ThreadStatus.FINISHED,
                    kept.threads(Caller.LOCAL).find("t").orElseThrow().status());
        }

        @Test
        void noClassIsRevivedThatStoredTextNames() {
            Graph<In, Out> graph = graph().node(
                            "ask", (view, context) -> Update.of(WORDS.add(context.interrupt("q", "?", String.class))))
                    .edge(START, "ask")
                    .edge("ask", END)
                    .build();
            kept.start(graph, new In(), thread()).outcome();
            String planted = "{\"@class\":\"java.net.URL\",\"java.net.URL\":\"http://localhost/\"}";

            List<String> words = kept.resume(graph, "t", Resume.answer("ask:1:0?q", planted))
                    .await()
                    .words();

            assertEquals(List.of(planted), words);
            assertEquals(
                    List.of(planted),
                    kept.threads(Caller.LOCAL).state(graph, "t").state().get(WORDS));
        }

        @Test
        void compactionNeverCutsWhatIsNeededToGoOn() {
            Graph<In, Out> graph = graph("again")
                    .node("ask", (view, context) -> Update.of(WORDS.add(context.interrupt("q", "?", String.class))))
                    .edge(START, "again")
                    .when(
                            "again",
                            Route.on(v -> v.get(WORDS).size() < 50)
                                    .then("again")
                                    .otherwise("ask"))
                    .edge("ask", END)
                    .maxSteps(60)
                    .build();
            kept.start(graph, new In(), thread()).outcome();
            for (int keep = 5; keep > 0; keep--) {
                kept.threads(Caller.LOCAL).compact(graph, "t", keep);
            }

            List<String> words = kept.resume(graph, "t", Resume.answer("ask:51:0?q", "yes"))
                    .await()
                    .words();

            assertEquals(51, words.size());
            assertTrue(entries("t").size() < 10, entries("t").size() + " entries");
        }

        @Test
        void whatWasStampedIsTheSameAfterEachReplay() {
            Graph<In, Out> graph = graph().node(
                            "stamp",
                            (view, context) -> Update.of(WORDS.addAll(List.of(
                                    UUID.randomUUID().toString(),
                                    UUID.randomUUID().toString()))))
                    .node("ask", (view, context) -> Update.of(WORDS.add(context.interrupt("q", "?", String.class))))
                    .edge(START, "stamp")
                    .edge("stamp", "ask")
                    .edge("ask", END)
                    .build();
            kept.start(graph, new In(), thread()).outcome();
            Threads threads = kept.threads(Caller.LOCAL);

            List<String> once = threads.state(graph, "t").state().get(WORDS);
            List<String> twice = threads.state(graph, "t").state().get(WORDS);
            List<String> words = kept.resume(graph, "t", Resume.answer("ask:2:0?q", "yes"))
                    .await()
                    .words();

            assertEquals(2, once.size());
            assertEquals(once, twice);
            assertEquals(once, words.subList(0, 2));
        }

        @Test
        void recordsStayRecordsAfterAReloadWithoutJavaSerialisation() {
            LastChannel<Person> person = Channel.last("person", Person.class);
            AppendChannel<Person> people = Channel.append("people", Person.class);
            Graph<PersonIn, People> graph = Graph.define("g", 1)
                    .input(PersonIn.class)
                    .output(People.class)
                    .channels(person, people)
                    .node("keep", (view, context) -> Update.of(people.add(view.get(person))))
                    .node("ask", (view, context) -> {
                        Person answer = context.interrupt("who", view.get(person), Person.class);
                        return Update.of(people.add(answer));
                    })
                    .edge(START, "keep")
                    .edge("keep", "ask")
                    .edge("ask", END)
                    .build();
            Person ada = new Person("Ada", new Address("London", Optional.of("W1")));
            Person alan = new Person("Alan", new Address("Wilmslow", Optional.empty()));
            kept.start(graph, new PersonIn(ada), thread()).outcome();

            assertEquals(
                    Optional.of(ada),
                    kept.threads(Caller.LOCAL)
                            .state(graph, "t")
                            .interrupts()
                            .get(0)
                            .question());
            assertEquals(
                    List.of(ada, alan),
                    kept.resume(graph, "t", Resume.answer("ask:2:0?who", alan))
                            .await()
                            .people());
        }
    }
}
