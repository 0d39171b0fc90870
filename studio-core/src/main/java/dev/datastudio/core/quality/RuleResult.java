package dev.datastudio.core.quality;

import java.util.List;
import java.util.Objects;

/**
 * What came of one rule. Immutable.
 *
 * @param rule which
 * @param outcome kept, broken, or not to be checked
 * @param violations rows that break it; 1 or 0 for freshness and row count
 * @param rows rows that were looked at
 * @param message what was found, a sentence
 * @param examples some values that break it, cut at 200 characters, at most five
 * @param sql a statement that shows the rows, over the data set as a table; empty where there is none
 */
public record RuleResult(
        QualityRule rule,
        Outcome outcome,
        long violations,
        long rows,
        String message,
        List<String> examples,
        String sql) {
    public RuleResult {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(sql, "sql");
        examples = List.copyOf(examples);
    }

    /** The part of the rows that break the rule, 0 to 1. */
    public double share() {
        return rows == 0 ? 0 : (double) violations / rows;
    }

    /** How a check can end. */
    public enum Outcome {
        /** The rule is kept. */
        PASSED,
        /** It is broken. */
        FAILED,
        /** It could not be checked, as when its column is not there; the message tells why. */
        NOT_CHECKED
    }
}
