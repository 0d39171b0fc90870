/**
 * Hypothesis tests with effect sizes, checks of their assumptions and a plain conclusion. Start at
 * {@link dev.datastudio.core.statistics.HypothesisTests}.
 */
@NullMarked
package dev.datastudio.core.statistics;

import org.jspecify.annotations.NullMarked;
