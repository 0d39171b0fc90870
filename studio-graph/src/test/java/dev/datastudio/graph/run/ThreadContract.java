package dev.datastudio.graph.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphBuilder;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.Uncertain;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs with a thread promise, on any store. */
abstract class ThreadContract {
    record In(String question) {}

    record Out(List<String> log, Integer total) {}

    record Draft(String text, int version) {}

    static final LastChannel<String> QUESTION = Channel.last("question", String.class);
    static final AppendChannel<String> LOG = Channel.append("log", String.class);
    static final ReduceChannel<Integer> TOTAL = Channel.reduce("total", Integer.class, 0, Integer::sum);
    static final LastChannel<Draft> DRAFT = Channel.last("draft", Draft.class);

    CheckpointStore store;
    Engine engine;

    /** A store without threads. */
    abstract CheckpointStore open() throws Exception;

    @BeforeEach
    void openEngine() throws Exception {
        store = open();
        engine = Engine.builder().store(store).build();
    }

    @AfterEach
    void closeEngine() {
        engine.close();
        store.close();
    }

    static GraphBuilder<In, Out> define(int version) {
        return Graph.define("g", version).input(In.class).output(Out.class).channels(QUESTION, LOG, TOTAL, DRAFT);
    }

    static NodeFunction log(String text) {
        return (view, context) -> Update.of(LOG.add(text), TOTAL.add(1));
    }

    static RunOptions thread(String name) {
        return RunOptions.builder().thread(name).durability(Durability.SYNC).build();
    }

    ThreadStatus status(String thread) {
        return engine.threads(Caller.LOCAL).find(thread).orElseThrow().status();
    }

    static Graph<In, Out> line(NodeFunction second) {
        return define(1)
                .node("first", log("first"))
                .node("second", second)
                .node("third", log("third"))
                .edge(Graph.START, "first")
                .edge("first", "second")
                .edge("second", "third")
                .edge("third", Graph.END)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFinishedRunLeavesItsStateInTheThread(Durability durability) {
        Graph<In, Out> graph = line(log("second"));
        RunOptions options =
                RunOptions.builder().thread("t").durability(durability).build();

        Out out = engine.run(graph, new In("why"), options);

        assertEquals(List.of("first", "second", "third"), out.log());
        assertEquals(ThreadStatus.FINISHED, status("t"));
        ThreadSnapshot state = engine.threads(Caller.LOCAL).state(graph, "t");
        assertEquals("why", state.state().get(QUESTION));
        assertEquals(3, state.state().get(TOTAL));
        assertEquals(List.of(), state.checkpoint().next());
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void aFailedRunGoesOnAtTheNodeThatFailed(Durability durability) {
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger firstRuns = new AtomicInteger();
        Graph<In, Out> graph = define(1)
                .node("first", (view, context) -> {
                    firstRuns.incrementAndGet();
                    return Update.of(LOG.add("first"));
                })
                .node("second", (view, context) -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no network");
                    }
                    return Update.of(LOG.add("second " + view.get(QUESTION)));
                })
                .edge(Graph.START, "first")
                .edge("first", "second")
                .edge("second", Graph.END)
                .build();
        RunOptions options =
                RunOptions.builder().thread("t").durability(durability).build();
        assertThrows(NodeException.class, () -> engine.run(graph, new In("q"), options));
        assertEquals(ThreadStatus.FAILED, status("t"));

        broken.set(false);
        Out out = engine.resume(graph, "t", Resume.goOn(), options).await();

        assertEquals(List.of("first", "second q"), out.log());
        assertEquals(1, firstRuns.get());
        assertEquals(ThreadStatus.FINISHED, status("t"));
    }

    @Test
    void aFailedForkKeepsItsFinishedSiblings() {
        AtomicInteger good = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean(true);
        CountDownLatch goodDone = new CountDownLatch(1);
        Graph<In, Out> graph = define(1)
                .node("begin", log("begin"))
                .node("good", (view, context) -> {
                    good.incrementAndGet();
                    return Update.of(LOG.add("good"));
                })
                .node("bad", (view, context) -> {
                    goodDone.await();
                    if (broken.get()) {
                        throw new IllegalStateException("broken");
                    }
                    return Update.of(LOG.add("bad"));
                })
                .node("join", log("join"))
                .edge(Graph.START, "begin")
                .edge("begin", "good")
                .edge("begin", "bad")
                .edge("good", "join")
                .edge("bad", "join")
                .edge("join", Graph.END)
                .build();
        RunOptions options = thread("t").toBuilder()
                .listener(event -> {
                    if (event instanceof RunEvent.NodeFinished finished
                            && finished.node().equals("good")) {
                        goodDone.countDown();
                    }
                })
                .build();
        assertThrows(NodeException.class, () -> engine.run(graph, new In("q"), options));

        broken.set(false);
        Out out = engine.resume(graph, "t", Resume.goOn(), options).await();

        assertEquals(List.of("begin", "good", "bad", "join"), out.log());
        assertEquals(1, good.get());
    }

