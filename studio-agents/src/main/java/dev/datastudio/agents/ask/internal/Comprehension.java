package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.planner.BuiltInPlanner;
import dev.datastudio.agents.planner.FollowUp;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.planner.PlanRequest;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.ArrayList;
import java.util.List;

/** Understands what is said within a conversation: a question, a change of the last answer, or the way back. */
final class Comprehension {
    private final BuiltInPlanner planner;

    Comprehension(BuiltInPlanner planner) {
        this.planner = planner;
    }

    /**
     * What became of a text.
     *
     * @param context the plans before, the oldest first; empty at the beginning
     */
    Understanding understand(PlanRequest request, List<AnalysisPlan> context) {
        boolean verified = request.vocabulary().verified(request.question()).isPresent();
        if (context.isEmpty() || verified) {
            return question(request, context);
        }
        FollowUp followUp = planner.followUp(context.get(context.size() - 1), request);
        if (followUp instanceof FollowUp.Edited edited) {
            return new Understanding(
                    edited.planned(),
                    edited.changes(),
                    with(context, edited.planned().plan()));
        } else if (followUp instanceof FollowUp.GoesBack) {
            return back(context);
        } else if (followUp instanceof FollowUp.Refused refused) {
            return new Understanding(refused.outcome(), List.of(), context);
        }
        return question(request, context);
    }

    private Understanding question(PlanRequest request, List<AnalysisPlan> context) {
        PlanOutcome outcome = planner.plan(request);
        return outcome instanceof PlanOutcome.Planned planned
                ? new Understanding(outcome, List.of(), with(context, planned.plan()))
                : new Understanding(outcome, List.of(), context);
    }

    private static Understanding back(List<AnalysisPlan> context) {
        if (context.size() < 2) {
            String reason = "There is no answer before the last one to go back to.";
            return new Understanding(new PlanOutcome.CannotAnswer(reason, List.of(), List.of()), List.of(), context);
        }
        List<AnalysisPlan> before = context.subList(0, context.size() - 1);
        AnalysisPlan plan = before.get(before.size() - 1);
        String reading = BuiltInPlanner.reading(plan);
        return new Understanding(
                new PlanOutcome.Planned(plan, reading, List.of(), 1, List.of()),
                List.of("back to the answer before"),
                before);
    }

    private static List<AnalysisPlan> with(List<AnalysisPlan> context, AnalysisPlan plan) {
        List<AnalysisPlan> all = new ArrayList<>(context);
        all.add(plan);
        return all.subList(Math.max(0, all.size() - AskOptions.MAX_CONTEXT), all.size());
    }
}
