package dev.datastudio.core.chart.internal.figure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The traces and attributes of plotly.js 4 that a figure may have; they stand in {@code allowed.json}, whose notation
 * {@link RuleReader} tells. Left out on purpose: everything that loads (images, map tiles, {@code *src}), that acts (buttons,
 * sliders, transforms, {@code customdata}), SVG paths, and {@code template}, which could bring any of them back.
 * Immutable.
 *
 * @param traces the attributes of each type of trace
 * @param layout the attributes of the layout, axes aside
 * @param axis an axis of the layout
 */
record Allowed(Map<String, Map<String, Rule>> traces, Map<String, Rule> layout, Rule axis) {
    /** What figures are checked against. */
    static final Allowed LIST = from(RuleReader.resource("allowed.json"));

    private static Allowed from(JsonNode list) {
        RuleReader reader = new RuleReader(list.path("rules"));
        Map<String, Map<String, Rule>> traces = new LinkedHashMap<>();
        list.path("traces")
                .properties()
                .forEach(
                        trace -> traces.put(trace.getKey(), attributes(reader, list.path("groups"), trace.getValue())));
        return new Allowed(Map.copyOf(traces), reader.parts(list.path("layout")), reader.named("axis"));
    }

    /** The attributes of some groups and those beside them; a later one wins. */
    private static Map<String, Rule> attributes(RuleReader reader, JsonNode groups, JsonNode group) {
        Map<String, Rule> all = new LinkedHashMap<>();
        group.path("with").forEach(name -> all.putAll(attributes(reader, groups, groups.required(name.textValue()))));
        all.putAll(reader.parts(group.path("attributes")));
        return Map.copyOf(all);
    }

    /** The attributes of a type of trace; null when there is no such type. */
    @Nullable
    Map<String, Rule> trace(String type) {
        return traces.get(type);
    }

    Set<String> traceTypes() {
        return traces.keySet();
    }

    /** The rule of an attribute of the layout, where axes are {@code xaxis}, {@code yaxis2} and so on; null when there is none. */
    @Nullable
    Rule layout(String name) {
        return name.matches("[xy]axis([2-9]|[1-3][0-9])?") ? axis : layout.get(name);
    }
}