    @Test
    void aThreadIsStartedOnce() {
        Graph<In, Out> graph = line(log("second"));
        engine.run(graph, new In("q"), thread("t"));

        StudioException refused =
                assertThrows(StudioException.class, () -> engine.run(graph, new In("q"), thread("t")));

        assertEquals(ErrorCode.THREAD_EXISTS, refused.code());
    }

    @Test
    void aFinishedThreadIsNotResumedButTakesNewInput() {
        Graph<In, Out> graph = line(log("second"));
        engine.run(graph, new In("one"), thread("t"));

        StudioException refused = assertThrows(StudioException.class, () -> engine.resume(graph, "t", Resume.goOn()));
        Out out = engine.next(graph, new In("two"), thread("t")).await();

        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertEquals(List.of("first", "second", "third", "first", "second", "third"), out.log());
        assertEquals(
                "two", engine.threads(Caller.LOCAL).state(graph, "t").state().get(QUESTION));
    }

    @Test
    void anUnknownThreadIsNamed() {
        StudioException refused =
                assertThrows(StudioException.class, () -> engine.resume(line(log("second")), "nobody", Resume.goOn()));

        assertEquals(ErrorCode.THREAD_NOT_FOUND, refused.code());
        assertTrue(refused.getMessage().contains("'nobody'"), refused.getMessage());
    }

    @Test
    void anotherTenantDoesNotSeeTheThread() {
        Graph<In, Out> graph = line(log("second"));
        engine.run(graph, new In("q"), thread("t"));
        Caller other = new Caller("other", "other");

        assertEquals(Optional.empty(), engine.threads(other).find("t"));
        assertThrows(
                StudioException.class,
                () -> engine.resume(
                        graph,
                        "t",
                        Resume.goOn(),
                        RunOptions.builder().caller(other).build()));
    }

    @Nested
    class Interrupts {
        private final AtomicInteger drafts = new AtomicInteger();

        private final Graph<In, Out> graph = line((view, context) -> {
            String draft = context.step("draft", String.class, () -> "draft " + drafts.incrementAndGet());
            String answer = context.interrupt("approve", new Draft(draft, 1), String.class);
            return Update.of(LOG.add(draft + " " + answer));
        });

        @ParameterizedTest
        @EnumSource(Durability.class)
        void aNodeWaitsForAnAnswerAndRepeatsNothingBeforeIt(Durability durability) {
            RunOptions options =
                    RunOptions.builder().thread("t").durability(durability).build();

            RunOutcome<Out> stopped = engine.start(graph, new In("q"), options).outcome();
            Interrupt interrupt = assertInstanceOf(RunOutcome.Interrupted.class, stopped)
                                    .interrupts()
                                    .get(0)
                            instanceof Interrupt found
                    ? found
                    : null;
            assertEquals(ThreadStatus.INTERRUPTED, status("t"));
            assertEquals(Interrupt.Kind.QUESTION, interrupt.kind());
            assertEquals("second", interrupt.node());
            assertEquals(Optional.of(new Draft("draft 1", 1)), interrupt.question());
            Out out = engine.resume(graph, "t", Resume.answer(interrupt.id(), "yes"), options)
                    .await();

            assertEquals(List.of("first", "draft 1 yes", "third"), out.log());
            assertEquals(1, drafts.get());
        }

        @Test
        void theQuestionCanBeReadFromTheThread() {
            engine.start(graph, new In("q"), thread("t")).outcome();

            List<Interrupt> open =
                    engine.threads(Caller.LOCAL).state(graph, "t").interrupts();

            assertEquals(1, open.size());
            assertEquals(Optional.of(new Draft("draft 1", 1)), open.get(0).question());
        }

