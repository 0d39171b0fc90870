package dev.datastudio.core.quality;

import dev.datastudio.api.dataset.DatasetId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What one run of the rules over a data set gave. Immutable.
 *
 * @param dataset the version that was checked
 * @param name of the data set
 * @param checkedAt when
 * @param results one for each rule, in the order of the rules' making
 * @param issues those that are open, and those that this run resolved
 */
public record QualityReport(
        DatasetId dataset, String name, Instant checkedAt, List<RuleResult> results, List<QualityIssue> issues) {
    public QualityReport {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(checkedAt, "checkedAt");
        results = List.copyOf(results);
        issues = List.copyOf(issues);
    }

    /** Whether every rule could be checked and is kept. */
    public boolean isPassed() {
        return results.stream().allMatch(result -> result.outcome() == RuleResult.Outcome.PASSED);
    }
}
