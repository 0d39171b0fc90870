/**
 * Drawings of graphs, as Mermaid text and as SVG: {@link dev.datastudio.graph.draw.GraphDrawing}.
 *
 * <pre>{@code
 * Files.writeString(Path.of("graph.svg"), GraphDrawing.svg(graph));
 * }</pre>
 */
@NullMarked
package dev.datastudio.graph.draw;

import org.jspecify.annotations.NullMarked;
