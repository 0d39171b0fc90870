package dev.datastudio.core.quality;

import java.util.Objects;
import java.util.UUID;

/**
 * Something that each version of a data set must keep. Immutable.
 *
 * @param id names it, 1 to 100 letters, digits, '-' and '_'
 * @param dataset name of the data set, whatever the version
 * @param check what is demanded
 * @param severity how much it matters
 * @param tolerance the part of the rows that may break it, 0 to below 1; of no use to freshness and row count
 */
public record QualityRule(String id, String dataset, QualityCheck check, Severity severity, double tolerance) {
    public QualityRule {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(severity, "severity");
        if (!id.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new IllegalArgumentException("id must be 1 to 100 letters, digits, '-' or '_', was '" + id + "'");
        }
        if (dataset.isBlank()) {
            throw new IllegalArgumentException("dataset must not be blank");
        }
        if (!(tolerance >= 0 && tolerance < 1)) {
            throw new IllegalArgumentException("tolerance must be 0 to below 1, was " + tolerance);
        }
    }

    /** A new rule that no row may break. */
    public static QualityRule of(String dataset, QualityCheck check, Severity severity) {
        return new QualityRule(UUID.randomUUID().toString(), dataset, check, severity, 0);
    }

    /** The same with a part of the rows that may break it. */
    public QualityRule withTolerance(double tolerance) {
        return new QualityRule(id, dataset, check, severity, tolerance);
    }
}
