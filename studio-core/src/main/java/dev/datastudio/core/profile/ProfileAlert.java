package dev.datastudio.core.profile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Something worth a look, in words. Immutable.
 *
 * @param kind what was seen
 * @param severity how much it matters
 * @param columns about which columns; empty when about the whole
 * @param message a sentence with the numbers in it
 * @param evidence the numbers by name, in order
 */
public record ProfileAlert(
        Kind kind, Severity severity, List<String> columns, String message, Map<String, Double> evidence) {
    public ProfileAlert {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        columns = List.copyOf(columns);
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }

    /** How much an alert matters, the most first. */
    public enum Severity {
        /** Results are likely to be wrong when it is not looked after. */
        HIGH,
        /** It may change results. */
        MEDIUM,
        /** Good to know. */
        LOW
    }

    /** What can be seen. */
    public enum Kind {
        EMPTY_COLUMN,
        CONSTANT,
        NEAR_CONSTANT,
        MISSING,
        DUPLICATE_ROWS,
        KEY,
        HIGH_CARDINALITY,
        SKEWED,
        OUTLIERS,
        ZEROS,
        CORRELATED,
        DETERMINED,
        SAME_VALUES,
        TIME_GAPS,
        UNTIDY_TEXT,
        TEXT_PATTERN,
        ORDERED,
        ROWS_CHANGED,
        COLUMN_ADDED,
        COLUMN_REMOVED,
        TYPE_CHANGED,
        MISSING_CHANGED,
        DISTRIBUTION_CHANGED,
        NEW_VALUES,
        VANISHED_VALUES
    }
}
