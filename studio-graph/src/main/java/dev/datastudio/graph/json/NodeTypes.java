package dev.datastudio.graph.json;

import dev.datastudio.graph.json.internal.StandardTypes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of nodes that saved graphs may use. Immutable. */
public final class NodeTypes {
    private static final NodeTypes NONE = new NodeTypes(Map.of());

    private final Map<String, NodeType> types;

    private NodeTypes(Map<String, NodeType> types) {
        this.types = types;
    }

    /** No types. */
    public static NodeTypes none() {
        return NONE;
    }

    /**
     * The types of this module: {@code text.input}, {@code template}, {@code condition}, {@code map}, {@code sub-graph}
     * and {@code text.output}.
     */
    public static NodeTypes standard() {
        return NONE.with(StandardTypes.all().toArray(NodeType[]::new));
    }

    /**
     * These and some more.
     *
     * @throws IllegalArgumentException if two have one id
     */
    public NodeTypes with(NodeType... more) {
        Map<String, NodeType> all = new LinkedHashMap<>(types);
        for (NodeType type : more) {
            if (all.putIfAbsent(type.id(), type) != null) {
                throw new IllegalArgumentException(
                        "node types must have ids of their own, two are '" + type.id() + "'");
            }
        }
        return new NodeTypes(Collections.unmodifiableMap(all));
    }

    /** The type of an id. */
    public Optional<NodeType> find(String id) {
        return Optional.ofNullable(types.get(id));
    }

    /** All types, in the order they were added. */
    public List<NodeType> all() {
        return List.copyOf(types.values());
    }

    @Override
    public String toString() {
        return types.keySet().toString();
    }
}
