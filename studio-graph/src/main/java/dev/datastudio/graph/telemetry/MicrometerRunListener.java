package dev.datastudio.graph.telemetry;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Counts and times runs: timers {@code studio.graph.run} (graph, outcome) and {@code studio.graph.node} (graph, node,
 * outcome), counters {@code studio.graph.retries}, {@code .tokens}, {@code .interrupts} and {@code .checkpoints} (graph),
 * gauge {@code studio.graph.active}. The outcome is finished, failed, cancelled or interrupted. Tags name graphs and nodes
 * only, and a fan-out's tasks are one node, so that the number of meters is bounded by the program; runs, threads and
 * tenants are not named. Give it to an engine or to single runs, not to both. Thread-safe.
 */
public final class MicrometerRunListener implements RunListener {
    private static final Pattern TASK_OF_FAN_OUT = Pattern.compile("\\[\\d+]");

    private final MeterRegistry registry;
    private final AtomicInteger active;
    private final PerRun runs = new PerRun();

    private MicrometerRunListener(MeterRegistry registry) {
        this.registry = registry;
        this.active = Objects.requireNonNull(registry.gauge("studio.graph.active", new AtomicInteger()));
    }

    /**
     * A listener that reports to a registry; make one for each.
     *
     * @throws StudioException with code DEPENDENCY_MISSING if micrometer-core is not on the class path
     */
    public static MicrometerRunListener of(MeterRegistry registry) {
        requireLibrary();
        return new MicrometerRunListener(Objects.requireNonNull(registry, "registry"));
    }

    /**
     * A listener that reports to Micrometer's global registry.
     *
     * @throws StudioException with code DEPENDENCY_MISSING if micrometer-core is not on the class path
     */
    public static MicrometerRunListener global() {
        requireLibrary();
        return new MicrometerRunListener(Global.registry());
    }

    /** Apart, as the check of this class's code by a JVM without Micrometer would want the registry's super-type. */
    private static final class Global {
        static MeterRegistry registry() {
            return Metrics.globalRegistry;
        }
    }

    private static void requireLibrary() {
        Dependency.require(
                "io.micrometer.core.instrument.MeterRegistry",
                "io.micrometer:micrometer-core",
                "MicrometerRunListener");
    }

    @Override
    public RunListener forRun() {
        return new Meters();
    }

    @Override
    public void onEvent(RunEvent event) {
        runs.tell(event, this::forRun);
    }

    /** What one run has under way. */
    private final class Meters implements RunListener {
        private final Map<String, Instant> tasks = new HashMap<>();
        private String graph = "";
        private Instant began = Instant.EPOCH;

        @Override
        public void onEvent(RunEvent event) {
            if (event instanceof RunEvent.RunStarted start) {
                graph = start.graph();
                began = start.at();
                active.incrementAndGet();
            } else if (event instanceof RunEvent.Terminal end) {
                ended(end);
            } else if (event instanceof RunEvent.NodeStarted start) {
                tasks.put(task(start.node(), start.task()), start.at());
            } else if (event instanceof RunEvent.NodeFinished done) {
                node(done.node(), done.task(), "finished", done.at());
            } else if (event instanceof RunEvent.NodeFailed failed) {
                node(failed.node(), failed.task(), "failed", failed.at());
            } else if (event instanceof RunEvent.NodeCancelled cancelled) {
                node(cancelled.node(), cancelled.task(), "cancelled", cancelled.at());
            } else if (event instanceof RunEvent.NodeRetried) {
                count("retries", 1);
            } else if (event instanceof RunEvent.TokenProduced) {
                count("tokens", 1);
            } else if (event instanceof RunEvent.CheckpointSaved) {
                count("checkpoints", 1);
            }
        }

        private void ended(RunEvent.Terminal end) {
            if (began.equals(Instant.EPOCH)) {
                return;
            }
            if (end instanceof RunEvent.RunInterrupted interrupted) {
                count("interrupts", interrupted.interrupts().size());
            }
            active.decrementAndGet();
            registry.timer("studio.graph.run", "graph", graph, "outcome", Outcomes.of(end))
                    .record(Duration.between(began, end.at()));
        }

        private void node(String node, int task, String outcome, Instant at) {
            Instant start = tasks.remove(task(node, task));
            if (start != null) {
                String name = TASK_OF_FAN_OUT.matcher(node).replaceAll("");
                registry.timer("studio.graph.node", "graph", graph, "node", name, "outcome", outcome)
                        .record(Duration.between(start, at));
            }
        }

        private void count(String what, int amount) {
            registry.counter("studio.graph." + what, "graph", graph).increment(amount);
        }

        private static String task(String node, int task) {
            return node + "#" + task;
        }
    }
}
