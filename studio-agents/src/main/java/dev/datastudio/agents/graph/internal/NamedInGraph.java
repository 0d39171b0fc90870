package dev.datastudio.agents.graph.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How nodes name a thing: by its id anywhere in their configuration, or by its name in those members alone that the
 * schema of their type says to hold such names, since a name may be any word.
 *
 * @param format of those members, such as {@code dataset-id}; that of a list of them has an {@code s} more
 * @param ids found anywhere, so UUIDs
 * @param names found where the schema says so
 */
public record NamedInGraph(String format, Set<String> ids, Set<String> names) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether a node of the graph, or of one that stands inside of a node, names it. */
    public boolean isIn(SavedGraph graph, NodeTypes types) {
        return graph.nodes().stream()
                .anyMatch(node -> holds(node.config().all(), ids)
                        || isNamedIn(
                                node,
                                types.find(node.type())
                                        .map(NodeType::configSchema)
                                        .orElse("{}"))
                        || Wires.graphIn(node)
                                .filter(inner -> isIn(inner, types))
                                .isPresent());
    }

    /** Whether it is among some values, as its id or its name. */
    boolean isAmong(Values values) {
        return holds(values.all(), ids) || holds(values.all(), names);
    }

    private boolean isNamedIn(SavedNode node, String schema) {
        if (names.isEmpty()) {
            return false;
        }
        Map<String, @Nullable Object> config = node.config().all();
        return properties(schema)
                .propertyStream()
                .filter(property -> {
                    String given = property.getValue().path("format").asText();
                    return given.equals(format) || given.equals(format + "s");
                })
                .anyMatch(property -> holds(config.get(property.getKey()), names));
    }

    private static JsonNode properties(String schema) {
        try {
            return JSON.readTree(schema).path("properties");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The schema of a node type was read when it was defined", e);
        }
    }

    private static boolean holds(@Nullable Object value, Set<String> wanted) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(each -> holds(each, wanted));
        } else if (value instanceof Iterable<?> list) {
            for (Object each : list) {
                if (holds(each, wanted)) {
                    return true;
                }
            }
            return false;
        }
        return value instanceof String text && wanted.contains(text);
    }
}
