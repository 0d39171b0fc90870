package dev.datastudio.agents.planner;

import java.util.List;
import java.util.Objects;

/** What became of a short text said after an answer. Immutable. */
public sealed interface FollowUp {
    /**
     * It changes the last answer's plan.
     *
     * @param planned the changed plan, with its reading
     * @param changes what changed, in words, one change each: "grain: month instead of year"
     */
    record Edited(PlanOutcome.Planned planned, List<String> changes) implements FollowUp {
        /** @throws IllegalArgumentException if nothing changed */
        public Edited {
            Objects.requireNonNull(planned, "planned");
            changes = List.copyOf(changes);
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("changes must not be empty");
            }
        }
    }

    /** It takes the last change back. */
    record GoesBack() implements FollowUp {}

    /** It is a question of its own. */
    record NewQuestion() implements FollowUp {}

    /**
     * It is about the last answer, but can't be made of it.
     *
     * @param outcome why; never {@link PlanOutcome.Planned}
     */
    record Refused(PlanOutcome outcome) implements FollowUp {
        /** @throws IllegalArgumentException if the outcome is a plan */
        public Refused {
            if (outcome instanceof PlanOutcome.Planned) {
                throw new IllegalArgumentException("outcome must be a refusal, was " + outcome);
            }
        }
    }
}
