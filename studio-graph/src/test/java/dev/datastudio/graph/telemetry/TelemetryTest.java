package dev.datastudio.graph.telemetry;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.NodeFunction;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.policy.Retry;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TelemetryTest {
    record In() {}

    record Out(Integer count) {}

    static final LastChannel<Integer> COUNT = Channel.last("count", Integer.class, 0);

    final InMemorySpanExporter exported = InMemorySpanExporter.create();
    final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exported))
                    .build())
            .build();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final MicrometerRunListener meters = MicrometerRunListener.of(registry);
    final OpenTelemetryRunListener tracing = OpenTelemetryRunListener.of(telemetry);
    final Engine engine = Engine.builder()
            .store(InMemoryCheckpointStore.create())
            .listener(new RunListener() {
                @Override
                public void onEvent(RunEvent event) {
                    throw new AssertionError("forRun gives the listener of a run");
                }

                @Override
                public RunListener forRun() {
                    RunListener spans = tracing.forRun();
                    RunListener timers = meters.forRun();
                    return event -> {
                        spans.onEvent(event);
                        timers.onEvent(event);
                    };
                }
            })
            .build();

    @AfterEach
    void close() {
        engine.close();
        telemetry.close();
    }

    static Graph<In, Out> inner(NodeFunction work) {
        return Graph.define("inner", 1)
                .input(In.class)
                .output(Out.class)
                .channels(COUNT)
                .node("work", work)
                .edge(START, "work")
                .edge("work", END)
                .build();
    }

    static Graph<In, Out> outer(NodeFunction work) {
        return Graph.define("outer", 3)
                .input(In.class)
                .output(Out.class)
                .channels(COUNT)
                .subgraph("sub", inner(work), Mapping.of((view, context) -> new In(), out -> Update.none()))
                .edge(START, "sub")
                .edge("sub", END)
                .build();
    }

    /** As many sub-graphs beside each other. */
    static Graph<In, Out> wide(int tasks, NodeFunction work) {
        return Graph.define("wide", 1)
                .input(In.class)
                .output(Out.class)
                .channels(COUNT)
                .node("split", (view, context) -> Update.none())
                .subgraph("map", inner(work), Mapping.of((view, context) -> new In(), out -> Update.none()))
                .edge(START, "split")
                .fanOut("split", view -> IntStream.range(0, tasks).boxed().toList(), "map")
                .edge("map", END)
                .build();
    }

    static StudioException broken() {
        return new StudioException(ErrorCode.SQL_INVALID, "secret value", "Mend it");
    }

    List<SpanData> spans(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    SpanData span(String name) {
        List<SpanData> found = spans(name);
        assertEquals(1, found.size(), name);
        return found.get(0);
    }

    static String outcome(SpanData span) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey("studio.outcome")));
    }

    static List<String> events(SpanData span) {
        return span.getEvents().stream().map(EventData::getName).toList();
    }

    long runs(String outcome) {
        return registry.get("studio.graph.run").tag("outcome", outcome).timer().count();
    }

    long nodes(String node, String outcome) {
        return registry.get("studio.graph.node")
                .tags("node", node, "outcome", outcome)
                .timer()
                .count();
    }

    double counted(String what) {
        return registry.get("studio.graph." + what).counter().count();
    }

    double active() {
        return registry.get("studio.graph.active").gauge().value();
    }

    @Test
    void spansAreNestedBelowTheCallersOneAlsoWhenAnotherThreadDrivesTheRun() {
        Span caller = telemetry.getTracer("test").spanBuilder("caller").startSpan();
        CountDownLatch driven = new CountDownLatch(1);
        Run<Out> run;
        try (Scope scope = caller.makeCurrent()) {
            assertFalse(scope == Scope.noop());
            run = engine.start(
                    outer((view, context) -> {
                        driven.countDown();
                        return Update.none();
                    }),
                    new In());
        }
        run.await();

        assertEquals(3, exported.getFinishedSpanItems().size());
        assertEquals(caller.getSpanContext().getSpanId(), span("graph outer").getParentSpanId());
        assertEquals(span("graph outer").getSpanId(), span("node sub").getParentSpanId());
        assertEquals(span("node sub").getSpanId(), span("node sub/work").getParentSpanId());
        assertEquals("finished", outcome(span("graph outer")));
    }

    @Test
    void tasksOfAFanOutHaveSpansOfTheirOwnAndOneMeter() {
        int tasks = 20;

        engine.run(wide(tasks, (view, context) -> Update.none()), new In());

        assertEquals(tasks, spans("node map").size());
        List<String> parents =
                spans("node map").stream().map(SpanData::getSpanId).sorted().toList();
        List<String> found = IntStream.range(0, tasks)
                .mapToObj(i -> span("node map[" + i + "]/work").getParentSpanId())
                .sorted()
                .toList();
        assertEquals(parents, found);
        assertEquals(tasks, nodes("map", "finished"));
        assertEquals(tasks, nodes("map/work", "finished"));
    }

    @Test
    void eachTryHasASpanOfItsOwn() {
        AtomicInteger count = new AtomicInteger();
        Graph<In, Out> graph = Graph.define("tries", 1)
                .input(In.class)
                .output(Out.class)
                .channels(COUNT)
                .node(
                        "work",
                        (view, context) -> {
                            if (count.incrementAndGet() < 3) {
                                throw broken();
                            }
                            return Update.none();
                        },
                        n -> n.retry(Retry.fixed(3, Duration.ZERO)))
                .edge(START, "work")
                .edge("work", END)
                .build();

        engine.run(graph, new In());

        assertEquals(
                List.of("1 retried", "2 retried", "3 finished"),
                spans("node work").stream()
                        .map(span ->
                                span.getAttributes().get(AttributeKey.longKey("studio.attempt")) + " " + outcome(span))
                        .toList());
        assertEquals(2, counted("retries"));
        assertEquals(1, nodes("work", "finished"));
    }

    @Test
    void aFailureEndsEverySpanOnceAndShowsItsCodeButNotItsMessage() {
        Graph<In, Out> graph = wide(8, (view, context) -> {
            throw broken();
        });

        assertThrows(StudioException.class, () -> engine.run(graph, new In()));

        List<SpanData> all = exported.getFinishedSpanItems();
        assertEquals(
                all.size(), all.stream().map(SpanData::getSpanId).distinct().count());
        for (SpanData span : all) {
            assertTrue(span.hasEnded());
            assertFalse(span.toString().contains("secret"), span.toString());
        }
        SpanData run = span("graph wide");
        assertEquals(StatusCode.ERROR, run.getStatus().getStatusCode());
        assertEquals("SQL_INVALID", run.getStatus().getDescription());
        assertEquals("failed", outcome(run));
        assertEquals(1, runs("failed"));
        assertEquals(1, nodes("map", "failed"));
        assertEquals(0, active());
    }

    @Test
    void aCancelledRunEndsItsSpans() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Run<Out> run = engine.start(
                outer((view, context) -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return Update.none();
                }),
                new In());
        begun.await();
        assertEquals(1, active());

        run.cancel();
        run.outcome();

        for (String name : List.of("graph outer", "node sub", "node sub/work")) {
            assertEquals("cancelled", outcome(span(name)), name);
            assertEquals(StatusCode.UNSET, span(name).getStatus().getStatusCode());
        }
        assertEquals(1, runs("cancelled"));
        assertEquals(1, nodes("sub/work", "cancelled"));
        assertEquals(0, active());
    }

    @Test
    void aRunThatWaitsAndTheOneThatGoesOnHaveASpanEach() {
        Graph<In, Out> graph = outer((view, context) -> {
            context.interrupt("why", "secret question", String.class);
            return Update.none();
        });
        RunOptions options =
                RunOptions.builder().thread("t").durability(Durability.SYNC).build();

        RunOutcome.Interrupted<?> waits = assertInstanceOf(
                RunOutcome.Interrupted.class,
                engine.start(graph, new In(), options).outcome());
        for (String name : List.of("graph outer", "node sub", "node sub/work")) {
            assertEquals("interrupted", outcome(span(name)), name);
        }
        assertTrue(events(span("graph outer")).contains("interrupt"));
        assertFalse(span("graph outer").toString().contains("secret"));
        assertEquals(1, runs("interrupted"));
        assertEquals(1, nodes("sub/work", "interrupted"));
        assertEquals(1, counted("interrupts"));
        exported.reset();
        engine.resume(graph, "t", Resume.answer(waits.interrupts().get(0).id(), "so"), options)
                .await();

        assertEquals("finished", outcome(span("graph outer")));
        assertEquals("finished", outcome(span("node sub/work")));
        assertTrue(events(span("graph outer")).contains("checkpoint"));
        assertEquals(1, runs("finished"));
        assertTrue(counted("checkpoints") >= 2);
        assertEquals(0, active());
    }

    @Test
    void metersCountRunsAndNodesByOutcome() {
        for (int i = 0; i < 5; i++) {
            engine.run(
                    outer((view, context) -> {
                        context.token("a");
                        assertEquals(1, active());
                        return Update.none();
                    }),
                    new In());
        }

        assertEquals(5, runs("finished"));
        assertEquals(5, nodes("sub/work", "finished"));
        assertEquals(5, counted("tokens"));
        assertEquals(0, active());
        assertEquals(5, registry.getMeters().size());
    }

    @Test
    void aListenerThatAnotherOneCallsPartsTheRuns() {
        RunListener handing = new RunListener() {
            @Override
            public void onEvent(RunEvent event) {
                tracing.onEvent(event);
            }
        };
        try (Engine other = Engine.builder().listener(handing).build()) {
            CountDownLatch both = new CountDownLatch(2);
            Graph<In, Out> graph = outer((view, context) -> {
                both.countDown();
                both.await();
                return Update.none();
            });
            Run<Out> one = other.start(graph, new In());
            Run<Out> two = other.start(graph, new In());
            one.await();
            two.await();
        }

        assertEquals(2, spans("graph outer").size());
        assertEquals(
                spans("graph outer").stream().map(SpanData::getTraceId).sorted().toList(),
                spans("node sub/work").stream()
                        .map(SpanData::getTraceId)
                        .sorted()
                        .toList());
    }

    @Test
    void aMissingLibraryIsNamed() throws Exception {
        for (String[] pair : new String[][] {
            {"MicrometerRunListener", "io.micrometer:micrometer-core"},
            {"OpenTelemetryRunListener", "io.opentelemetry:opentelemetry-api"}
        }) {
            Class<?> type = new Without().loadClass("dev.datastudio.graph.telemetry." + pair[0]);

            // Reflection would load the types of all the methods; a call links this one only.
            MethodHandle global = MethodHandles.publicLookup().findStatic(type, "global", MethodType.methodType(type));

            StudioException error = assertThrows(StudioException.class, global::invoke);

            assertEquals(ErrorCode.DEPENDENCY_MISSING, error.code());
            assertTrue(error.what().contains(pair[1]), error.what());
        }
    }

    /** Sees everything but the libraries of telemetry. */
    private static final class Without extends ClassLoader {
        Without() {
            super(RunListener.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            for (String hidden : List.of("io.micrometer.", "io.opentelemetry.")) {
                if (name.startsWith(hidden)) {
                    throw new ClassNotFoundException(name);
                }
            }
            if (!name.startsWith("dev.datastudio.graph.telemetry.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> found = findLoadedClass(name);
            return found != null ? found : copied(name);
        }

        private Class<?> copied(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = in.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
