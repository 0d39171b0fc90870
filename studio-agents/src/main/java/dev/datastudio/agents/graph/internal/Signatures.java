package dev.datastudio.agents.graph.internal;

import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.NodeTypes;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What each node of a graph computes with some inputs, as a hash of its kind, its configuration and all that leads to it:
 * as long as it is the same, what the node gave before counts. Not thread-safe.
 */
final class Signatures {
    private static final String LOOP = "loop";

    private final SavedGraph graph;
    private final Function<SavedNode, Optional<String>> given;
    private final Map<String, String> known = new HashMap<>();

    /** @param given of a node that is an input of the graph what it is given, in any form; empty for all others */
    Signatures(SavedGraph graph, Function<SavedNode, Optional<String>> given) {
        this.graph = graph;
        this.given = given;
        graph.nodes().forEach(node -> of(node.id())); // in one order always, since on a loop it matters
    }

    String of(String nodeId) {
        String before = known.get(nodeId);
        if (before != null) {
            return before;
        }
        known.put(nodeId, LOOP);
        String made = graph.node(nodeId).map(this::made).orElse("");
        known.put(nodeId, made);
        return made;
    }

    private String made(SavedNode node) {
        return hash(config(node) + '\n' + given.apply(node).orElse("") + leadingTo(node.id()));
    }

    private String leadingTo(String nodeId) {
        StringBuilder text = new StringBuilder();
        for (SavedEdge edge : graph.edges()) {
            if (edge.target().equals(nodeId)) {
                text.append('\n')
                        .append(edge.targetHandle().orElse(""))
                        .append('<')
                        .append(edge.sourceHandle().orElse(""))
                        .append('<')
                        .append(of(edge.source()));
            }
        }
        return text.toString();
    }

    /**
     * Those of the graph that stands in a node, whose inputs are given what leads to that node.
     *
     * @param types with the kinds of its nodes
     */
    Signatures inside(SavedNode around, NodeTypes types) {
        Optional<String> given = Optional.of(hash(leadingTo(around.id())));
        return new Signatures(
                Wires.graphIn(around).orElseThrow(),
                node -> types.find(node.type())
                        .filter(type -> type.role() == NodeType.Role.INPUT)
                        .flatMap(input -> given));
    }

    /** A hash of the kind and the configuration of a node alone. */
    static String config(SavedNode node) {
        return hash(node.type() + " " + node.typeVersion() + " " + node.config().toJson());
    }

    static String hash(Values values) {
        return hash(values.toJson());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
