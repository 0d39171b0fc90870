/**
 * A graph engine of super-steps over typed channels: {@link dev.datastudio.graph.Graph#define} a graph, run it with an
 * {@link dev.datastudio.graph.run.Engine}.
 *
 * <pre>{@code
 * record In(String question) {}
 * record Out(List<String> findings) {}
 *
 * static final LastChannel<String> QUESTION = Channel.last("question", String.class);
 * static final AppendChannel<String> FINDINGS = Channel.append("findings", String.class);
 *
 * Graph<In, Out> graph = Graph.define("ask", 1)
 *         .input(In.class)
 *         .output(Out.class)
 *         .channels(QUESTION, FINDINGS)
 *         .node("sql", (view, context) -> Update.of(FINDINGS.add("rows for " + view.get(QUESTION))))
 *         .node("chart", (view, context) -> Update.of(FINDINGS.add("chart for " + view.get(QUESTION))))
 *         .node("check", (view, context) -> Update.of(FINDINGS.add(view.get(FINDINGS).size() + " checked")))
 *         .edge(Graph.START, "sql")
 *         .edge(Graph.START, "chart")
 *         .edge("sql", "check")
 *         .edge("chart", "check")
 *         .edge("check", Graph.END)
 *         .build();
 *
 * try (Engine engine = Engine.create()) {
 *     Out out = engine.run(graph, new In("sales by month"));
 * }
 * }</pre>
 */
@NullMarked
package dev.datastudio.graph;

import org.jspecify.annotations.NullMarked;
