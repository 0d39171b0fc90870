package dev.datastudio.graph.run;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphBuilder;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunId;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineTest {
    record In() {}

    record Out(List<String> words) {}

    static final AppendChannel<String> WORDS = Channel.append("words", String.class);

    final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    static GraphBuilder<In, Out> graph() {
        return Graph.define("g", 1).input(In.class).output(Out.class).channels(WORDS);
    }

    static Graph<In, Out> single(NodeFunction function) {
        return graph().node("a", function).edge(START, "a").edge("a", END).build();
    }

    static Graph<In, Out> fanOut(int tasks, NodeFunction function) {
        return graph().node("each", function)
                .fanOut(START, v -> IntStream.range(0, tasks).boxed().toList(), "each")
                .edge("each", END)
                .build();
    }

    static void meet(CyclicBarrier barrier) throws BrokenBarrierException, InterruptedException {
        barrier.await();
    }

    @Nested
    class Threads {
        @Test
        void stepsOfOneTaskStayOnTheCallingThread() {
            AtomicReference<Thread> thread = new AtomicReference<>();

            engine.run(
                    single((view, context) -> {
                        thread.set(Thread.currentThread());
                        return Update.none();
                    }),
                    new In());

            assertSame(Thread.currentThread(), thread.get());
        }

        @Test
        void parallelTasksRunAtTheSameTimeOnVirtualThreadsWhereThereAreAny() throws Exception {
            CyclicBarrier barrier = new CyclicBarrier(4);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();

            engine.run(
                    fanOut(4, (view, context) -> {
                        threads.add(Thread.currentThread());
                        meet(barrier);
                        return Update.none();
                    }),
                    new In());

            threads.remove(Thread.currentThread());
            assertEquals(3, threads.size());
            for (Thread thread : threads) {
                assertTrue(thread.getName().startsWith("studio-graph-"), thread.getName());
                assertEquals(Runtime.version().feature() >= 21, isVirtual(thread), thread.toString());
                assertTrue(thread.isDaemon());
            }
        }

        private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
            if (Runtime.version().feature() < 21) {
                return false;
            }
            return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
        }

        @Test
        void withAConcurrencyOfOneTheTasksOfAStepComeOneAfterTheOther() {
            AtomicInteger working = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            try (Engine narrow = Engine.builder().maxConcurrency(1).build()) {
                narrow.run(
                        fanOut(200, (view, context) -> {
                            most.accumulateAndGet(working.incrementAndGet(), Math::max);
                            working.decrementAndGet();
                            return Update.none();
                        }),
                        new In());
            }

            assertEquals(1, most.get());
        }

        @Test
        void theLimitOfConcurrencyIsReachedButNotPassed() {
            CyclicBarrier barrier = new CyclicBarrier(3);
            AtomicInteger working = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            try (Engine three = Engine.builder().maxConcurrency(3).build()) {
                three.run(
                        fanOut(30, (view, context) -> {
                            most.accumulateAndGet(working.incrementAndGet(), Math::max);
                            meet(barrier);
                            working.decrementAndGet();
                            return Update.none();
                        }),
                        new In());
            }

            assertEquals(3, most.get());
        }

        @Test
        void runsInsideNodesEndThoughTheExecutorHasOneThreadOnly() {
            ExecutorService one = Executors.newSingleThreadExecutor();
            try (Engine narrow = Engine.builder().executor(one).build()) {
                Graph<In, Out> inner = fanOut(3, (view, context) -> Update.of(WORDS.add("inner" + context.task())));
                Graph<In, Out> outer = fanOut(
                        3,
                        (view, context) -> Update.of(WORDS.addAll(
                                narrow.start(inner, new In()).await().words())));

                Out out = narrow.start(outer, new In()).await();

                assertEquals(9, out.words().size());
            } finally {
                one.shutdown();
            }
        }

        @Test
        void anExecutorThatRefusesLeavesTheTasksToTheDriver() {
            try (Engine alone = Engine.builder()
                    .executor(task -> {
                        throw new RejectedExecutionException("full");
                    })
                    .build()) {
                Graph<In, Out> graph = fanOut(3, (view, context) -> Update.of(WORDS.add("w" + context.task())));

                assertEquals(
                        List.of("w0", "w1", "w2"), alone.run(graph, new In()).words());
                assertThrows(RejectedExecutionException.class, () -> alone.start(graph, new In()));
            }
        }

        @Test
        void aGivenExecutorStaysOpenWhenTheEngineCloses() {
            ExecutorService given = Executors.newSingleThreadExecutor();
            Engine closing = Engine.builder().executor(given).build();

            closing.close();

            assertFalse(given.isShutdown());
            given.shutdown();
        }

        @Test
        void manyRunsAtOnceDoNotMixTheirStates() {
            List<Run<Out>> runs = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                runs.add(engine.start(
                        fanOut(
                                5,
                                (view, context) ->
                                        Update.of(WORDS.add(context.run().value()))),
                        new In()));
            }

            for (Run<Out> run : runs) {
                assertEquals(
                        Collections.nCopies(5, run.id().value()), run.await().words());
                assertTrue(run.isDone());
            }
        }
    }

    @Nested
    class FailuresOfNodes {
        @Test
        void anExceptionNamesNodeGraphAndStepAndIsTheCause() {
            FileNotFoundException cause = new FileNotFoundException("sales.csv");
            Graph<In, Out> graph = graph().node("first", (view, context) -> Update.none())
                    .node("read", (view, context) -> {
                        throw cause;
                    })
                    .edge(START, "first")
                    .edge("first", "read")
                    .edge("read", END)
                    .build();

            NodeException error = assertThrows(NodeException.class, () -> engine.run(graph, new In()));

            assertEquals(ErrorCode.NODE_FAILED, error.code());
            assertEquals(
                    "Node 'read' of graph 'g' failed in super-step 2, 'FileNotFoundException: sales.csv'",
                    error.what());
            assertEquals("read", error.node());
            assertEquals(2, error.step());
            assertSame(cause, error.getCause());
        }

        @Test
        void aStudioExceptionKeepsItsCodeWordsAndMendAndTheLogNamesTheNode() {
            StudioException cause = new StudioException(ErrorCode.UNKNOWN_COLUMN, "Column 'x' is not there", "Use 'y'");
            Graph<In, Out> graph = single((view, context) -> {
                throw cause;
            });

            NodeException error = assertThrows(NodeException.class, () -> engine.run(graph, new In()));

            assertEquals(ErrorCode.UNKNOWN_COLUMN, error.code());
            assertEquals("Column 'x' is not there. Use 'y'.", error.getMessage());
            assertSame(cause, error.getCause());
            assertTrue(error.toString().endsWith("[graph 'g', node 'a', super-step 1]"), error.toString());
        }

        @Test
        void aFailureOfARunInsideANodeNamesTheOuterNodeAndKeepsTheInner() {
            Graph<In, Out> inner = single((view, context) -> {
                throw new IllegalStateException("deep");
            });
            Graph<In, Out> outer = single((view, context) ->
                    Update.of(WORDS.addAll(engine.run(inner, new In()).words())));

            NodeException error = assertThrows(NodeException.class, () -> engine.run(outer, new In()));

            assertEquals("Node 'a' of graph 'g' failed in super-step 1, 'IllegalStateException: deep'", error.what());
            assertTrue(error.getCause() instanceof NodeException innerError
                    && innerError.getCause() instanceof IllegalStateException);
        }

        @Test
        void anErrorOfTheVirtualMachineEndsTheRunToo() {
            Graph<In, Out> graph = fanOut(3, (view, context) -> {
                throw new StackOverflowError();
            });

            NodeException error = assertThrows(NodeException.class, () -> engine.run(graph, new In()));

            assertTrue(error.getCause() instanceof StackOverflowError);
        }

        @Test
        @SuppressWarnings("NullAway") // a node that breaks its promise is what the check is for
        void aNodeThatReturnsNullIsNamed() {
            NodeException error =
                    assertThrows(NodeException.class, () -> engine.run(single((view, context) -> null), new In()));

            assertEquals("Node 'a' returned null", error.what());
        }

        @Test
        void aFailureCancelsTheOtherTasksOfItsStep() {
            CountDownLatch waiting = new CountDownLatch(1);
            AtomicReference<Throwable> seen = new AtomicReference<>();
            Graph<In, Out> graph = graph().node("bad", (view, context) -> {
                        waiting.await();
                        throw new IllegalStateException("broken");
                    })
                    .node("slow", (view, context) -> {
                        waiting.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            seen.set(e);
                            assertTrue(context.cancellation().isCancelled());
                            throw e;
                        }
                        return Update.none();
                    })
                    .edge(START, "bad")
                    .edge(START, "slow")
                    .edge("bad", END)
                    .edge("slow", END)
                    .build();

            NodeException error = assertThrows(NodeException.class, () -> engine.run(graph, new In()));

            assertEquals("bad", error.node());
            assertTrue(seen.get() instanceof InterruptedException);
            assertFalse(Thread.currentThread().isInterrupted());
        }

        @Test
        void anOutputWithoutAValueNamesTheChannel() {
            record Answer(String answer) {}
            Graph<In, Answer> graph = Graph.define("g", 1)
                    .input(In.class)
                    .output(Answer.class)
                    .channels(Channel.last("answer", String.class))
                    .node("a", (view, context) -> Update.none())
                    .edge(START, "a")
                    .edge("a", END)
                    .build();

            StudioException error = assertThrows(StudioException.class, () -> engine.run(graph, new In()));

            assertEquals(ErrorCode.GRAPH_INVALID, error.code());
            assertEquals("Channel 'answer' has no value yet", error.what());
        }
    }

    @Nested
    class Cancelling {
        final CountDownLatch inside = new CountDownLatch(4);

        Graph<In, Out> blocking() {
            return fanOut(4, (view, context) -> {
                inside.countDown();
                new CountDownLatch(1).await();
                return Update.of(WORDS.add("never"));
            });
        }

        void assertCancelled(Run<Out> run) {
            StudioException error = assertThrows(StudioException.class, run::await);
            assertEquals(ErrorCode.CANCELLED, error.code());
            List<RunEvent> events = run.events();
            assertTrue(events.get(events.size() - 1) instanceof RunEvent.RunCancelled, events.toString());
            assertTrue(run.isDone());
        }

        @Test
        void cancelReachesAllParallelNodes() throws InterruptedException {
            Run<Out> run = engine.start(blocking(), new In());
            inside.await();

            run.cancel();

            assertCancelled(run);
            assertEquals(
                    4,
                    run.events().stream()
                            .filter(RunEvent.NodeCancelled.class::isInstance)
                            .count());
        }

        @Test
        void theOwnersCancellationEndsTheRun() throws InterruptedException {
            Cancellation owner = Cancellation.create();
            Run<Out> run = engine.start(
                    blocking(),
                    new In(),
                    RunOptions.builder().cancellation(owner).build());
            inside.await();

            owner.cancel();

            assertCancelled(run);
        }

        @Test
        void aRunThatIsCancelledBeforeItBeginsRunsNoNode() {
            Cancellation owner = Cancellation.create();
            owner.cancel();
            AtomicInteger calls = new AtomicInteger();
            Run<Out> run = engine.start(
                    single((view, context) -> {
                        calls.incrementAndGet();
                        return Update.none();
                    }),
                    new In(),
                    RunOptions.builder().cancellation(owner).build());

            assertCancelled(run);
            assertEquals(0, calls.get());
        }

        @Test
        void aNodeThatIgnoresTheCancellationLosesItsResult() throws InterruptedException {
            CountDownLatch working = new CountDownLatch(1);
            CountDownLatch cancelled = new CountDownLatch(1);
            Run<Out> run = engine.start(
                    single((view, context) -> {
                        working.countDown();
                        while (cancelled.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        return Update.of(WORDS.add("late"));
                    }),
                    new In());
            working.await();

            run.cancel();
            cancelled.countDown();

            assertCancelled(run);
        }

        @Test
        void cancellingAnEndedRunChangesNothing() {
            Run<Out> run = engine.start(single((view, context) -> Update.of(WORDS.add("done"))), new In());
            run.await();

            run.cancel();

            assertEquals(List.of("done"), run.await().words());
        }

        @Test
        void aCancelAtAnyMomentLeavesOneEndThatAllAgreeOn() {
            Random random = new Random(7);
            Graph<In, Out> graph = fanOut(6, (view, context) -> Update.of(WORDS.add("w")));
            for (int i = 0; i < 500; i++) {
                Run<Out> run = engine.start(graph, new In());
                for (int spin = random.nextInt(20_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }

                run.cancel();

                boolean finished;
                try {
                    finished = run.await().words().size() == 6;
                } catch (StudioException e) {
                    assertEquals(ErrorCode.CANCELLED, e.code());
                    finished = false;
                }
                List<RunEvent> events = run.events();
                assertEquals(
                        1,
                        events.stream()
                                .filter(RunEvent.Terminal.class::isInstance)
                                .count());
                assertEquals(finished, events.get(events.size() - 1) instanceof RunEvent.RunFinished);
                assertFalse(Thread.currentThread().isInterrupted());
            }
        }

        @Test
        void closingTheEngineCancelsItsRunsAndRefusesNewOnes() throws InterruptedException {
            Run<Out> run = engine.start(blocking(), new In());
            inside.await();

            engine.close();

            assertCancelled(run);
            IllegalStateException error =
                    assertThrows(IllegalStateException.class, () -> engine.start(blocking(), new In()));
            assertEquals("the engine is closed; start runs before close()", error.getMessage());
        }

        @Test
        void anInterruptedWaitLeavesTheRunGoing() throws InterruptedException {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch started = new CountDownLatch(1);
            Run<Out> run = engine.start(
                    single((view, context) -> {
                        started.countDown();
                        go.await();
                        return Update.of(WORDS.add("done"));
                    }),
                    new In());
            started.await();

            Thread.currentThread().interrupt();
            StudioException error = assertThrows(StudioException.class, run::await);

            assertTrue(Thread.interrupted());
            assertEquals("The wait for run '" + run.id() + "' was interrupted; the run goes on", error.what());
            go.countDown();
            assertEquals(List.of("done"), run.await().words());
        }
    }

    @Nested
    class Options {
        @Test
        void nodesSeeTheRunTheCallerAndTheirPlace() {
            Caller caller = new Caller("acme", "ann");
            Graph<In, Out> graph = single((view, context) -> Update.of(WORDS.add(
                    context.run() + " " + context.caller().tenant() + " " + context.node() + context.superStep())));

            Out out = engine.run(
                    graph,
                    new In(),
                    RunOptions.builder().id(new RunId("r1")).caller(caller).build());

            assertEquals(List.of("r1 acme a1"), out.words());
        }

        @Test
        void eachRunHasItsOwnIdUnlessOneIsGiven() {
            Graph<In, Out> graph = single((view, context) -> Update.none());

            assertNotEquals(
                    engine.start(graph, new In()).id(),
                    engine.start(graph, new In()).id());
        }

        @Test
        void aNullComponentOfTheInputIsRefusedByName() {
            record Question(String text) {}
            Graph<Question, Question> graph = Graph.define("g", 1)
                    .input(Question.class)
                    .output(Question.class)
                    .channels(Channel.last("text", String.class))
                    .node("a", (view, context) -> Update.none())
                    .edge(START, "a")
                    .edge("a", END)
                    .build();

            @SuppressWarnings("NullAway") // the broken promise is what the check is for
            IllegalArgumentException error =
                    assertThrows(IllegalArgumentException.class, () -> engine.run(graph, new Question(null)));

            assertEquals("input must have no null component, but Question.text is null", error.getMessage());
        }

        @Test
        void limitsBelowTheirRangeAreRefused() {
            assertEquals(
                    "maxConcurrency must be at least 1, was 0",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> Engine.builder().maxConcurrency(0))
                            .getMessage());
            assertEquals(
                    "keptEvents must be at least 0, was -1",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> RunOptions.builder().keptEvents(-1))
                            .getMessage());
        }

        @Test
        void changedOptionsKeepTheRest() {
            RunOptions options =
                    RunOptions.builder().id(new RunId("r1")).keptEvents(3).build();

            RunOptions changed = options.toBuilder().keptEvents(4).build();

            assertEquals(3, options.keptEvents());
            assertEquals(4, changed.keptEvents());
            assertEquals(options.id(), changed.id());
        }
    }
}
