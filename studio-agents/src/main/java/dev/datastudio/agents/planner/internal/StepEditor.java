package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Step;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes one step as the segments of a follow-up say. Not thread-safe; one for each step. */
final class StepEditor {
    private final Draft draft;
    private final FilterEdit filters;
    private final MeasureEdit measures;
    private final GroupEdit groups;
    private final ShownEdit shown;
    private final OperationEdit operations;

    StepEditor(Step step, Decisions decisions) {
        this.draft = new Draft(step, decisions.index());
        this.filters = new FilterEdit(draft);
        this.measures = new MeasureEdit(draft, decisions);
        this.groups = new GroupEdit(draft, decisions);
        this.shown = new ShownEdit(draft, decisions.index());
        this.operations = new OperationEdit(draft);
    }

    /** Makes one change; {@link #problem} says why when it can't be made. */
    void edit(Segment segment, Fragment wanted, @Nullable Fragment replaced) {
        if (!wanted.slots.problem.isEmpty() && !namesPartsOnly(wanted)) {
            draft.problem = wanted.slots.problem;
        } else if (replaced != null) {
            replace(wanted, replaced);
        } else if (segment.cue() == Cue.REMOVE) {
            remove(wanted);
        } else {
            apply(segment.cue(), wanted);
        }
    }

    /** A slot is a problem of a whole question, such as an aggregate of nothing, but none of a fragment. */
    private static boolean namesPartsOnly(Fragment wanted) {
        return !wanted.aggregates.isEmpty() || !wanted.parts.isEmpty();
    }

    private void apply(Cue cue, Fragment wanted) {
        if (wanted.everything && filters.lift(wanted)) {
            return;
        }
        if (wanted.everything && wanted.isJustEverything()) {
            shown.all();
            return;
        }
        operations.apply(wanted);
        filters.apply(cue, wanted);
        measures.apply(cue, wanted);
        groups.apply(cue, wanted);
        shown.apply(wanted);
    }

    private void remove(Fragment unwanted) {
        filters.remove(unwanted);
        shown.remove(unwanted);
        boolean measured = measures.remove(unwanted);
        boolean grouped = groups.remove(unwanted);
        boolean conditioned = filters.removeOn(unwanted);
        if (!measured && !grouped && !conditioned && !draft.touched && draft.problem.isEmpty()) {
            draft.problem = "Nothing of that is in the last answer, so there is nothing to take away.";
        }
    }

    private void replace(Fragment wanted, Fragment old) {
        boolean done = filters.replace(wanted, old);
        done |= measures.replace(wanted, old, groups);
        done |= groups.replace(wanted, old);
        done |= shown.replace(wanted, old);
        if (!done && draft.problem.isEmpty()) {
            draft.problem = "What is to give way is not in the last answer.";
        }
    }

    /** Why a change couldn't be made; empty when all could. */
    String problem() {
        return draft.problem;
    }

    /** The changed step; empty when nothing of the changes is about it. */
    Optional<Step> step() {
        return draft.problem.isEmpty() && draft.touched ? Optional.of(draft.build()) : Optional.empty();
    }
}
