package dev.datastudio.graph.json;

import dev.datastudio.graph.json.internal.Fields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An edge of a saved graph, from an output of one node to an input of another: a JSON object whose known members can be
 * read by name and whose other members are kept as they came. Immutable.
 */
public final class SavedEdge {
    private final Fields fields;

    SavedEdge(Fields fields) {
        this.fields = fields;
    }

    /** A new edge between ports; its id is made of their names. */
    public static SavedEdge between(String source, String sourceHandle, String target, String targetHandle) {
        return new SavedEdge(Fields.none()
                .with("id", source + "." + sourceHandle + "-" + target + "." + targetHandle)
                .with("source", source)
                .with("sourceHandle", sourceHandle)
                .with("target", target)
                .with("targetHandle", targetHandle));
    }

    /** Its own name; empty when it has none. */
    public String id() {
        return fields.text("id").orElse("");
    }

    /** The id of the node that it comes from; empty when it says none, which is a problem. */
    public String source() {
        return fields.text("source").orElse("");
    }

    /** The output that it comes from; empty for the only one that the node has. */
    public Optional<String> sourceHandle() {
        return fields.text("sourceHandle");
    }

    /** The id of the node that it leads to; empty when it says none, which is a problem. */
    public String target() {
        return fields.text("target").orElse("");
    }

    /** The input that it leads to; empty for the only one that the node has. */
    public Optional<String> targetHandle() {
        return fields.text("targetHandle");
    }

    /** All of it, as it is written. */
    public Values json() {
        return fields.values();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SavedEdge edge && fields.equals(edge.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
