package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.Report;
import dev.datastudio.agents.reporter.TraceStep;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.Mapping;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The reporter's graph.
 *
 * <pre>
 * start ─ no model → planner → end
 *       └ model → screen ─ irrelevant → reply → end
 *                        └ relevant → summarise → decide ─ conversation → converse → end
 *                                                        └ SQL, chart → write ─ nothing → explain → end
 *                                                                             └ statement → run
 * run ─ error → repair → run     run ─ no rows → rethink → run     run ─ rows → visualise → answer → end
 *     └ too often → explain          └ too often → empty → end
 * </pre>
 */
public final class ReportGraph {
    static final LastChannel<ReportTask> TASK = Channel.last("task", ReportTask.class);
    static final LastChannel<Screening> SCREENED = Channel.last("screened", Screening.class);
    static final LastChannel<String> SUMMARY = Channel.last("summary", String.class, "");
    static final LastChannel<String> CONTEXT = Channel.last("context", String.class, "");
    static final LastChannel<Need> NEED = Channel.last("need", Need.class);
    static final LastChannel<String> QUESTION = Channel.last("question", String.class, "");
    static final LastChannel<Draft> DRAFT = Channel.last("draft", Draft.class);
    static final LastChannel<Ran> RAN = Channel.last("ran", Ran.class);
    static final AppendChannel<String> STATEMENTS = Channel.append("statements", String.class);
    static final LastChannel<Integer> RULES = Channel.last("rules", Integer.class, 0);
    static final LastChannel<Integer> REPAIRS = Channel.last("repairs", Integer.class, 0);
    static final LastChannel<Integer> RETHINKS = Channel.last("rethinks", Integer.class, 0);
    static final LastChannel<PictureGraph.Visual> VISUAL = Channel.last("visual", PictureGraph.Visual.class);
    static final LastChannel<Report> REPORT = Channel.last("report", Report.class);
    static final AppendChannel<String> NOTES = Channel.append("notes", String.class);
    static final AppendChannel<TraceStep> TRACE = Channel.append("trace", TraceStep.class);

    /** What goes in. */
    public record Input(ReportTask task) {}

    /** What comes out; the trace is not in the report yet. */
    public record Output(Report report, List<TraceStep> trace) {}

    /** What a message is: worth an answer, or of nothing that the tables hold. */
    record Screening(boolean isRelevant, String reply) {}

    /** What a message needs. */
    enum Need {
        /** Rows that were not read yet. */
        SQL,
        /** Another picture of rows that were read before. */
        CHART,
        /** Nothing but the conversation. */
        CONVERSATION
    }

    private ReportGraph() {}

    /** The graph. */
    public static Graph<Input, Output> graph() {
        ConversationSteps conversation = new ConversationSteps();
        RunSteps running = new RunSteps();
        EndSteps ends = new EndSteps();
        return Graph.define("reporter", 1)
                .input(Input.class)
                .output(Output.class)
                .channels(
                        TASK,
                        SCREENED,
                        SUMMARY,
                        CONTEXT,
                        NEED,
                        QUESTION,
                        DRAFT,
                        RAN,
                        STATEMENTS,
                        RULES,
                        REPAIRS,
                        RETHINKS,
                        VISUAL,
                        REPORT,
                        NOTES,
                        TRACE)
                .node("begin", (view, context) -> Update.none())
                .node("planner", ends::planner)
                .node("screen", conversation::screen)
                .node("reply", ends::reply)
                .node("summarise", conversation::summarise)
                .node("decide", conversation::decide)
                .node("converse", conversation::converse)
                .subgraph("write", SqlGraph.graph(), Mapping.of(ReportGraph::toWrite, ReportGraph::written))
                .node("run", running::run)
                .node("repair", running::repair)
                .node("rethink", running::rethink)
                .subgraph("visualise", PictureGraph.graph(), Mapping.of(ReportGraph::toShow, ReportGraph::shown))
                .node("answer", ends::answer)
                .node("empty", ends::empty)
                .node("explain", ends::explain)
                .edge(Graph.START, "begin")
                .when("begin", either(view -> view.get(TASK).model() == null, "planner", "screen"))
                .when("screen", either(view -> view.get(SCREENED).isRelevant(), "summarise", "reply"))
                .edge("summarise", "decide")
                .when("decide", either(view -> view.get(NEED) == Need.CONVERSATION, "converse", "write"))
                .when("write", either(ReportGraph::isWritten, "run", "explain"))
                .when("run", Route.by(ReportGraph::afterRun).to("visualise", "repair", "rethink", "empty", "explain"))
                .when("repair", either(ReportGraph::isWritten, "run", "explain"))
                .when("rethink", either(ReportGraph::isWritten, "run", "empty"))
                .edge("visualise", "answer")
                .edge("planner", Graph.END)
                .edge("reply", Graph.END)
                .edge("converse", Graph.END)
                .edge("answer", Graph.END)
                .edge("empty", Graph.END)
                .edge("explain", Graph.END)
                .build();
    }

    /** One of two nodes, whose names say what was decided. */
    static Route either(Predicate<View> test, String one, String other) {
        return Route.by(view -> test.test(view) ? one : other).to(one, other);
    }

    private static SqlGraph.Input toWrite(View view, NodeContext context) {
        return new SqlGraph.Input(view.get(TASK), view.get(QUESTION), view.get(CONTEXT));
    }

    private static Update written(SqlGraph.Output output) {
        List<Write> writes = new ArrayList<>(List.of(DRAFT.set(output.draft())));
        output.notes().forEach(note -> writes.add(NOTES.add(note)));
        output.trace().forEach(step -> writes.add(TRACE.add(step)));
        return Update.of(writes);
    }

    private static PictureGraph.Input toShow(View view, NodeContext context) {
        return new PictureGraph.Input(
                view.get(TASK), view.get(QUESTION), view.get(RAN).rows());
    }

    private static Update shown(PictureGraph.Output output) {
        List<Write> writes = new ArrayList<>(List.of(VISUAL.set(output.visual())));
        output.trace().forEach(step -> writes.add(TRACE.add(step)));
        return Update.of(writes);
    }

    private static boolean isWritten(View view) {
        return view.get(DRAFT).isWritten();
    }

    private static String afterRun(View view) {
        Ran ran = view.get(RAN);
        ReportTask task = view.get(TASK);
        if (ran.kind() == Ran.Kind.ROWS) {
            return "visualise";
        } else if (ran.kind() == Ran.Kind.EMPTY) {
            return view.get(RETHINKS) < task.options().rethinks() ? "rethink" : "empty";
        }
        boolean left = view.get(RULES) < task.options().rules()
                || view.get(REPAIRS) < task.options().repairs();
        return ran.isMendable() && left ? "repair" : "explain";
    }
}