        @Test
        void anAnswerThatNobodyWaitsForIsRefusedAndTheThreadStaysAsItWas() {
            engine.start(graph, new In("q"), thread("t")).outcome();

            StudioException refused = assertThrows(
                    StudioException.class, () -> engine.resume(graph, "t", Resume.answer("second:2:0?other", "x")));

            assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
            assertTrue(refused.mend().contains("second:2:0?approve"), refused.mend());
            assertEquals(ThreadStatus.INTERRUPTED, status("t"));
        }

        @Test
        void awaitSaysWhatItWaitsFor() {
            Run<Out> run = engine.start(graph, new In("q"), thread("t"));

            RunInterruptedException waits = assertThrows(RunInterruptedException.class, run::await);

            assertEquals("approve", waits.interrupts().get(0).key());
            assertTrue(waits.getMessage().contains("'t'"), waits.getMessage());
        }

        @Test
        void twoQuestionsOfOneNodeAreAnsweredOneAfterTheOtherWithoutRepeatingTheStepsBetween() {
            AtomicInteger between = new AtomicInteger();
            Graph<In, Out> two = line((view, context) -> {
                String first = context.interrupt("one", "1?", String.class);
                String middle = context.step("between", String.class, () -> first + between.incrementAndGet());
                String second = context.interrupt("two", "2?", String.class);
                return Update.of(LOG.add(middle + second));
            });
            engine.start(two, new In("q"), thread("t")).outcome();

            RunOutcome<Out> again = engine.resume(two, "t", Resume.answer("second:2:0?one", "a"))
                    .outcome();
            assertInstanceOf(RunOutcome.Interrupted.class, again);
            Out out = engine.resume(two, "t", Resume.answer("second:2:0?two", "b"))
                    .await();

            assertEquals("a1b", out.log().get(1));
            assertEquals(1, between.get());
        }

        @Test
        void parallelTasksHaveInterruptsOfTheirOwnAndThoseNotAnsweredAreNotRunAgain() {
            AtomicInteger runs = new AtomicInteger();
            Graph<In, Out> parallel = define(1)
                    .node("begin", log("begin"))
                    .node("ask", (view, context) -> {
                        runs.incrementAndGet();
                        int item = context.input(Integer.class);
                        return Update.of(LOG.add(context.interrupt("item", item, String.class)));
                    })
                    .node("end", log("end"))
                    .edge(Graph.START, "begin")
                    .fanOut("begin", view -> List.of(0, 1, 2), "ask")
                    .edge("ask", "end")
                    .edge("end", Graph.END)
                    .build();
            RunOutcome<Out> stopped =
                    engine.start(parallel, new In("q"), thread("t")).outcome();
            assertEquals(3, ((RunOutcome.Interrupted<Out>) stopped).interrupts().size());

            RunOutcome<Out> again = engine.resume(parallel, "t", Resume.answer("ask:2:1?item", "b"))
                    .outcome();
            assertEquals(2, ((RunOutcome.Interrupted<Out>) again).interrupts().size());
            assertEquals(4, runs.get());
            Out out = engine.resume(
                            parallel, "t", Resume.answer("ask:2:2?item", "c").and("ask:2:0?item", "a"))
                    .await();

            assertEquals(List.of("begin", "a", "b", "c", "end"), out.log());
            assertEquals(6, runs.get());
        }

        @Test
        void aNodeCanBeLookedAtBeforeAndAfterItRuns() {
            Graph<In, Out> guarded = define(1)
                    .node("first", log("first"), n -> n.interruptAfter())
                    .node("second", log("second"), n -> n.interruptBefore())
                    .edge(Graph.START, "first")
                    .edge("first", "second")
                    .edge("second", Graph.END)
                    .build();

            RunOutcome<Out> after =
                    engine.start(guarded, new In("q"), thread("t")).outcome();
            assertEquals(
                    Interrupt.Kind.AFTER,
                    ((RunOutcome.Interrupted<Out>) after).interrupts().get(0).kind());
            RunOutcome<Out> before = engine.resume(guarded, "t", Resume.goOn()).outcome();
            assertEquals(
                    Interrupt.Kind.BEFORE,
                    ((RunOutcome.Interrupted<Out>) before).interrupts().get(0).kind());
            Out out = engine.resume(guarded, "t", Resume.goOn()).await();

            assertEquals(List.of("first", "second"), out.log());
        }

