package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.ask.ModelPlanning;
import dev.datastudio.agents.ask.ModelPlanning.Policy;
import dev.datastudio.agents.planner.BuiltInPlanner;
import dev.datastudio.agents.planner.FollowUp;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.planner.PlanRequest;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Understands what is said within a conversation: a question, a change of the last answer, or the way back; by the
 * built-in planner, by a model, or by whichever the policy says.
 */
final class Comprehension {
    private static final Set<ErrorCode> MODEL_FAILURES =
            Set.of(ErrorCode.MODEL_FAILED, ErrorCode.MODEL_REFUSED, ErrorCode.MODEL_ANSWER_INVALID);

    private final BuiltInPlanner planner;

    Comprehension(BuiltInPlanner planner) {
        this.planner = planner;
    }

    /** Questions to begin with, about a table. */
    List<String> suggestions(Dataset dataset) {
        return planner.suggestions(dataset);
    }

    /**
     * What became of a text.
     *
     * @param context the plans before, the oldest first; empty at the beginning
     * @param model a model that may read it; null for none
     */
    Understanding understand(
            PlanRequest request, List<AnalysisPlan> context, @Nullable ModelPlanning model, Cancellation cancellation) {
        if (model == null || isVerified(request) || goesBack(request, context)) {
            return builtIn(request, context);
        }
        if (model.policy() == Policy.BUILT_IN_FIRST) {
            Understanding own = builtIn(request, context);
            return own.isCertain() ? own : byModel(request, context, model, cancellation, () -> own);
        }
        return byModel(request, context, model, cancellation, () -> builtIn(request, context));
    }

    private static boolean isVerified(PlanRequest request) {
        return request.vocabulary().verified(request.question()).isPresent();
    }

    private boolean goesBack(PlanRequest request, List<AnalysisPlan> context) {
        return !context.isEmpty()
                && planner.followUp(context.get(context.size() - 1), request) instanceof FollowUp.GoesBack;
    }

    private static Understanding byModel(
            PlanRequest request,
            List<AnalysisPlan> context,
            ModelPlanning model,
            Cancellation cancellation,
            Supplier<Understanding> builtIn) {
        try {
            PlanOutcome outcome = model.planner().plan(request, context, cancellation);
            List<AnalysisPlan> plans =
                    outcome instanceof PlanOutcome.Planned planned ? with(context, planned.plan()) : context;
            return new Understanding(outcome, List.of(), plans, model.planner().name());
        } catch (StudioException e) {
            if (!MODEL_FAILURES.contains(e.code()) || model.policy() == Policy.MODEL_ONLY) {
                throw e;
            }
            Understanding own = builtIn.get();
            if (!own.isPlanned()) {
                throw e;
            }
            return own.noting("The built-in planner read the question, because the model did not: " + e.what() + ".");
        }
    }

    private Understanding builtIn(PlanRequest request, List<AnalysisPlan> context) {
        if (context.isEmpty() || isVerified(request)) {
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
