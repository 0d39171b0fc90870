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
 * @param node where the part is; empty for the whole graph. A node of a graph that stands inside of another node is named
 *     with those that it is inside of, as {@code outer/inner}. Alone or up to it, only it gives something there; from it on,
 *     what comes after it there and after the nodes around it runs too. Inside of a map nothing is kept: what leads to it there
 *     runs again for each element, and from it on all of the map does
 * @param nodeInputs what that node is given instead of what edges bring it from outside of the part, by input; empty for
 *     what they bring
 * @param pins whether outputs that are pinned in the graph count
 */
public record RunRequest(
        String graph, OptionalInt version, Values inputs, Part part, String node, Values nodeInputs, Pins pins) {
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
        FROM_NODE,
        /** One node and all that leads to it, anew. */
        TO_NODE
    }

    /** What is done with outputs that are pinned in a graph, as {@code data.pinned.outputs} of their node. */
    public enum Pins {
        /** Nothing: every node runs. */
        IGNORED,
        /**
         * A pinned node is not run and gives these outputs, and what leads only to pinned nodes is not run either; inside of
         * nodes too, but not in graphs that they only name. The {@link RunRequest#node()} is run though it is pinned.
         */
        HONOURED
    }

    /** @throws IllegalArgumentException if a part has no node, or the whole graph has one or inputs of one */
    public RunRequest {
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(inputs, "inputs");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(nodeInputs, "nodeInputs");
        Objects.requireNonNull(pins, "pins");
        if (node.isEmpty() != (part == Part.WHOLE)) {
            throw new IllegalArgumentException(
                    "node must be given for a part, and for a part only, was '" + node + "'");
        }
        if (!nodeInputs.all().isEmpty() && part != Part.NODE && part != Part.FROM_NODE) {
            throw new IllegalArgumentException(
                    "nodeInputs must be given for NODE or FROM_NODE only, as nothing before the node is run then");
        }
    }

    /** The draft of a graph, without inputs; what is pinned in it is ignored. */
    public static RunRequest of(String graph) {
        return new RunRequest(graph, OptionalInt.empty(), Values.none(), Part.WHOLE, "", Values.none(), Pins.IGNORED);
    }

    /** With these inputs. */
    public RunRequest given(Map<String, ? extends @Nullable Object> values) {
        return new RunRequest(graph, version, Values.of(values), part, node, nodeInputs, pins);
    }

    /** In this version. */
    public RunRequest version(int number) {
        return new RunRequest(graph, OptionalInt.of(number), inputs, part, node, nodeInputs, pins);
    }

    /** One node. */
    public RunRequest only(String id) {
        return new RunRequest(graph, version, inputs, Part.NODE, id, nodeInputs, pins);
    }

    /** One node and what comes after it. */
    public RunRequest from(String id) {
        return new RunRequest(graph, version, inputs, Part.FROM_NODE, id, nodeInputs, pins);
    }

    /** One node and all that leads to it. */
    public RunRequest to(String id) {
        return new RunRequest(graph, version, inputs, Part.TO_NODE, id, nodeInputs, pins);
    }

    /**
     * With these inputs of the node that is run, or run from: to be called after {@link #only} or {@link #from}.
     *
     * @throws IllegalArgumentException if another part is run
     */
    public RunRequest nodeGiven(Map<String, ? extends @Nullable Object> values) {
        return new RunRequest(graph, version, inputs, part, node, Values.of(values), pins);
    }

    /** With what is pinned in the graph in place of its nodes. */
    public RunRequest withPins() {
        return new RunRequest(graph, version, inputs, part, node, nodeInputs, Pins.HONOURED);
    }
}