        @Test
        void aGraphThatStopsNeedsAThread() {
            Graph<In, Out> guarded = define(1)
                    .node("first", log("first"), n -> n.interruptBefore())
                    .edge(Graph.START, "first")
                    .edge("first", Graph.END)
                    .build();

            assertThrows(IllegalArgumentException.class, () -> engine.run(guarded, new In("q")));
            NodeException refused = assertThrows(NodeException.class, () -> engine.run(graph, new In("q")));
            assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        }
    }

    @Nested
    class Effects {
        private final List<String> performed = Collections.synchronizedList(new ArrayList<>());
        private final AtomicBoolean broken = new AtomicBoolean();

        private final Graph<In, Out> graph = line((view, context) -> {
            String receipt = context.effect("mail", String.class, key -> {
                performed.add(key);
                return "receipt";
            });
            if (broken.get()) {
                throw new IllegalStateException("after the effect");
            }
            return Update.of(LOG.add(receipt));
        });

        @ParameterizedTest
        @EnumSource(Durability.class)
        void anEffectOfANodeThatFailedLaterIsNotRepeated(Durability durability) {
            RunOptions options =
                    RunOptions.builder().thread("t").durability(durability).build();
            broken.set(true);
            assertThrows(NodeException.class, () -> engine.run(graph, new In("q"), options));

            broken.set(false);
            Out out = engine.resume(graph, "t", Resume.goOn(), options).await();

            assertEquals("receipt", out.log().get(1));
            assertEquals(List.of("local/t/mail"), performed);
        }

        @Test
        void twoResumersAtOncePerformTheEffectOnce() throws Exception {
            AtomicInteger mails = new AtomicInteger();
            Graph<In, Out> asking = line((view, context) -> {
                context.interrupt("send", "Send?", Boolean.class);
                int sent = context.effect("mail", Integer.class, key -> mails.incrementAndGet());
                return Update.of(TOTAL.add(sent));
            });
            engine.start(asking, new In("q"), thread("t")).outcome();
            CyclicBarrier together = new CyclicBarrier(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try (Engine other = Engine.builder().store(store).build()) {
                List<Future<Object>> results = new ArrayList<>();
                for (Engine each : List.of(engine, other)) {
                    results.add(threads.submit(() -> {
                        together.await();
                        try {
                            return each.resume(asking, "t", Resume.answer("second:2:0?send", true))
                                    .await();
                        } catch (StudioException e) {
                            return e.code();
                        }
                    }));
                }
                List<Object> ended =
                        List.of(results.get(0).get(), results.get(1).get());

                assertEquals(1, ended.stream().filter(Out.class::isInstance).count(), ended.toString());
                assertEquals(1, mails.get());
            } finally {
                threads.shutdown();
            }
        }

        @Test
        void anEffectThatFailedByItselfIsTriedAgain() {
            AtomicInteger tries = new AtomicInteger();
            Graph<In, Out> flaky =
                    line((view, context) -> Update.of(LOG.add(context.effect("mail", String.class, key -> {
                        if (tries.incrementAndGet() == 1) {
                            throw new IllegalStateException("refused");
                        }
                        return "sent";
                    }))));
            assertThrows(NodeException.class, () -> engine.run(flaky, new In("q"), thread("t")));

            Out out = engine.resume(flaky, "t", Resume.goOn()).await();

            assertEquals("sent", out.log().get(1));
        }

        @Test
        void anEffectThatWasCutOffIsAskedAbout() {
            AtomicInteger tries = new AtomicInteger();
            Graph<In, Out> cut = line((view, context) -> Update.of(LOG.add(context.effect("mail", String.class, key -> {
                if (tries.incrementAndGet() == 1) {
                    throw new InterruptedException("cut off");
                }
                return "sent again";
            }))));
            assertThrows(NodeException.class, () -> engine.run(cut, new In("q"), thread("t")));
            assertTrue(Thread.interrupted());

            RunOutcome<Out> asked = engine.resume(cut, "t", Resume.goOn()).outcome();
            Interrupt interrupt =
                    ((RunOutcome.Interrupted<Out>) asked).interrupts().get(0);
            assertEquals(Interrupt.Kind.EFFECT, interrupt.kind());
            assertEquals(1, tries.get());
            Out out = engine.resume(cut, "t", Resume.answer(interrupt.id(), "it was sent"))
                    .await();

            assertEquals("it was sent", out.log().get(1));
            assertEquals(1, tries.get());
        }

        @Test
        void anEffectThatWasCutOffIsPerformedAgainWhenSomeoneSaysSo() {
            AtomicInteger tries = new AtomicInteger();
            Graph<In, Out> cut = line((view, context) -> Update.of(LOG.add(context.effect("mail", String.class, key -> {
                if (tries.incrementAndGet() == 1) {
                    throw new InterruptedException("cut off");
                }
                return "sent again";
            }))));
            assertThrows(NodeException.class, () -> engine.run(cut, new In("q"), thread("t")));
            assertTrue(Thread.interrupted());
            RunOutcome<Out> asked = engine.resume(cut, "t", Resume.goOn()).outcome();
            String id =
                    ((RunOutcome.Interrupted<Out>) asked).interrupts().get(0).id();

            Out out = engine.resume(cut, "t", Resume.performAgain(id)).await();

            assertEquals("sent again", out.log().get(1));
            assertEquals(2, tries.get());
        }

        @Test
        void anUncertainEffectFailsOrIsRepeatedWhereTheNodeSaysSo() {
            for (Uncertain policy : List.of(Uncertain.FAIL, Uncertain.RETRY)) {
                AtomicInteger tries = new AtomicInteger();
                Graph<In, Out> cut =
                        line((view, context) -> Update.of(LOG.add(context.effect("mail", String.class, policy, key -> {
                            if (tries.incrementAndGet() == 1) {
                                throw new InterruptedException("cut off");
                            }
                            return key;
                        }))));
                String thread = "t-" + policy;
                assertThrows(NodeException.class, () -> engine.run(cut, new In("q"), thread(thread)));
                assertTrue(Thread.interrupted());

                if (policy == Uncertain.RETRY) {
                    Out out = engine.resume(cut, thread, Resume.goOn()).await();
                    assertEquals("local/t-RETRY/mail", out.log().get(1));
                } else {
                    NodeException failed = assertThrows(
                            NodeException.class,
                            () -> engine.resume(cut, thread, Resume.goOn()).await());
                    assertEquals(ErrorCode.EFFECT_UNCERTAIN, failed.code());
                }
            }
        }
    }

