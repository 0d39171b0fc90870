/**
 * Graphs of an organisation: kept, versioned and run in a studio. {@link dev.datastudio.agents.graph.SavedGraphs} keeps
 * them, {@link dev.datastudio.agents.graph.GraphNodeTypes} says of which nodes they may be made.
 *
 * <pre>{@code
 * SavedGraphs graphs = SavedGraphs.of(studio).as(caller);
 * GraphDraft draft = graphs.create("Summary", GraphJson.read(json));
 * GraphVersion first = graphs.publish(draft.id(), "as shown to the board");
 * }</pre>
 */
@NullMarked
package dev.datastudio.agents.graph;

import org.jspecify.annotations.NullMarked;
