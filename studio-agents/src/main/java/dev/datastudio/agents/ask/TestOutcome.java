package dev.datastudio.agents.ask;

/**
 * What a hypothesis test gave. Immutable.
 *
 * @param name the test's usual name
 * @param statistic the test statistic
 * @param pValue 0 to 1
 * @param effectSize the effect size that belongs to the test; NaN when it has none
 * @param conclusion one sentence
 */
public record TestOutcome(String name, double statistic, double pValue, double effectSize, String conclusion) {}
