package dev.datastudio.graph.draw;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.draw.internal.Mermaid;
import dev.datastudio.graph.draw.internal.Picture;
import dev.datastudio.graph.draw.internal.Svg;
import dev.datastudio.graph.json.SavedGraph;

/**
 * Draws graphs. Names and titles are escaped, so that a drawing of a hostile graph holds no markup of its own; an SVG has
 * no script, no link and no font of its own, and turns dark where the page is dark. Thread-safe.
 *
 * <p>A dashed edge is taken when a route or a branch chooses it, a thick one once for each element of a list.
 */
public final class GraphDrawing {
    private GraphDrawing() {}

    /** A Mermaid flowchart, from top to bottom. */
    public static String mermaid(Graph<?, ?> graph) {
        return Mermaid.write(Picture.of(graph));
    }

    /** A Mermaid flowchart, from left to right. Nodes that edges name but that are not there are shown as missing. */
    public static String mermaid(SavedGraph graph) {
        return Mermaid.write(Picture.of(graph));
    }

    /** An SVG document with the nodes in layers from top to bottom, as long as the longest way. */
    public static String svg(Graph<?, ?> graph) {
        return Svg.write(Picture.of(graph));
    }

    /**
     * An SVG document with the nodes where the editor has put them; in layers from left to right when they would cover each
     * other there.
     */
    public static String svg(SavedGraph graph) {
        return Svg.write(Picture.of(graph));
    }
}
