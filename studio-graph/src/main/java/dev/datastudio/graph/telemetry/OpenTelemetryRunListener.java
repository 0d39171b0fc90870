package dev.datastudio.graph.telemetry;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunListener;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Objects;

/**
 * Reports a span for each run, below it one for each try of each task, and those of a sub-graph's tasks below the task
 * that runs it. A run's span is below the one that was current where the run was started. Attributes are the graph, its
 * version, node, step, task and try; not the tenant, which is a person's or customer's name in many programs and would
 * leave the program with the trace. Of an error its class and code are told, not its message, which may show data.
 * Give it to an engine or to single runs, not to both. Thread-safe.
 */
public final class OpenTelemetryRunListener implements RunListener {
    private final Tracer tracer;
    private final PerRun runs = new PerRun();

    private OpenTelemetryRunListener(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("dev.datastudio.graph");
    }

    /**
     * A listener that reports to this instance.
     *
     * @throws StudioException with code DEPENDENCY_MISSING if opentelemetry-api is not on the class path
     */
    public static OpenTelemetryRunListener of(OpenTelemetry telemetry) {
        requireLibrary();
        return new OpenTelemetryRunListener(Objects.requireNonNull(telemetry, "telemetry"));
    }

    /**
     * A listener that reports to the program's global instance.
     *
     * @throws StudioException with code DEPENDENCY_MISSING if opentelemetry-api is not on the class path
     */
    public static OpenTelemetryRunListener global() {
        requireLibrary();
        return new OpenTelemetryRunListener(GlobalOpenTelemetry.get());
    }

    private static void requireLibrary() {
        Dependency.require(
                "io.opentelemetry.api.OpenTelemetry", "io.opentelemetry:opentelemetry-api", "OpenTelemetryRunListener");
    }

    /** Takes the current context as what the run's span is below. */
    @Override
    public RunListener forRun() {
        return new RunSpans(tracer, Context.current());
    }

    @Override
    public void onEvent(RunEvent event) {
        runs.tell(event, this::forRun);
    }
}