    @Nested
    class TimeTravel {
        private final Graph<In, Out> graph = line(log("second"));

        @Test
        void everyCheckpointCanBeReadAndForkedFrom() {
            engine.run(graph, new In("q"), thread("t"));
            Threads threads = engine.threads(Caller.LOCAL);

            List<Checkpoint> history = threads.history(graph, "t");
            assertEquals(
                    List.of(0, 1, 2, 3),
                    history.stream().map(Checkpoint::step).distinct().toList());
            for (Checkpoint checkpoint : history) {
                ThreadSnapshot state = threads.state(graph, "t", checkpoint.sequence());
                assertEquals(checkpoint.step(), state.state().get(TOTAL));
                assertEquals(checkpoint, state.checkpoint());
            }
            Checkpoint second = history.stream()
                    .filter(checkpoint -> checkpoint.step() == 1)
                    .findFirst()
                    .orElseThrow();
            threads.fork(graph, "t", second.sequence(), "fork", Update.of(LOG.add("edited")));
            assertEquals(ThreadStatus.READY, status("fork"));
            Out out = engine.resume(graph, "fork", Resume.goOn()).await();

            assertEquals(List.of("first", "edited", "second", "third"), out.log());
            assertEquals(
                    4,
                    threads.history(graph, "t").stream()
                            .map(Checkpoint::step)
                            .distinct()
                            .count());
        }

        @Test
        void aStoppedThreadIsEditedAndGoesOn() {
            Graph<In, Out> asking = line((view, context) ->
                    Update.of(LOG.add(context.interrupt("q", "?", String.class) + view.get(QUESTION))));
            engine.start(asking, new In("q"), thread("t")).outcome();

            engine.threads(Caller.LOCAL).edit(asking, "t", Update.of(QUESTION.set("edited")));
            assertEquals(ThreadStatus.INTERRUPTED, status("t"));
            Out out = engine.resume(asking, "t", Resume.answer("second:2:0?q", "a "))
                    .await();

            assertEquals("a edited", out.log().get(1));
        }

        @Test
        void aStoppedThreadGoesOnAfterTheNodeThatAnEditStandsFor() {
            Graph<In, Out> asking =
                    line((view, context) -> Update.of(LOG.add(context.interrupt("q", "?", String.class))));
            engine.start(asking, new In("q"), thread("t")).outcome();

            engine.threads(Caller.LOCAL).editAs(asking, "t", "second", Update.of(LOG.add("by hand")));
            Out out = engine.resume(asking, "t", Resume.goOn()).await();

            assertEquals(List.of("first", "by hand", "third"), out.log());
        }

