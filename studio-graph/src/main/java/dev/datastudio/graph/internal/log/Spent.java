package dev.datastudio.graph.internal.log;

/**
 * What a run has used up. Immutable.
 *
 * @param steps super-steps, those of sub-graphs included
 * @param tokens of models
 * @param cost in the currency of the budget
 * @param activeNanos time in which the run was driven
 */
public record Spent(long steps, long tokens, double cost, long activeNanos) {
    public static final Spent NOTHING = new Spent(0, 0, 0, 0);
}
