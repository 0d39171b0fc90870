package dev.datastudio.graph.json.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a JSON object has the shape of a graph: each known member is absent, null or of its kind. */
public final class Shape {
    /** The most nodes of one graph. */
    public static final int MAX_NODES = 2_000;
    /** The most edges of one graph. */
    public static final int MAX_EDGES = 10_000;

    private static final int SHOWN = 10;

    private final List<String> mistakes = new ArrayList<>();

    private Shape() {}

    /** Throws what is wrong with the shape, all at once. */
    public static void requireGraph(Map<String, @Nullable Object> json) {
        requireAtMost(json, "nodes", MAX_NODES);
        requireAtMost(json, "edges", MAX_EDGES);
        Shape shape = new Shape();
        shape.head(json);
        shape.all(json, "nodes", shape::node);
        shape.all(json, "edges", shape::edge);
        if (!(json.get("nodes") instanceof List)) {
            shape.mistakes.add(0, "/nodes is " + JsonValues.described(json.get("nodes")) + ", must be a list");
        }
        shape.requireNone();
    }

    /** The objects of a list of a graph that was found right. */
    public static Stream<Fields> objects(Map<String, @Nullable Object> json, String name) {
        return json.get(name) instanceof List<?> list
                ? list.stream().map(element -> new Fields(asObject(element)))
                : Stream.empty();
    }

    private static void requireAtMost(Map<String, @Nullable Object> json, String name, int most) {
        if (json.get(name) instanceof List<?> list && list.size() > most) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The graph has " + list.size() + " " + name + ", more than " + most,
                    "Part it into graphs that run each other as sub-graphs");
        }
    }

    private void head(Map<String, @Nullable Object> json) {
        for (String name : List.of("id", "name", "description")) {
            text(json, "", name);
        }
        for (String name : List.of("schemaVersion", "version", "maxSteps")) {
            whole(json, "", name);
        }
        if (json.get("edges") != null && !(json.get("edges") instanceof List)) {
            mistake("/edges", json.get("edges"), "a list");
        }
    }

    private void node(Map<String, @Nullable Object> node, String place) {
        text(node, place, "id");
        text(node, place, "type");
        whole(node, place, "typeVersion");
        Map<String, @Nullable Object> position = object(node, place, "position");
        number(position, place + "/position", "x");
        number(position, place + "/position", "y");
        Map<String, @Nullable Object> data = object(node, place, "data");
        text(data, place + "/data", "title");
        object(data, place + "/data", "config");
    }

    private void edge(Map<String, @Nullable Object> edge, String place) {
        for (String name : List.of("id", "source", "sourceHandle", "target", "targetHandle")) {
            text(edge, place, name);
        }
    }

    private void all(Map<String, @Nullable Object> json, String name, ObjectCheck check) {
        if (json.get(name) instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                String place = "/" + name + "/" + i;
                if (list.get(i) instanceof Map<?, ?>) {
                    check.check(asObject(list.get(i)), place);
                } else {
                    mistake(place, list.get(i), "an object");
                }
            }
        }
    }

    private void text(Map<String, @Nullable Object> object, String place, String name) {
        Object value = object.get(name);
        if (value != null && !(value instanceof String)) {
            mistake(place + "/" + name, value, "text");
        }
    }

    private void whole(Map<String, @Nullable Object> object, String place, String name) {
        Object value = object.get(name);
        if (value != null && !(value instanceof Long number && number >= 1 && number <= Integer.MAX_VALUE)) {
            mistake(place + "/" + name, value, "a whole number from 1");
        }
    }

    private void number(Map<String, @Nullable Object> object, String place, String name) {
        Object value = object.get(name);
        if (value != null && !(value instanceof Number)) {
            mistake(place + "/" + name, value, "a number");
        }
    }

    private Map<String, @Nullable Object> object(Map<String, @Nullable Object> object, String place, String name) {
        Object value = object.get(name);
        if (value != null && !(value instanceof Map)) {
            mistake(place + "/" + name, value, "an object");
        }
        return asObject(value);
    }

    @SuppressWarnings("unchecked") // names of JSON objects are text
    private static Map<String, @Nullable Object> asObject(@Nullable Object value) {
        return value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of();
    }

    private void mistake(String place, @Nullable Object value, String wanted) {
        mistakes.add(place + " is " + JsonValues.described(value) + ", must be " + wanted);
    }

    private void requireNone() {
        if (mistakes.isEmpty()) {
            return;
        }
        int left = mistakes.size() - SHOWN;
        throw new StudioException(
                ErrorCode.FILE_MALFORMED,
                "This is not the JSON of a graph: "
                        + String.join("; ", mistakes.subList(0, Math.min(SHOWN, mistakes.size())))
                        + (left > 0 ? "; and " + left + " more" : ""),
                "Mend these members, or leave them out");
    }

    @FunctionalInterface
    private interface ObjectCheck {
        void check(Map<String, @Nullable Object> object, String place);
    }
}