        @Test
        void anUnknownCheckpointNodeOrThreadIsNamed() {
            engine.run(graph, new In("q"), thread("t"));
            Threads threads = engine.threads(Caller.LOCAL);

            StudioException checkpoint = assertThrows(StudioException.class, () -> threads.state(graph, "t", 999));
            StudioException node =
                    assertThrows(StudioException.class, () -> threads.editAs(graph, "t", "nobody", Update.none()));
            StudioException taken = assertThrows(
                    StudioException.class,
                    () -> threads.fork(
                            graph, "t", threads.history(graph, "t").get(0).sequence(), "t", Update.none()));

            assertEquals(ErrorCode.INVALID_ARGUMENT, checkpoint.code());
            assertTrue(node.getMessage().contains("nobody"), node.getMessage());
            assertEquals(ErrorCode.THREAD_EXISTS, taken.code());
        }

        @Test
        void compactionDropsOldCheckpointsAndTheThreadGoesOn() {
            Graph<In, Out> loop = define(1)
                    .node("step", (view, context) -> Update.of(LOG.add("x"), TOTAL.add(1)))
                    .node("ask", (view, context) -> {
                        context.interrupt("q", "?", String.class);
                        return Update.none();
                    })
                    .edge(Graph.START, "step")
                    .when(
                            "step",
                            Route.on(view -> view.get(TOTAL) < 50).then("step").otherwise("ask"))
                    .edge("ask", Graph.END)
                    .build();
            engine.start(loop, new In("q"), thread("t")).outcome();
            Threads threads = engine.threads(Caller.LOCAL);
            int before = threads.history(loop, "t").size();

            threads.compact(loop, "t", 2);
            long dropped = threads.compact(loop, "t", 1);

            assertTrue(dropped > 40, "dropped " + dropped);
            assertTrue(threads.history(loop, "t").size() < before);
            Out out = engine.resume(loop, "t", Resume.answer("ask:51:0?q", "a")).await();
            assertEquals(50, out.log().size());
        }

        @Test
        void aDeletedThreadIsGone() {
            engine.run(graph, new In("q"), thread("t"));

            assertTrue(engine.threads(Caller.LOCAL).delete("t"));

            assertFalse(engine.threads(Caller.LOCAL).delete("t"));
            engine.run(graph, new In("q"), thread("t"));
        }
    }

    @Test
    void finishedThreadsThatNobodyUsedForLongAreDropped() {
        Graph<In, Out> asking = line((view, context) -> Update.of(LOG.add(context.interrupt("q", "?", String.class))));
        engine.run(line(log("second")), new In("q"), thread("old"));
        engine.start(asking, new In("q"), thread("waiting")).outcome();
        Threads threads = engine.threads(Caller.LOCAL);

        assertEquals(0, threads.deleteFinished(Instant.EPOCH));
        assertEquals(1, threads.deleteFinished(Instant.now().plusSeconds(60)));

        assertEquals(Optional.empty(), threads.find("old"));
        assertEquals(ThreadStatus.INTERRUPTED, status("waiting"));
    }

    @Nested
    class Input {
        @Test
        void anInputToARunningThreadIsAppliedAtTheEndOfItsStep() throws Exception {
            CountDownLatch inNode = new CountDownLatch(1);
            CountDownLatch sent = new CountDownLatch(1);
            Graph<In, Out> graph = line((view, context) -> {
                inNode.countDown();
                sent.await();
                return Update.of(LOG.add("second"));
            });
            Run<Out> run = engine.start(graph, new In("q"), thread("t"));
            inNode.await();

            run.send(Update.of(LOG.add("from outside")));
            sent.countDown();

            assertEquals(
                    List.of("first", "second", "from outside", "third"),
                    run.await().log());
            assertThrows(IllegalStateException.class, () -> run.send(Update.none()));
        }

