package dev.datastudio.graph.draw.internal;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.GraphEdge;
import dev.datastudio.graph.json.SavedEdge;
import dev.datastudio.graph.json.SavedGraph;
import dev.datastudio.graph.json.SavedNode;
import dev.datastudio.graph.json.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is drawn of a graph. Immutable.
 *
 * @param flow which way the layers follow each other
 * @param places where each box lies, when the graph says so
 */
public record Picture(String title, Flow flow, List<Box> boxes, List<Link> links, Optional<List<Place>> places) {
    private static final double MIN_SIZE = 40;
    private static final double MAX_SIZE = 1_000;
    private static final double MAX_PLACE = 1e6;

    /** Which way the layers follow each other. */
    enum Flow {
        DOWN,
        RIGHT
    }

    /** What a box stands for. */
    enum Form {
        START,
        STEP,
        END,
        MISSING
    }

    /** How an edge is drawn. */
    enum Line {
        PLAIN,
        BRANCH,
        EACH
    }

    /** A node: its title, and what kind it is, which may be empty. */
    record Box(String title, String kind, Form form) {}

    /** An edge between boxes, by number. */
    record Link(int from, int to, String label, Line line) {}

    /** Where a box lies: left, top, width and height. */
    record Place(double x, double y, double width, double height) {
        double centreX() {
            return x + width / 2;
        }

        double centreY() {
            return y + height / 2;
        }

        double right() {
            return x + width;
        }

        double bottom() {
            return y + height;
        }

        boolean overlaps(Place other) {
            return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
        }
    }

    /** A graph of the engine. */
    public static Picture of(Graph<?, ?> graph) {
        List<Box> boxes = new ArrayList<>(List.of(new Box("START", "", Form.START)));
        Map<String, Integer> numbers = new HashMap<>(Map.of(Graph.START, 0));
        for (String node : graph.nodes()) {
            numbers.put(node, boxes.size());
            boxes.add(new Box(node, "", Form.STEP));
        }
        numbers.put(Graph.END, boxes.size());
        boxes.add(new Box("END", "", Form.END));
        List<Link> links = new ArrayList<>();
        for (GraphEdge edge : graph.edges()) {
            int from = Objects.requireNonNull(numbers.get(edge.source()));
            int to = Objects.requireNonNull(numbers.get(edge.target()));
            links.add(new Link(from, to, label(edge), line(edge.kind())));
        }
        return new Picture(graph.name(), Flow.DOWN, boxes, links, Optional.empty());
    }

    private static String label(GraphEdge edge) {
        return switch (edge.kind()) {
            case FAN_OUT -> "for each";
            case ON_ERROR -> "on error";
            case ALWAYS, ROUTE -> edge.label();
        };
    }

    private static Line line(GraphEdge.Kind kind) {
        return switch (kind) {
            case ALWAYS -> Line.PLAIN;
            case ROUTE, ON_ERROR -> Line.BRANCH;
            case FAN_OUT -> Line.EACH;
        };
    }

    /** A saved graph. */
    public static Picture of(SavedGraph graph) {
        List<Box> boxes = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (SavedNode node : graph.nodes()) {
            numbers.putIfAbsent(node.id(), boxes.size());
            Box box = new Box(node.title().orElse(node.id()), node.type(), Form.STEP);
            boxes.add(box);
            places.add(place(node, box));
        }
        Map<String, Integer> missing = new HashMap<>();
        List<Link> links = new ArrayList<>();
        Set<String> branching = branching(graph);
        for (SavedEdge edge : graph.edges()) {
            int from = number(edge.source(), numbers, missing, boxes);
            int to = number(edge.target(), numbers, missing, boxes);
            boolean branch = branching.contains(edge.source());
            links.add(new Link(
                    from, to, branch ? edge.sourceHandle().orElse("") : "", branch ? Line.BRANCH : Line.PLAIN));
        }
        boolean usable = missing.isEmpty() && !overlapping(places);
        String title = graph.name().isEmpty() ? "Graph" : graph.name();
        return new Picture(title, Flow.RIGHT, boxes, links, usable ? Optional.of(places) : Optional.empty());
    }

    /** The nodes that have edges from more than one output. */
    private static Set<String> branching(SavedGraph graph) {
        Map<String, String> first = new HashMap<>();
        Set<String> branching = new HashSet<>();
        for (SavedEdge edge : graph.edges()) {
            String handle = edge.sourceHandle().orElse("");
            String known = first.putIfAbsent(edge.source(), handle);
            if (known != null && !known.equals(handle)) {
                branching.add(edge.source());
            }
        }
        return branching;
    }

    private static int number(String id, Map<String, Integer> numbers, Map<String, Integer> missing, List<Box> boxes) {
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        return missing.computeIfAbsent(id, name -> {
            boxes.add(new Box(name, "missing", Form.MISSING));
            return boxes.size() - 1;
        });
    }

    private static Place place(SavedNode node, Box box) {
        Text.Size size = Text.sizeOf(box);
        Values measured = node.json().find("measured").isPresent() ? measured(node) : node.json();
        return new Place(
                clamped(node.x()),
                clamped(node.y()),
                sizeOr(measured, "width", size.width()),
                sizeOr(measured, "height", size.height()));
    }

    private static Values measured(SavedNode node) {
        return node.json().find("measured").filter(Map.class::isInstance).isPresent()
                ? node.json().object("measured")
                : Values.none();
    }

    private static double sizeOr(Values values, String name, double otherwise) {
        return values.find(name)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue())
                .filter(size -> size >= MIN_SIZE && size <= MAX_SIZE)
                .orElse(otherwise);
    }

    private static double clamped(double place) {
        return Math.max(-MAX_PLACE, Math.min(MAX_PLACE, place));
    }

    private static boolean overlapping(List<Place> places) {
        List<Place> sorted = new ArrayList<>(places);
        sorted.sort((a, b) -> Double.compare(a.x(), b.x()));
        for (int i = 0; i < sorted.size(); i++) {
            for (int j = i + 1;
                    j < sorted.size() && sorted.get(j).x() < sorted.get(i).right();
                    j++) {
                if (sorted.get(i).overlaps(sorted.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }
}
