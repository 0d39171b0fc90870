package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.core.analysis.AnalysisPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a question within its conversation. Immutable.
 *
 * @param outcome its plan, or why there is none
 * @param changes what it changed in the plan before, in words; empty for a question of its own
 * @param plans of the conversation, the oldest first, its own last if it has one
 * @param planner who read it: {@code built-in}, or the name of a model
 */
record Understanding(PlanOutcome outcome, List<String> changes, List<AnalysisPlan> plans, String planner) {
    static final String BUILT_IN = "built-in";

    Understanding {
        changes = List.copyOf(changes);
        plans = List.copyOf(plans);
    }

    /** By the built-in planner. */
    Understanding(PlanOutcome outcome, List<String> changes, List<AnalysisPlan> plans) {
        this(outcome, changes, plans, BUILT_IN);
    }

    boolean isPlanned() {
        return outcome instanceof PlanOutcome.Planned;
    }

    /** Whether every word was linked exactly and nothing had to be decided. */
    boolean isCertain() {
        return isPlanned() && planned().confidence() >= 1;
    }

    /** The same plan with one more warning. */
    Understanding noting(String note) {
        List<String> notes = new ArrayList<>(planned().notes());
        notes.add(note);
        PlanOutcome.Planned noted = new PlanOutcome.Planned(
                planned().plan(),
                planned().reading(),
                notes,
                planned().confidence(),
                planned().links());
        return new Understanding(noted, changes, plans, planner);
    }

    PlanOutcome.Planned planned() {
        return (PlanOutcome.Planned) outcome;
    }
}