        @Test
        void anInputThatWasNotAppliedYetSurvivesTheEndOfTheRun() throws Exception {
            CountDownLatch inNode = new CountDownLatch(1);
            CountDownLatch sent = new CountDownLatch(1);
            AtomicBoolean broken = new AtomicBoolean(true);
            Graph<In, Out> graph = line((view, context) -> {
                inNode.countDown();
                sent.await();
                if (broken.get()) {
                    throw new IllegalStateException("broken");
                }
                return Update.of(LOG.add("second"));
            });
            Run<Out> run = engine.start(graph, new In("q"), thread("t"));
            inNode.await();
            run.send(Update.of(LOG.add("from outside")));
            sent.countDown();
            assertThrows(NodeException.class, run::await);

            broken.set(false);
            Out out = engine.resume(graph, "t", Resume.goOn()).await();

            assertEquals(List.of("first", "second", "from outside", "third"), out.log());
        }
    }

    @Nested
    class Versions {
        private Graph<In, Out> asking(int version, String nodeName) {
            return define(version)
                    .node(nodeName, (view, context) -> Update.of(LOG.add(context.interrupt("q", "?", String.class))))
                    .edge(Graph.START, nodeName)
                    .edge(nodeName, Graph.END)
                    .build();
        }

        @Test
        void anotherVersionWithoutMigrationIsRefused() {
            engine.start(asking(1, "ask"), new In("q"), thread("t")).outcome();

            StudioException refused = assertThrows(
                    StudioException.class, () -> engine.resume(asking(2, "ask"), "t", Resume.answer("ask:1:0?q", "a")));

            assertEquals(ErrorCode.GRAPH_VERSION_MISMATCH, refused.code());
            assertEquals(
                    List.of("a"),
                    engine.resume(asking(1, "ask"), "t", Resume.answer("ask:1:0?q", "a"))
                            .await()
                            .log());
        }

        @Test
        void theSameVersionWithAnotherShapeIsRefused() {
            engine.start(asking(1, "ask"), new In("q"), thread("t")).outcome();

            StudioException refused = assertThrows(
                    StudioException.class,
                    () -> engine.resume(asking(1, "other"), "t", Resume.answer("ask:1:0?q", "a")));

            assertEquals(ErrorCode.GRAPH_VERSION_MISMATCH, refused.code());
        }

        @Test
        void aMigrationChangesStateAndNodes() {
            engine.start(asking(1, "ask"), new In("q"), thread("t")).outcome();
            Graph<In, Out> newer = define(2)
                    .node(
                            "question",
                            (view, context) ->
                                    Update.of(LOG.add(view.get(QUESTION) + context.interrupt("q", "?", String.class))))
                    .edge(Graph.START, "question")
                    .edge("question", Graph.END)
                    .migrate(1, old -> {
                        old.put("question", "migrated " + old.find("question").orElseThrow());
                        old.renameNode("ask", "question");
                    })
                    .build();

            RunOutcome<Out> stopped = engine.resume(newer, "t", Resume.goOn()).outcome();
            String id =
                    ((RunOutcome.Interrupted<Out>) stopped).interrupts().get(0).id();
            Out out = engine.resume(newer, "t", Resume.answer(id, "!")).await();

            assertEquals(List.of("migrated q!"), out.log());
        }
    }

    @Test
    void aTypeThatCannotBeStoredIsRefusedBeforeAnythingIsDone() {
        LastChannel<Thread> channel = Channel.last("worker", Thread.class);
        Graph<In, Out> graph = define(1)
                .channels(channel)
                .node("first", log("first"))
                .edge(Graph.START, "first")
                .edge("first", Graph.END)
                .build();

        StudioException refused =
                assertThrows(StudioException.class, () -> engine.run(graph, new In("q"), thread("t")));

        assertEquals(ErrorCode.TYPE_NOT_STORABLE, refused.code());
        assertTrue(refused.getMessage().contains("'worker'"), refused.getMessage());
        assertEquals(Optional.empty(), engine.threads(Caller.LOCAL).find("t"));
    }

    @Test
    void manyThreadsAtOnceKeepTheirOwnState() {
        Graph<In, Out> graph = line((view, context) -> Update.of(LOG.add(view.get(QUESTION))));

        List<Run<Out>> runs = IntStream.range(0, 200)
                .mapToObj(i -> engine.start(
                        graph,
                        new In("q" + i),
                        RunOptions.builder().thread("t" + i).build()))
                .toList();

        for (int i = 0; i < runs.size(); i++) {
            assertEquals("q" + i, runs.get(i).await().log().get(1));
        }
        assertEquals(
                200,
                engine.threads(Caller.LOCAL)
                        .list(List.of(ThreadStatus.FINISHED), 0, 1_000)
                        .size());
    }
}
