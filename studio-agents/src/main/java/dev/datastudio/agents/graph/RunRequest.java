package dev.datastudio.agents.graph;

import dev.datastudio.graph.json.Values;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is to be run. Immutable; begins at {@link #of}.
 *
 * @param graph the id of the graph
 * @param version the number of a version; empty for the draft
 * @param inputs values of the graph's inputs, by their names
 * @param part how much of the graph
 * @param node where the part is; empty for the whole graph
 */
public record RunRequest(String graph, OptionalInt version, Values inputs, Part part, String node) {
    /** How much of a graph is run. */
    public enum Part {
        /** All of it. */
        WHOLE,
        /**
         * One node. What leads to it is not run again where its outputs of the latest run are kept and nothing that they
         * were made from has changed.
         */
        NODE,
        /** One node and what comes after it; what leads there as for {@link #NODE}. */
        FROM_NODE
    }

    /** @throws IllegalArgumentException if a part has no node, or the whole graph has one */
    public RunRequest {
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(part, "part");
        if (node.isEmpty() != (part == Part.WHOLE)) {
            throw new IllegalArgumentException(
                    "node must be given for a part, and for a part only, was '" + node + "'");
        }
    }

    /** The draft of a graph, without inputs. */
    public static RunRequest of(String graph) {
        return new RunRequest(graph, OptionalInt.empty(), Values.none(), Part.WHOLE, "");
    }

    /** With these inputs. */
    public RunRequest given(Map<String, ? extends @Nullable Object> values) {
        return new RunRequest(graph, version, Values.of(values), part, node);
    }

    /** In this version. */
    public RunRequest version(int number) {
        return new RunRequest(graph, OptionalInt.of(number), inputs, part, node);
    }

    /** One node. */
    public RunRequest only(String id) {
        return new RunRequest(graph, version, inputs, Part.NODE, id);
    }

    /** One node and what comes after it. */
    public RunRequest from(String id) {
        return new RunRequest(graph, version, inputs, Part.FROM_NODE, id);
    }
}
