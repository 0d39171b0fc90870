package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.List;
import java.util.Optional;

/**
 * A question that was asked. Immutable.
 *
 * @param outcome what the planner made of it
 * @param answer what the analyst said
 * @param spent how long it took
 */
record Asked(PlanOutcome outcome, Answer answer, Spent spent) {
    /** What a question took, in nanoseconds; 0 where it was not measured. Immutable. */
    record Spent(long planning, long planningCpu, long asking) {
        static final Spent NOTHING = new Spent(0, 0, 0);
    }

    boolean isAnswered() {
        return answer.status() == AnswerStatus.ANSWERED;
    }

    Optional<AnalysisPlan> plan() {
        return outcome instanceof PlanOutcome.Planned planned ? Optional.of(planned.plan()) : Optional.empty();
    }

    /** The step of an answer that has no other; what the sets ask is one thing, so several are no answer to it. */
    Optional<AnswerStep> onlyStep() {
        List<AnswerStep> steps = answer.steps();
        return isAnswered() && steps.size() == 1 ? Optional.of(steps.get(0)) : Optional.empty();
    }
}
