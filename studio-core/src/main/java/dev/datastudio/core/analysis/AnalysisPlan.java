package dev.datastudio.core.analysis;

import java.util.List;

/**
 * What a question asks for, one step an intent. Immutable.
 *
 * @param steps in the order of the question, at least one; they don't depend on one another
 */
public record AnalysisPlan(List<Step> steps) {
    /** The version of the JSON form; a reader refuses any other. */
    public static final int VERSION = 1;

    /** @throws IllegalArgumentException if there is no step */
    public AnalysisPlan {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps must not be empty");
        }
    }

    /** A plan of one step. */
    public static AnalysisPlan of(Step step) {
        return new AnalysisPlan(List.of(step));
    }

    /** Whether the answer depends on the day it is asked on, as "last month" does. */
    public boolean isRelativeToToday() {
        return steps.stream().anyMatch(Step::isRelativeToToday);
    }
}
