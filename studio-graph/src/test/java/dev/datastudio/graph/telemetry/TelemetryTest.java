package dev.datastudio.graph.telemetry;

import static dev.datastudio.graph.Graph.END;
import static dev.datastudio.graph.Graph.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.run.Engine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    static StudioException broken() {
        return new StudioException(ErrorCode.SQL_INVALID, "secret value", "Mend it");
    }

    Map<String, SpanData> spans() {
        return exported.getFinishedSpanItems().stream()
                .collect(Collectors.toMap(SpanData::getName, Function.identity()));
    }

    SpanData span(String name) {
        return Objects.requireNonNull(spans().get(name), name);
    }

    @Test
    void spansAreNestedBelowTheCallersOneAlsoWhenAnotherThreadDrivesTheRun() {
        Span caller = telemetry.getTracer("test").spanBuilder("caller").startSpan();
        try (Engine engine = Engine.builder()
                .listener(OpenTelemetryRunListener.of(telemetry))
                .build()) {
            try (Scope scope = caller.makeCurrent()) {
                assertFalse(scope == Scope.noop());
                engine.start(outer((view, context) -> Update.none()), new In()).await();
            }
        }

        assertEquals(3, spans().size());
        assertEquals(caller.getSpanContext().getSpanId(), span("graph outer").getParentSpanId());
        assertEquals(span("graph outer").getSpanId(), span("node sub").getParentSpanId());
        assertEquals(span("node sub").getSpanId(), span("node sub/work").getParentSpanId());
    }

    @Test
    void aFailureEndsEverySpanAndShowsItsCodeButNotItsMessage() {
        try (Engine engine = Engine.builder()
                .listener(OpenTelemetryRunListener.of(telemetry))
                .build()) {
            assertThrows(
                    StudioException.class,
                    () -> engine.run(
                            outer((view, context) -> {
                                throw broken();
                            }),
                            new In()));
        }

        assertEquals(3, spans().size());
        for (SpanData span : spans().values()) {
            assertTrue(span.hasEnded());
            assertFalse(span.toString().contains("secret"), span.toString());
        }
        assertEquals(StatusCode.ERROR, span("graph outer").getStatus().getStatusCode());
        assertEquals("SQL_INVALID", span("graph outer").getStatus().getDescription());
    }

    @Test
    void metersCountRunsAndNodesByOutcome() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (Engine engine =
                Engine.builder().listener(MicrometerRunListener.of(registry)).build()) {
            for (int i = 0; i < 5; i++) {
                engine.run(
                        outer((view, context) -> {
                            context.token("a");
                            assertEquals(
                                    1,
                                    registry.get("studio.graph.active").gauge().value());
                            return Update.none();
                        }),
                        new In());
            }
            assertThrows(
                    StudioException.class,
                    () -> engine.run(
                            outer((view, context) -> {
                                throw broken();
                            }),
                            new In()));
        }

        assertEquals(
                5,
                registry.get("studio.graph.run")
                        .tag("outcome", "finished")
                        .timer()
                        .count());
        assertEquals(
                1,
                registry.get("studio.graph.run")
                        .tag("outcome", "failed")
                        .timer()
                        .count());
        assertEquals(
                5,
                registry.get("studio.graph.node")
                        .tags("node", "sub/work", "outcome", "finished")
                        .timer()
                        .count());
        assertEquals(5, registry.get("studio.graph.tokens").counter().count());
        assertEquals(0, registry.get("studio.graph.active").gauge().value());
        assertEquals(8, registry.getMeters().size());
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
