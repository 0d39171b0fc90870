package dev.datastudio.core.quality;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A rule that was broken, over all runs; it keeps its identity when it is resolved and comes back. Immutable.
 *
 * @param id names it; that of its rule
 * @param dataset name of the data set
 * @param state how it stands since the last run
 * @param severity of the rule
 * @param message what was found last, a sentence
 * @param violations rows that broke the rule when it was last broken
 * @param share the part of the rows, 0 to 1
 * @param examples some values that broke it
 * @param sql a statement that shows the rows; empty where there is none
 * @param version id of the version of the data set that was checked last
 * @param firstSeen when it was first found
 * @param lastSeen when the rule was last found broken
 */
public record QualityIssue(
        String id,
        String dataset,
        State state,
        Severity severity,
        String message,
        long violations,
        double share,
        List<String> examples,
        String sql,
        String version,
        Instant firstSeen,
        Instant lastSeen) {
    public QualityIssue {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(firstSeen, "firstSeen");
        Objects.requireNonNull(lastSeen, "lastSeen");
        examples = List.copyOf(examples);
    }

    /** How an issue stands. */
    public enum State {
        /** Found for the first time. */
        OPEN,
        /** Found again. */
        STILL_OPEN,
        /** The rule is kept again. */
        RESOLVED,
        /** Found again after it was resolved. */
        REOPENED
    }
}
