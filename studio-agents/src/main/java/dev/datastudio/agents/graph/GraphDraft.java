package dev.datastudio.agents.graph;

import dev.datastudio.graph.json.SavedGraph;
import java.util.Objects;

/**
 * A graph that is kept, with what it consists of: its draft, or one of its versions. Immutable.
 *
 * @param stored what is known of it
 * @param graph its nodes and edges, with what is unknown or wrong in them
 */
public record GraphDraft(StoredGraph stored, SavedGraph graph) {
    public GraphDraft {
        Objects.requireNonNull(stored, "stored");
        Objects.requireNonNull(graph, "graph");
    }

    /** The id of the graph. */
    public String id() {
        return stored.id();
    }

    /** The revision of the draft. */
    public long revision() {
        return stored.revision();
    }
}
