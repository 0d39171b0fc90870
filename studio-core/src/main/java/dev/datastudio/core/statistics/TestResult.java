package dev.datastudio.core.statistics;

import dev.datastudio.core.statistics.internal.ResultText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a hypothesis test gave. Immutable.
 *
 * @param kind the test that was run, never {@link TestKind#AUTO}
 * @param name its usual name
 * @param subject what was tested, in words
 * @param reason why this test was chosen; empty when it was asked for
 * @param nullHypothesis in words
 * @param alternativeHypothesis in words
 * @param alternative which side was looked at
 * @param alpha the significance level; intervals have the confidence 1 - alpha
 * @param statistics the test statistic first, then what else belongs to it, such as a difference of means
 * @param degreesOfFreedom in the order of the distribution; empty when it has none
 * @param pValue 0 to 1
 * @param exactness how the p-value came about
 * @param effects the usual effect size first; empty when there is none
 * @param groups what was compared, in order
 * @param checks the assumptions of the test, each looked at
 * @param comparisons of two groups each, after a test of three or more
 * @param comparisonMethod which comparisons these are and how they are corrected; empty when there are none
 * @param missing values or pairs left out because they are missing
 * @param warnings what a reader must know to trust the numbers, whole sentences
 * @param conclusion one or two plain sentences
 */
public record TestResult(
        TestKind kind,
        String name,
        String subject,
        String reason,
        String nullHypothesis,
        String alternativeHypothesis,
        TestSpec.Alternative alternative,
        double alpha,
        List<Value> statistics,
        List<Double> degreesOfFreedom,
        double pValue,
        Exactness exactness,
        List<Effect> effects,
        List<Group> groups,
        List<Check> checks,
        List<Comparison> comparisons,
        String comparisonMethod,
        long missing,
        List<String> warnings,
        String conclusion) {

    public TestResult {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(exactness, "exactness");
        statistics = List.copyOf(statistics);
        degreesOfFreedom = List.copyOf(degreesOfFreedom);
        effects = List.copyOf(effects);
        groups = List.copyOf(groups);
        checks = List.copyOf(checks);
        comparisons = List.copyOf(comparisons);
        warnings = List.copyOf(warnings);
    }

    /** The test statistic. */
    public double statistic() {
        return statistics.get(0).value();
    }

    /** The usual effect size of the test. */
    public Optional<Effect> effect() {
        return effects.stream().findFirst();
    }

    /** Whether the p-value lies below alpha. */
    public boolean isSignificant() {
        return pValue < alpha;
    }

    /** The whole result in a few lines, for a terminal or a language model. */
    public String text() {
        return ResultText.of(this);
    }

    /** How a p-value came about. */
    public enum Exactness {
        /** From the distribution of the statistic under the null hypothesis and the test's assumptions. */
        EXACT("exact"),
        /** From a distribution that it comes near for large samples. */
        ASYMPTOTIC("asymptotic");

        private final String words;

        Exactness(String words) {
            this.words = words;
        }

        /** In words. */
        public String words() {
            return words;
        }
    }

    /** A number with its name. */
    public record Value(String name, double value) {}

    /**
     * How large an effect is, whatever the number of rows.
     *
     * @param name such as "Cohen's d"
     * @param value NaN when it is not defined
     * @param low lower end of its confidence interval; empty when no interval is known for it
     * @param high upper end
     * @param magnitude "negligible", "small", "medium" or "large" by the usual bounds; empty when there are none
     */
    public record Effect(String name, double value, OptionalDouble low, OptionalDouble high, String magnitude) {}

    /**
     * One of the compared groups or columns.
     *
     * @param size its values
     * @param mean NaN for counts
     * @param median NaN for counts
     * @param deviation standard deviation of the sample (n - 1); NaN for counts and for a single value
     */
    public record Group(String name, long size, double mean, double median, double deviation) {}

    /**
     * An assumption that was looked at.
     *
     * @param name what is assumed
     * @param verdict whether the data agree with it
     * @param evidence the numbers looked at
     * @param sentence what they say
     */
    public record Check(String name, Verdict verdict, List<Value> evidence, String sentence) {
        public Check {
            evidence = List.copyOf(evidence);
        }
    }

    /** What a check found. */
    public enum Verdict {
        HOLDS,
        VIOLATED,
        /** There are too few values to tell. */
        UNKNOWN
    }

    /**
     * Two groups side by side.
     *
     * @param difference of the first from the second: of means, or of mean ranks
     * @param statistic of the comparison
     * @param pValue corrected for the number of comparisons
     * @param low lower end of the simultaneous confidence interval of the difference; empty when there is none
     * @param high upper end
     */
    public record Comparison(
            String first,
            String second,
            double difference,
            double statistic,
            double pValue,
            OptionalDouble low,
            OptionalDouble high) {}
}
