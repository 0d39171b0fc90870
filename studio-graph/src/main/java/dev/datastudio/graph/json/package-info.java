/**
 * Graphs that are saved as JSON, drawn in an editor and run by the same engine: {@link
 * dev.datastudio.graph.json.GraphJson} reads and writes them, a {@link dev.datastudio.graph.json.GraphCompiler} says
 * what is wrong with one and makes a {@link dev.datastudio.graph.Graph} of it, with the {@link
 * dev.datastudio.graph.json.NodeTypes} that the host program has registered.
 *
 * <pre>{@code
 * SavedGraph saved = GraphJson.read(Path.of("greeting.json"));
 * Graph<GraphInput, GraphOutput> graph = GraphCompiler.of(NodeTypes.standard()).compile(saved);
 * try (Engine engine = Engine.create()) {
 *     Values outputs = engine.run(graph, GraphInput.of(Map.of("name", "Ada"))).values();
 * }
 * }</pre>
 *
 * <p>Reading a graph runs nothing and loads no class; what can't be understood is kept and explained.
 */
@NullMarked
package dev.datastudio.graph.json;

import org.jspecify.annotations.NullMarked;
