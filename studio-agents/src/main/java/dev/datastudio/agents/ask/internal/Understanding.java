package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.List;

/**
 * What became of a question within its conversation. Immutable.
 *
 * @param outcome its plan, or why there is none
 * @param changes what it changed in the plan before, in words; empty for a question of its own
 * @param plans of the conversation, the oldest first, its own last if it has one
 */
record Understanding(PlanOutcome outcome, List<String> changes, List<AnalysisPlan> plans) {
    Understanding {
        changes = List.copyOf(changes);
        plans = List.copyOf(plans);
    }

    boolean isPlanned() {
        return outcome instanceof PlanOutcome.Planned;
    }

    PlanOutcome.Planned planned() {
        return (PlanOutcome.Planned) outcome;
    }
}
