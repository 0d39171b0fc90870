/**
 * Hypothesis tests with effect sizes, checks of their assumptions and a plain conclusion. Start at
 * {@link dev.datastudio.core.statistics.Statistics} for data sets, or at
 * {@link dev.datastudio.core.statistics.HypothesisTests} for arrays.
 *
 * <pre>{@code
 * TestResult result = studio.test(sales, TestRequest.of("profit", "region"));
 * String sentence = result.conclusion(); // There is evidence that the mean of profit in East differs from …
 * String why = result.reason(); // Two groups are compared by their means, which are near normal; …
 * double p = result.pValue();
 * double size = result.effect().orElseThrow().value(); // Cohen's d
 * String lines = result.text(); // for a terminal or a language model
 * }</pre>
 *
 * <p>Without a {@link dev.datastudio.core.statistics.TestKind} the test is chosen by the columns. Commons Statistics
 * computes what it has; the source of everything else stands where it is computed. A test that doesn't fit is refused
 * with what would.
 */
@NullMarked
package dev.datastudio.core.statistics;

import org.jspecify.annotations.NullMarked;
