package dev.datastudio.api.relation;

import java.util.List;

/**
 * A way from one table to another over relations. Immutable.
 *
 * @param steps at least one, each beginning where the one before ended
 */
public record JoinPath(List<Step> steps) {
    /** @throws IllegalArgumentException if the steps are none or don't meet */
    public JoinPath {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A path needs a step");
        }
        for (int i = 1; i < steps.size(); i++) {
            if (!steps.get(i).left().table().equals(steps.get(i - 1).right().table())) {
                throw new IllegalArgumentException(
                        "The steps don't meet at " + steps.get(i).left());
            }
        }
    }

    /** How sure the whole path is: the product of the scores of its relations, 0 to 1. */
    public double score() {
        return steps.stream().mapToDouble(step -> step.relation().score()).reduce(1, (a, b) -> a * b);
    }

    /**
     * Whether a row of the first table meets at most one row of the last, so that joining doesn't repeat it.
     */
    public boolean keepsRows() {
        return steps.stream().allMatch(Step::isForward);
    }

    /**
     * A relation, gone in one direction.
     *
     * @param relation what is joined over
     * @param isForward whether it is gone from its {@code from} to its {@code to}, from many to one
     */
    public record Step(Relation relation, boolean isForward) {
        /** The side where the step begins. */
        public Key left() {
            return isForward ? relation.from() : relation.to();
        }

        /** The side where the step ends. */
        public Key right() {
            return isForward ? relation.to() : relation.from();
        }
    }
}
