package dev.datastudio.agents.graph.internal;

import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which node of a saved graph, or of one inside of it, a node of the engine belongs to. The engine's {@code
 * sub.graph/each.item[3]/greet} is the place {@code sub/each/greet}: the ids on the way there, which have no dots.
 */
final class Places {
    private Places() {}

    /** The place of a node of the engine. */
    static String of(String name) {
        StringBuilder place = new StringBuilder();
        for (String part : name.split("/", -1)) {
            place.append(place.length() == 0 ? "" : "/").append(id(part));
        }
        return place.toString();
    }

    private static String id(String part) {
        int bracket = part.indexOf('[');
        String plain = bracket < 0 ? part : part.substring(0, bracket);
        int dot = plain.indexOf('.');
        return dot < 0 ? plain : plain.substring(0, dot);
    }

    /** The id of the saved graph's own node that a node of the engine belongs to. */
    static String top(String name) {
        return around(of(name)).get(0);
    }

    /** Whether a place is inside of another node. */
    static boolean isInner(String place) {
        return place.indexOf('/') >= 0;
    }

    /** A place and those that it is inside of, the outermost first. */
    static List<String> around(String place) {
        List<String> around = new ArrayList<>();
        for (int slash = place.indexOf('/'); slash >= 0; slash = place.indexOf('/', slash + 1)) {
            around.add(place.substring(0, slash));
        }
        around.add(place);
        return around;
    }

    /** Whether a node of the engine is a saved node, and not one of those that run another graph for it. */
    static boolean isNode(String name) {
        return last(name).indexOf('.') < 0;
    }

    /** Whether a node of the engine is the last one of a saved node that runs another graph. */
    static boolean isEnd(String name) {
        return last(name).endsWith(".results");
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The saved node at a place. */
    static Optional<SavedNode> node(SavedGraph graph, String place) {
        int slash = place.indexOf('/');
        if (slash < 0) {
            return graph.node(place);
        }
        return graph.node(place.substring(0, slash))
                .filter(node -> node.config().all().get("graph") instanceof Map)
                .map(node -> SavedGraph.from(node.config().object("graph")))
                .flatMap(inner -> node(inner, place.substring(slash + 1)));
    }
}
