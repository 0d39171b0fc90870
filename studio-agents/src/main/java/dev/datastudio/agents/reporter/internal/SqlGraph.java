package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.TraceStep;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import java.util.List;

/**
 * The graph that writes SQL.
 *
 * <pre>
 * start → search → rerank ─ some → neighbours → schema → write → describe → end
 *            ↑        ├ none → refine ┐
 *            └────────┼───────────────┘
 *                     └ none, and refined often enough → nothing → end
 * </pre>
 */
public final class SqlGraph {
    static final LastChannel<ReportTask> TASK = Channel.last("task", ReportTask.class);
    static final LastChannel<String> QUESTION = Channel.last("question", String.class);
    static final LastChannel<String> SEARCHED = Channel.last("searched", String.class, "");
    static final LastChannel<String> CONTEXT = Channel.last("context", String.class, "");
    static final LastChannel<Integer> REFINED = Channel.last("refined", Integer.class, 0);
    static final LastChannel<TableChoice.Candidates> FOUND = Channel.last("found", TableChoice.Candidates.class);
    static final LastChannel<TableChoice> CHOSEN = Channel.last("chosen", TableChoice.class, TableChoice.NONE);
    static final LastChannel<Selection> SELECTED = Channel.last("selected", Selection.class);
    static final LastChannel<Shown> SHOWN = Channel.last("shown", Shown.class);
    static final LastChannel<Draft> DRAFT = Channel.last("draft", Draft.class);
    static final AppendChannel<String> NOTES = Channel.append("notes", String.class);
    static final AppendChannel<TraceStep> TRACE = Channel.append("trace", TraceStep.class);

    /**
     * What goes in.
     *
     * @param question a whole question, which can be understood without the conversation
     * @param context the conversation before, in short; empty for none
     */
    public record Input(ReportTask task, String question, String context) {}

    /** What comes out. */
    public record Output(Draft draft, List<String> notes, List<TraceStep> trace) {}

    private SqlGraph() {}

    /** The graph. */
    public static Graph<Input, Output> graph() {
        TableSteps tables = new TableSteps();
        WriteSteps writing = new WriteSteps();
        return Graph.define("sql", 1)
                .input(Input.class)
                .output(Output.class)
                .channels(
                        TASK, QUESTION, SEARCHED, CONTEXT, REFINED, FOUND, CHOSEN, SELECTED, SHOWN, DRAFT, NOTES, TRACE)
                .node("search", tables::search)
                .node("rerank", tables::rerank)
                .node("refine", tables::refine)
                .node("neighbours", tables::neighbours)
                .node("schema", tables::schema)
                .node("write", writing::write)
                .node("describe", writing::describe)
                .node("nothing", writing::nothing)
                .edge(Graph.START, "search")
                .edge("search", "rerank")
                .when(
                        "rerank",
                        Route.by(view -> {
                                    if (!view.get(CHOSEN).tables().isEmpty()) {
                                        return "neighbours";
                                    }
                                    int most = view.get(TASK).options().refinements();
                                    return view.get(REFINED) < most ? "refine" : "nothing";
                                })
                                .to("neighbours", "refine", "nothing"))
                .edge("refine", "search")
                .edge("neighbours", "schema")
                .edge("schema", "write")
                .edge("write", "describe")
                .edge("describe", Graph.END)
                .edge("nothing", Graph.END)
                .build();
    }
}
