package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.internal.KeptAnswer.Validity;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The question graph: plan, then each step of the plan side by side, then the answer; or straight to an explanation
 * when there is no plan.
 *
 * <pre>
 * start → plan ─ planned → split ⇉ step ⇉ answer → end
 *              └ else → explain → end
 * </pre>
 */
final class AskGraph {
    private static final LastChannel<AskTask> TASK = Channel.last("task", AskTask.class);
    private static final LastChannel<Understanding> UNDERSTOOD = Channel.last("understood", Understanding.class);
    private static final AppendChannel<FinishedStep> STEPS = Channel.append("steps", FinishedStep.class);
    private static final LastChannel<Answer> ANSWER = Channel.last("answer", Answer.class);
    private static final LastChannel<Validity> VALIDITY = Channel.last("validity", Validity.class, Validity.ALWAYS);

    /** What goes in. */
    record Input(AskTask task) {}

    /** What comes out. */
    record Output(Answer answer, Validity validity) {}

    /** What a node of the graph is given for one step of the plan. */
    record NumberedStep(int number, Step step, StepName name, StepProgress progress) {}

    private AskGraph() {}

    /** The graph over the parts that do the work. */
    static Graph<Input, Output> of(
            BiFunction<AskTask, Cancellation, Understanding> planner, StepWorker worker, AnswerWriter writer) {
        return Graph.define("ask", 1)
                .input(Input.class)
                .output(Output.class)
                .channels(TASK, UNDERSTOOD, STEPS, ANSWER, VALIDITY)
                .node("plan", (view, context) -> {
                    Understanding understood = planner.apply(view.get(TASK), context.cancellation());
                    return Update.of(UNDERSTOOD.set(understood), VALIDITY.set(validity(understood)));
                })
                .node("split", (view, context) -> Update.none())
                .node("step", (view, context) -> {
                    NumberedStep step = context.input(NumberedStep.class);
                    FinishedStep finished = worker.work(view.get(TASK), step, context.cancellation());
                    step.progress().stepDone();
                    return Update.of(STEPS.add(finished));
                })
                .node(
                        "answer",
                        (view, context) -> Update.of(
                                ANSWER.set(writer.answered(view.get(TASK), view.get(UNDERSTOOD), view.get(STEPS)))))
                .node(
                        "explain",
                        (view, context) ->
                                Update.of(ANSWER.set(writer.explained(view.get(TASK), view.get(UNDERSTOOD)))))
                .edge(Graph.START, "plan")
                .when("plan", Route.on(AskGraph::isPlanned).then("split").otherwise("explain"))
                .fanOut("split", AskGraph::numberedSteps, "step")
                .edge("step", "answer")
                .edge("answer", Graph.END)
                .edge("explain", Graph.END)
                .build();
    }

    private static Validity validity(Understanding understood) {
        return understood.isPlanned() && understood.planned().plan().isRelativeToToday()
                ? Validity.THIS_DAY
                : Validity.ALWAYS;
    }

    private static boolean isPlanned(View view) {
        return view.get(UNDERSTOOD).isPlanned();
    }

    private static PlanOutcome.Planned planned(View view) {
        return view.get(UNDERSTOOD).planned();
    }

    private static List<NumberedStep> numberedSteps(View view) {
        AnalysisPlan plan = planned(view).plan();
        List<StepName> names = StepName.of(plan, view.get(TASK).datasets());
        StepProgress progress = new StepProgress(view.get(TASK).options().progress(), names.size());
        List<NumberedStep> numbered = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            numbered.add(new NumberedStep(i, plan.steps().get(i), names.get(i), progress));
        }
        return numbered;
    }
}
