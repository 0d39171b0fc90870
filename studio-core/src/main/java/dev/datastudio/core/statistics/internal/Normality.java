package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult.Exactness;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.TestSpec.Alternative;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Tests of normality. */
final class Normality {
    static final int LEAST_SHAPIRO = 3;
    static final int MOST_SHAPIRO = 5_000;
    static final int LEAST_DAGOSTINO = 20;

    // Coefficients of Royston, "Remark AS R94" (1995), the constant first.
    private static final double[] FIRST = {0, .221157, -.147981, -2.07119, 4.434685, -2.706056};
    private static final double[] SECOND = {0, .042981, -.293762, -1.752461, 5.682633, -3.582633};
    private static final double[] SMALL_MEAN = {.544, -.39978, .025054, -6.714e-4};
    private static final double[] SMALL_DEVIATION = {1.3822, -.77857, .062767, -.0020322};
    private static final double[] LARGE_MEAN = {-1.5861, -.31082, -.083751, .0038915};
    private static final double[] LARGE_DEVIATION = {-.4803, -.082676, .0030302};
    private static final double[] GAMMA = {-2.273, .459};
    private static final int LAST_SMALL = 11;

    private Normality() {}

    /** A statistic with its p-value. */
    record Finding(String name, double statistic, double pValue) {}

    static void run(Report report, TestKind kind, TestSpec spec, Samples samples) {
        Refusals.requireTwoSided(kind, spec);
        double[] values = samples.values(0);
        boolean shapiro = kind == TestKind.SHAPIRO_WILK;
        Refusals.requireSize(kind, samples.subject(), values, shapiro ? LEAST_SHAPIRO : LEAST_DAGOSTINO);
        if (Moments.isConstant(values)) {
            throw Refusals.constant(kind, samples.subject());
        }
        if (shapiro && values.length > MOST_SHAPIRO) {
            throw Refusals.notApplicable(
                    "The Shapiro-Wilk test takes at most 5,000 values, and '" + Comparing.subject(samples) + "' has "
                            + Texts.count(values.length, "value"),
                    "Use the D'Agostino-Pearson test, or a sample");
        }
        Finding finding = shapiro ? shapiroWilk(values) : dagostinoPearson(values);
        Moments moments = Moments.of(values);
        report.statistic(finding.name(), finding.statistic())
                .statistic("skewness", moments.skewness())
                .statistic("excess kurtosis", moments.kurtosis() - 3)
                .pValue(finding.pValue(), values.length == 3 && shapiro ? Exactness.EXACT : Exactness.ASYMPTOTIC)
                .hypotheses(
                        Comparing.subject(samples) + " follows a normal distribution",
                        Comparing.subject(samples) + " does not follow a normal distribution");
        if (!shapiro) {
            report.degreesOfFreedom(2);
        }
        if (values.length > 1000) {
            report.warn("With so many values the test finds departures that are too small to matter; look at skewness"
                    + " and kurtosis.");
        }
        Assumptions.warnOfSample(report, List.of(samples.subject()), List.of(values));
    }

    /**
     * Shapiro and Wilk (1965) as approximated by Royston, "Remark AS R94: a remark on algorithm AS 181" (1995), for 3
     * to 5,000 values that are not all the same.
     */
    static Finding shapiroWilk(double[] values) {
        double[] x = Ranks.sorted(values);
        int n = x.length;
        double[] weights = weights(n);
        double range = x[n - 1] - x[0];
        Arrays.setAll(x, i -> x[i] / range);
        double mean = VarianceTests.mean(x);
        double squares = 0;
        double weighted = 0;
        double lengths = 0;
        for (int i = 0; i < n; i++) {
            int mirror = n - 1 - i;
            double weight = i == mirror ? 0 : i < mirror ? -weights[i] : weights[mirror];
            double off = x[i] - mean;
            squares += off * off;
            weighted += weight * off;
            lengths += weight * weight;
        }
        double root = Math.sqrt(lengths * squares);
        double rest = (root - weighted) * (root + weighted) / (lengths * squares);
        return new Finding("W", 1 - rest, shapiroP(rest, n));
    }

