package dev.datastudio.graph.run;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static dev.datastudio.graph.run.PolicyGraphs.graph;
import static dev.datastudio.graph.run.PolicyGraphs.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.run.PolicyGraphs.In;
import dev.datastudio.graph.run.PolicyGraphs.Out;
import dev.datastudio.testkit.cache.SettableClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two runs that want the same thread. */
@Timeout(60)
class LeaseTest {
    @TempDir
    Path folder;

    final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    final CountDownLatch inNode = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final AtomicInteger runs = new AtomicInteger();
    final List<String> performed = new CopyOnWriteArrayList<>();

    private CheckpointStore store(String kind) {
        return kind.equals("memory")
                ? InMemoryCheckpointStore.create()
                : SqliteCheckpointStore.open(folder.resolve("runs.db"));
    }

    private Engine engine(CheckpointStore store) {
        return Engine.builder().store(store).clock(clock).build();
    }

    private static RunOptions thread(Durability durability) {
        return RunOptions.builder().thread("t").durability(durability).build();
    }

    /** The first to come waits in 'slow'; whoever comes later does not. */
    private Graph<In, Out> graphThatWaits() {
        return graph("g")
                .node("first", (view, context) -> word(context.effect("stored", String.class, key -> "first")))
                .node("slow", (view, context) -> {
                    if (runs.incrementAndGet() == 1) {
                        inNode.countDown();
                        goOn.await();
                    }
                    return word(context.effect("mail", String.class, key -> {
                        performed.add(key);
                        return "sent";
                    }));
                })
                .node("last", (view, context) -> word("last"))
                .edge(START, "first")
                .edge("first", "slow")
                .edge("slow", "last")
                .edge("last", END)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "memory, SYNC", "memory, GROUP", "memory, EXIT",
        "sqlite, SYNC", "sqlite, GROUP", "sqlite, EXIT"
    })
    void aRunThatWasTakenOverStoresNothingAndPerformsNoEffect(String kind, Durability durability) throws Exception {
        try (CheckpointStore store = store(kind);
                Engine one = engine(store);
                Engine two = engine(store)) {
            Graph<In, Out> graph = graphThatWaits();
            Run<Out> zombie = one.start(graph, new In(), thread(durability));
            inNode.await();

            Out out = two.resume(graph, "t", Resume.goOn().takeOver(), thread(durability))
                    .await();
            long head = two.threads(Caller.LOCAL).find("t").orElseThrow().head();
            goOn.countDown();
            StudioException superseded = assertThrows(StudioException.class, zombie::await);

            assertEquals(List.of("first", "sent", "last"), out.words());
            assertEquals(ErrorCode.RUN_SUPERSEDED, superseded.code());
            assertEquals(List.of("local/t/mail"), performed);
            assertEquals(head, two.threads(Caller.LOCAL).find("t").orElseThrow().head());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void aRunHoldsItsThreadUntilItsLeaseHasRunOut(String kind) throws Exception {
        try (CheckpointStore store = store(kind);
                Engine one = engine(store);
                Engine two = engine(store)) {
            Graph<In, Out> graph = graphThatWaits();
            Run<Out> silent = one.start(graph, new In(), thread(Durability.SYNC));
            inNode.await();

            clock.advance(Engine.DEFAULT_LEASE_TIME.minusSeconds(1));
            StudioException busy = assertThrows(StudioException.class, () -> two.resume(graph, "t", Resume.goOn()));
            clock.advance(Duration.ofSeconds(2));
            Out out = two.resume(graph, "t", Resume.goOn()).await();
            goOn.countDown();

            assertEquals(ErrorCode.THREAD_BUSY, busy.code());
            assertEquals(List.of("first", "sent", "last"), out.words());
            assertEquals(
                    ErrorCode.RUN_SUPERSEDED,
                    assertThrows(StudioException.class, silent::await).code());
            assertEquals(1, performed.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void aRunInALongNodeRenewsItsLease(String kind) throws Exception {
        CountDownLatch renewed = new CountDownLatch(1);
        try (CheckpointStore store = tellingRenewals(store(kind), renewed);
                Engine one = shortLease(store);
                Engine two = shortLease(store)) {
            Graph<In, Out> graph = graphThatWaits();
            Run<Out> run = one.start(graph, new In(), thread(Durability.SYNC));
            inNode.await();

            clock.advance(Duration.ofMillis(800));
            renewed.await();
            clock.advance(Duration.ofMillis(800));
            StudioException busy = assertThrows(StudioException.class, () -> two.resume(graph, "t", Resume.goOn()));
            goOn.countDown();

            assertEquals(ErrorCode.THREAD_BUSY, busy.code());
            assertEquals(List.of("first", "sent", "last"), run.await().words());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void aRunInALongNodeRenewsItsLeaseThoughOthersWriteAllTheTime(String kind) throws Exception {
        CountDownLatch renewed = new CountDownLatch(1);
        try (CheckpointStore store = tellingRenewals(store(kind), renewed);
                Engine one = shortLease(store)) {
            Run<Out> silent = one.start(graphThatWaits(), new In(), thread(Durability.SYNC));
            inNode.await();
            clock.advance(Duration.ofMillis(800));
            Graph<In, Out> busy = graph("busy")
                    .node("write", (view, context) -> word("x"))
                    .edge(START, "write")
                    .when(
                            "write",
                            Route.on(view -> renewed.getCount() > 0)
                                    .then("write")
                                    .otherwise(END))
                    .maxSteps(1_000_000)
                    .build();

            one.run(busy, new In(), RunOptions.builder().thread("busy").build());
            goOn.countDown();

            assertEquals(List.of("first", "sent", "last"), silent.await().words());
        }
    }

    private Engine shortLease(CheckpointStore store) {
        return Engine.builder()
                .store(store)
                .clock(clock)
                .leaseTime(Duration.ofSeconds(1))
                .build();
    }

    /** A store that tells when an append without entries was stored. */
    private static CheckpointStore tellingRenewals(CheckpointStore store, CountDownLatch renewed) {
        return (CheckpointStore) Proxy.newProxyInstance(
                LeaseTest.class.getClassLoader(),
                new Class<?>[] {CheckpointStore.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (method.getName().equals("append")
                                && ((List<?>) arguments[0])
                                        .stream()
                                                .anyMatch(one ->
                                                        ((Append) one).entries().isEmpty())) {
                            renewed.countDown();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void oneOfManyThatStartTheSameThreadAtOnceRunsIt(Durability durability) throws Exception {
        int starters = 4;
        AtomicInteger begun = new AtomicInteger();
        Graph<In, Out> graph = graph("g")
                .node("a", (view, context) -> word("a" + begun.incrementAndGet()))
                .edge(START, "a")
                .edge("a", END)
                .build();
        CyclicBarrier together = new CyclicBarrier(starters);
        ExecutorService threads = Executors.newFixedThreadPool(starters);
        try (CheckpointStore store = store("sqlite");
                Engine one = engine(store);
                Engine two = engine(store)) {
            List<Future<String>> ends = new ArrayList<>();
            for (int i = 0; i < starters; i++) {
                Engine each = i % 2 == 0 ? one : two;
                ends.add(threads.submit(() -> {
                    together.await();
                    try {
                        return each.run(graph, new In(), thread(durability))
                                .words()
                                .get(0);
                    } catch (StudioException e) {
                        return e.code().name();
                    }
                }));
            }
            List<String> got = new ArrayList<>();
            for (Future<String> each : ends) {
                got.add(each.get());
            }

            assertEquals(1, got.stream().filter("a1"::equals).count(), got.toString());
            assertTrue(
                    got.stream()
                            .allMatch(each -> List.of("a1", "THREAD_EXISTS", "THREAD_BUSY")
                                    .contains(each)),
                    got.toString());
        } finally {
            threads.shutdown();
        }
    }
}
