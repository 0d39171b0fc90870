/**
 * Rules that data must keep, and issues where it does not. Start at {@link dev.datastudio.core.quality.QualityChecks}:
 *
 * <pre>{@code
 * QualityChecks checks = QualityChecks.of(studio.datasets(), studio.metadata(), studio.clock());
 * checks.save(QualityRule.of("orders.csv", new QualityCheck.Unique(List.of("order_id")), Severity.ERROR));
 * QualityReport report = checks.runChecks(orders, Cancellation.none());
 * }</pre>
 *
 * <p>{@link dev.datastudio.core.quality.QualityJobs} runs them in the background and by a schedule.
 */
@NullMarked
package dev.datastudio.core.quality;

import org.jspecify.annotations.NullMarked;