    private static double[] weights(int n) {
        double[] a = new double[n / 2];
        if (n == 3) {
            a[0] = Math.sqrt(0.5);
            return a;
        }
        Arrays.setAll(a, i -> -Tails.NORMAL.inverseCumulativeProbability((i + 1 - 0.375) / (n + 0.25)));
        double squares = 2 * Moments.sum(Arrays.stream(a).map(m -> m * m).toArray());
        double length = Math.sqrt(squares);
        double u = 1 / Math.sqrt(n);
        double first = polynomial(FIRST, u) + a[0] / length;
        int exact = n > 5 ? 2 : 1;
        double second = exact == 2 ? polynomial(SECOND, u) + a[1] / length : 0;
        double left = squares - 2 * a[0] * a[0] - (exact == 2 ? 2 * a[1] * a[1] : 0);
        double scale = Math.sqrt(left / (1 - 2 * first * first - 2 * second * second));
        for (int i = exact; i < a.length; i++) {
            a[i] /= scale;
        }
        a[0] = first;
        if (exact == 2) {
            a[1] = second;
        }
        return a;
    }

    private static double shapiroP(double rest, int n) {
        if (n == 3) {
            return Math.max(0, 6 / Math.PI * (Math.asin(Math.sqrt(Math.min(1, 1 - rest))) - Math.PI / 3));
        }
        double y = Math.log(rest);
        double size = Math.log(n);
        if (n > LAST_SMALL) {
            double z = (y - polynomial(LARGE_MEAN, size)) / Math.exp(polynomial(LARGE_DEVIATION, size));
            return Tails.normal(z, Alternative.GREATER);
        }
        double gamma = polynomial(GAMMA, n);
        if (y >= gamma) {
            return 0;
        }
        double z = (-Math.log(gamma - y) - polynomial(SMALL_MEAN, n)) / Math.exp(polynomial(SMALL_DEVIATION, n));
        return Tails.normal(z, Alternative.GREATER);
    }

    private static double polynomial(double[] coefficients, double x) {
        double value = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = value * x + coefficients[i];
        }
        return value;
    }

    /**
     * D'Agostino and Pearson, "Tests for departure from normality" (1973): K², the sum of the squares of D'Agostino's
     * z-score of the skewness (1970) and Anscombe and Glynn's of the kurtosis (1983).
     */
    static Finding dagostinoPearson(double[] values) {
        Moments moments = Moments.of(values);
        double skewness = skewnessScore(moments.skewness(), values.length);
        double kurtosis = kurtosisScore(moments.kurtosis(), values.length);
        double statistic = skewness * skewness + kurtosis * kurtosis;
        return new Finding("K²", statistic, ChiSquaredDistribution.of(2).survivalProbability(statistic));
    }

    private static double skewnessScore(double skewness, double n) {
        double y = skewness * Math.sqrt((n + 1) * (n + 3) / (6 * (n - 2)));
        double beta = 3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3) / ((n - 2) * (n + 5) * (n + 7) * (n + 9));
        double w2 = -1 + Math.sqrt(2 * (beta - 1));
        double scaled = y / Math.sqrt(2 / (w2 - 1));
        double asinh = Math.signum(scaled) * Math.log(Math.abs(scaled) + Math.sqrt(scaled * scaled + 1));
        return asinh / Math.sqrt(0.5 * Math.log(w2));
    }

    private static double kurtosisScore(double kurtosis, double n) {
        double expected = 3 * (n - 1) / (n + 1);
        double variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) * (n + 1) * (n + 3) * (n + 5));
        double x = (kurtosis - expected) / Math.sqrt(variance);
        double beta = 6
                * (n * n - 5 * n + 2)
                / ((n + 7) * (n + 9))
                * Math.sqrt(6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3)));
        double a = 6 + 8 / beta * (2 / beta + Math.sqrt(1 + 4 / (beta * beta)));
        double root = Math.cbrt((1 - 2 / a) / (1 + x * Math.sqrt(2 / (a - 4))));
        return (1 - 2 / (9 * a) - root) / Math.sqrt(2 / (9 * a));
    }
}
