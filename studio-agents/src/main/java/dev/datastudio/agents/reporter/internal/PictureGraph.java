package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.ReportForm;
import dev.datastudio.agents.reporter.TraceStep;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The graph that shows rows.
 *
 * <pre>
 * start → form ─ chart → kind → fill → validate ─ valid → final → end
 *             │            ↑                    ├ invalid ┐
 *             │            └────────────────────┼─────────┘
 *             │                                 └ invalid too often → final
 *             └ text, table → final
 * </pre>
 */
public final class PictureGraph {
    static final LastChannel<ReportTask> TASK = Channel.last("task", ReportTask.class);
    static final LastChannel<String> QUESTION = Channel.last("question", String.class);
    static final LastChannel<QueryResult> ROWS = Channel.last("rows", QueryResult.class);
    static final LastChannel<ReportForm> FORM = Channel.last("form", ReportForm.class);
    static final LastChannel<ChartSpec> SPEC = Channel.last("spec", ChartSpec.class);
    static final LastChannel<Filled> FILLED = Channel.last("filled", Filled.class);
    static final LastChannel<Integer> TRIED = Channel.last("tried", Integer.class, 0);
    static final LastChannel<String> PROBLEM = Channel.last("problem", String.class, "");
    static final LastChannel<Visual> VISUAL = Channel.last("visual", Visual.class);
    static final AppendChannel<TraceStep> TRACE = Channel.append("trace", TraceStep.class);

    /** What goes in: rows, and what was asked to get them. */
    public record Input(ReportTask task, String question, QueryResult rows) {}

    /** What comes out. */
    public record Output(Visual visual, List<TraceStep> trace) {}

    /**
     * How rows are shown. Immutable.
     *
     * @param chart null without one
     * @param notes why it is no chart although one was tried; whole sentences
     */
    public record Visual(ReportForm form, @Nullable Chart chart, List<String> notes) {
        public Visual {
            notes = List.copyOf(notes);
        }
    }

    /** A chart with its values, or why it has none. */
    record Filled(@Nullable ChartFiller chart) {}

    private PictureGraph() {}

    /** The graph. */
    public static Graph<Input, Output> graph() {
        PictureSteps steps = new PictureSteps();
        return Graph.define("picture", 1)
                .input(Input.class)
                .output(Output.class)
                .channels(TASK, QUESTION, ROWS, FORM, SPEC, FILLED, TRIED, PROBLEM, VISUAL, TRACE)
                .node("form", steps::form)
                .node("kind", steps::kind)
                .node("fill", steps::fill)
                .node("validate", steps::validate)
                .node("final", steps::last)
                .edge(Graph.START, "form")
                .when("form", ReportGraph.either(view -> view.get(FORM) == ReportForm.CHART, "kind", "final"))
                .edge("kind", "fill")
                .edge("fill", "validate")
                .when("validate", ReportGraph.either(PictureGraph::triesAgain, "kind", "final"))
                .edge("final", Graph.END)
                .build();
    }

    private static boolean triesAgain(View view) {
        return !view.get(PROBLEM).isEmpty()
                && view.get(TRIED) < view.get(TASK).options().charts();
    }
}
