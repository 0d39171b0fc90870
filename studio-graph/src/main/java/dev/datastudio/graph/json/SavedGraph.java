package dev.datastudio.graph.json;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.json.internal.Fields;
import dev.datastudio.graph.json.internal.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A graph as an editor saves it, in the shape of React Flow: nodes with an id, a type, a position and data, and edges
 * between their handles. What is unknown or wrong in it is kept; {@link GraphCompiler#problems} explains it. Immutable.
 */
public final class SavedGraph {
    /** The version of this form; a graph that says a higher one was written by a newer Studio. */
    public static final int SCHEMA_VERSION = 1;

    private final Fields fields;
    private final List<SavedNode> nodes;
    private final List<SavedEdge> edges;

    /** @param fields of the right shape; its nodes and edges only keep the place of the lists */
    private SavedGraph(Fields fields, List<SavedNode> nodes, List<SavedEdge> edges) {
        this.nodes = List.copyOf(nodes);
        this.edges = List.copyOf(edges);
        Fields whole = fields.with(
                "nodes", nodes.stream().map(node -> node.json().all()).toList());
        this.fields = edges.isEmpty() && fields.map().get("edges") == null
                ? whole
                : whole.with(
                        "edges", edges.stream().map(edge -> edge.json().all()).toList());
    }

    /** A new graph without nodes. */
    public static SavedGraph named(String name) {
        Fields head = Fields.none()
                .with("schemaVersion", SCHEMA_VERSION)
                .with("name", Objects.requireNonNull(name, "name"))
                .with("version", 1);
        return new SavedGraph(head, List.of(), List.of());
    }

    /**
     * The graph that a JSON object is.
     *
     * @throws StudioException with code FILE_MALFORMED if it has not the shape of a graph; LIMIT_EXCEEDED if it has more
     *     nodes or edges than {@link GraphJson} takes
     */
    public static SavedGraph from(Values json) {
        Shape.requireGraph(json.all());
        return new SavedGraph(
                new Fields(json.all()),
                Shape.objects(json.all(), "nodes").map(SavedNode::new).toList(),
                Shape.objects(json.all(), "edges").map(SavedEdge::new).toList());
    }

    /** The version of the form that it was written in; {@link #SCHEMA_VERSION} when it says none. */
    public int schemaVersion() {
        return fields.whole("schemaVersion").orElse(SCHEMA_VERSION);
    }

    /** What it is known by where it is stored, if it says so. */
    public Optional<String> id() {
        return fields.text("id");
    }

    /** What people call it; empty when it has no name. */
    public String name() {
        return fields.text("name").orElse("");
    }

    /** Which version of the graph this is; 1 when it says none. */
    public int version() {
        return fields.whole("version").orElse(1);
    }

    /** What it is for; empty when it says nothing. */
    public String description() {
        return fields.text("description").orElse("");
    }

    /** After how many super-steps a run is ended as endless, if it says so. */
    public OptionalInt maxSteps() {
        return fields.whole("maxSteps");
    }

    /** The nodes, in their order. */
    public List<SavedNode> nodes() {
        return nodes;
    }

    /** The edges, in their order. */
    public List<SavedEdge> edges() {
        return edges;
    }

    /** The first node of an id. */
    public Optional<SavedNode> node(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }

    /** All of it, as it is written. */
    public Values json() {
        return fields.values();
    }

    /** The same graph with one more node. */
    public SavedGraph plus(SavedNode node) {
        return new SavedGraph(
                fields, Stream.concat(nodes.stream(), Stream.of(node)).toList(), edges);
    }

    /** The same graph with one more edge. */
    public SavedGraph plus(SavedEdge edge) {
        return new SavedGraph(
                fields, nodes, Stream.concat(edges.stream(), Stream.of(edge)).toList());
    }

    /** The same graph with a node in place of the first one of its id; added when there is none. */
    public SavedGraph with(SavedNode node) {
        List<SavedNode> changed = new ArrayList<>(nodes);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).id().equals(node.id())) {
                changed.set(i, node);
                return new SavedGraph(fields, changed, edges);
            }
        }
        return plus(node);
    }

    /** The same graph with these nodes instead. */
    public SavedGraph withNodes(List<SavedNode> others) {
        return new SavedGraph(fields, others, edges);
    }

    /** The same graph with one member of its head replaced or added, such as {@code description}. */
    public SavedGraph withHead(String member, @Nullable Object value) {
        if (member.equals("nodes") || member.equals("edges")) {
            throw new IllegalArgumentException("member must not be 'nodes' or 'edges'; use plus and with");
        }
        Fields changed = fields.with(member, value);
        Shape.requireGraph(changed.map());
        return new SavedGraph(changed, nodes, edges);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SavedGraph graph && fields.equals(graph.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return "SavedGraph '" + name() + "' of " + nodes.size() + " nodes and " + edges.size() + " edges";
    }
}
