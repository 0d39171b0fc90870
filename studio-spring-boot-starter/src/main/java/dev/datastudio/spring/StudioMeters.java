package dev.datastudio.spring;

import dev.datastudio.agents.model.ModelCall;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.telemetry.StudioEngines;
import dev.datastudio.agents.tool.ToolEvent;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.api.cache.CacheStatistics;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.graph.telemetry.MicrometerRunListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * What the studio does, in the application's {@link MeterRegistry}:
 *
 * <ul>
 *   <li>{@code studio.activities} (action, outcome): what was done, failed or refused; {@code studio.questions} (status,
 *       cached)
 *   <li>{@code studio.graph.run} (graph, outcome), {@code studio.graph.node} (graph, node, outcome) and what else {@link
 *       MicrometerRunListener} reports of runs
 *   <li>{@code studio.tool.call} (tool, outcome): time of tools; those of MCP servers are one, {@code mcp};
 *       {@code studio.tool.refused} (code)
 *   <li>{@code studio.model.call} (outcome): time of models; {@code studio.model.first.piece}: of the first piece of an
 *       answer that comes in pieces; {@code studio.model.tokens} (direction), {@code studio.model.cost} in US dollars
 *   <li>{@code studio.stream.first.event} (stream): time from a request to the first event that its answer streams, of
 *       those who call {@link #firstEvent}
 *   <li>{@code studio.cache.hits}, {@code .misses}, {@code .evictions}, {@code .entries}, {@code .bytes}
 * </ul>
 *
 * <p>No tag names tenants, people, data or what they called their models, so that the number of meters is bounded.
 * Thread-safe.
 */
public final class StudioMeters {
    private static final String MCP = "mcp_";

    private final ObjectProvider<MeterRegistry> registries;
    private final ConcurrentMap<List<String>, Counter> counters = new ConcurrentHashMap<>();
    private volatile @Nullable MeterRegistry found;

    StudioMeters(ObjectProvider<MeterRegistry> registries) {
        this.registries = registries;
    }

    private Optional<MeterRegistry> registry() {
        MeterRegistry registry = found;
        if (registry == null) {
            registry = registries.getIfAvailable();
            found = registry;
        }
        return Optional.ofNullable(registry);
    }

    /** Kept, as looking one up in the registry takes longer than a small question. */
    private Counter counter(MeterRegistry registry, String name, String... tags) {
        List<String> key = new ArrayList<>(List.of(tags));
        key.add(name);
        return counters.computeIfAbsent(key, any -> registry.counter(name, tags));
    }

    /** Listens to a studio that was just opened. */
    void listen(Studio studio) {
        registry().ifPresent(registry -> {
            StudioEngines.of(studio).listen(MicrometerRunListener.of(registry));
            ToolRegistry.of(studio).listen(event -> tool(registry, event));
            Models.of(studio).listen((caller, call, first) -> model(registry, call, first));
            cache(registry, studio.cache());
        });
    }

    /**
     * The first event of an answer that is streamed was sent.
     *
     * @param stream what is streamed: one of few words, such as {@code chat}
     * @param after time since its request
     */
    public void firstEvent(String stream, Duration after) {
        registry()
                .ifPresent(registry -> registry.timer("studio.stream.first.event", "stream", stream)
                        .record(after));
    }

    /** Something was done. */
    void ended(Activity activity) {
        registry().ifPresent(registry -> {
            counter(registry, "studio.activities", "action", activity.action(), "outcome", outcome(activity))
                    .increment();
            String status = activity.details().get("status");
            if (activity.action().equals("question.ask") && status != null) {
                String cached = activity.details().getOrDefault("cached", "false");
                counter(registry, "studio.questions", "status", status, "cached", cached)
                        .increment();
            }
        });
    }

    private static String outcome(Activity activity) {
        if (activity.isRefused()) {
            return "refused";
        }
        return activity.error().isPresent() ? "failed" : "done";
    }

    private static void tool(MeterRegistry registry, ToolEvent event) {
        if (event instanceof ToolEvent.Finished finished) {
            record(registry, event, finished.isError() ? "error" : "ok", finished.took());
        } else if (event instanceof ToolEvent.Failed failed) {
            record(registry, event, failed.code().name(), failed.took());
        } else if (event instanceof ToolEvent.Refused refused) {
            registry.counter("studio.tool.refused", "code", refused.code().name())
                    .increment();
        }
    }

    private static void record(MeterRegistry registry, ToolEvent event, String outcome, Duration took) {
        String tool = event.tool().startsWith(MCP) ? "mcp" : event.tool();
        registry.timer("studio.tool.call", "tool", tool, "outcome", outcome).record(took);
    }

    private static void model(MeterRegistry registry, ModelCall call, Optional<Duration> first) {
        String outcome = call.error().map(Enum::name).orElse("ok");
        registry.timer("studio.model.call", "outcome", outcome).record(call.took());
        first.ifPresent(time -> registry.timer("studio.model.first.piece").record(time));
        registry.counter("studio.model.tokens", "direction", "input").increment((double) call.inputTokens());
        registry.counter("studio.model.tokens", "direction", "output").increment((double) call.outputTokens());
        call.cost().ifPresent(cost -> registry.counter("studio.model.cost").increment(cost.doubleValue()));
    }

    private static void cache(MeterRegistry registry, ResultCache cache) {
        count(registry, cache, "hits", CacheStatistics::hits);
        count(registry, cache, "misses", CacheStatistics::misses);
        count(registry, cache, "evictions", CacheStatistics::evictions);
        gauge(registry, cache, "entries", CacheStatistics::entries);
        gauge(registry, cache, "bytes", CacheStatistics::bytes);
    }

    private static void count(
            MeterRegistry registry, ResultCache cache, String what, ToLongFunction<CacheStatistics> value) {
        FunctionCounter.builder("studio.cache." + what, cache, each -> value.applyAsLong(each.statistics()))
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry, ResultCache cache, String what, ToLongFunction<CacheStatistics> value) {
        Gauge.builder("studio.cache." + what, cache, each -> value.applyAsLong(each.statistics()))
                .register(registry);
    }
}
