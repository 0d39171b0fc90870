package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.TestKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.statistics.distribution.FDistribution;

/** How many times the largest standard deviation is the smallest one, with its interval where there is one. */
final class DeviationRatio {
    private static final String NAME = "ratio of the largest to the smallest standard deviation";

    /** Bonett's trimmed means need more than four values. */
    private static final int FEWEST = 5;

    private DeviationRatio() {}

    static void tell(Report report, TestKind kind, List<double[]> groups, double alpha) {
        List<double[]> rising = groups.stream()
                .sorted(Comparator.comparingDouble(group -> Moments.of(group).variance()))
                .toList();
        double[] least = rising.get(0);
        double[] most = rising.get(rising.size() - 1);
        double ratio = Moments.of(most).deviation() / Moments.of(least).deviation();
        if (groups.size() > 2) {
            withoutInterval(
                    report,
                    ratio,
                    "its two groups were picked because they differ most, and no standard interval allows for that");
        } else if (!Double.isFinite(ratio)) {
            withoutInterval(report, ratio, "one group does not vary");
        } else if (kind == TestKind.BARTLETT) {
            double[] ends = fisher(ratio, most.length - 1.0, least.length - 1.0, alpha);
            report.effect(Effects.between(NAME, ratio, ends[0], ends[1]));
            report.warn("The interval of the ratio is that of the F distribution, which needs normal values as the"
                    + " test does.");
        } else if (Math.min(most.length, least.length) < Math.max(FEWEST, Tails.normalQuantile(alpha) + 1)) {
            withoutInterval(report, ratio, "it needs " + FEWEST + " values or more in each group");
        } else {
            double[] ends = bonett(most, least, alpha);
            report.effect(Effects.between(NAME, ratio, ends[0], ends[1]));
            report.warn("The interval of the ratio is the approximate one of Bonett (2006), which needs no normal"
                    + " values.");
        }
    }

    private static void withoutInterval(Report report, double ratio, String why) {
        report.effect(Effects.plain(NAME, ratio));
        report.warn("There is no interval of the ratio of standard deviations: " + why + ".");
    }

    /** Of the ratio of normal variances, under the root (G. Snedecor and W. Cochran, "Statistical Methods", 1989). */
    static double[] fisher(double ratio, double numerator, double denominator, double alpha) {
        FDistribution f = FDistribution.of(numerator, denominator);
        return new double[] {
            ratio / Math.sqrt(f.inverseSurvivalProbability(alpha / 2)),
            ratio / Math.sqrt(f.inverseCumulativeProbability(alpha / 2))
        };
    }

    /**
     * D. Bonett, "Robust confidence interval for a ratio of standard deviations", Applied Psychological Measurement 30
     * (2006): the logarithm of the ratio of variances is about normal, its error grows with the pooled kurtosis.
     */
    static double[] bonett(double[] a, double[] b, double alpha) {
        double z = Tails.normalQuantile(alpha);
        double n = a.length;
        double m = b.length;
        double squares = squares(a) + squares(b);
        double kurtosis = (n + m) * (fourths(a) + fourths(b)) / (squares * squares);
        double error = Math.sqrt((kurtosis - (n - 3) / n) / (n - 1) + (kurtosis - (m - 3) / m) / (m - 1));
        double small = n / (n - z) / (m / (m - z));
        double centre =
                Math.log(small * Moments.of(a).variance() / Moments.of(b).variance());
        return new double[] {Math.exp((centre - z * error) / 2), Math.exp((centre + z * error) / 2)};
    }

    private static double squares(double[] values) {
        return Moments.of(values).variance() * (values.length - 1);
    }

    /** Fourth powers of the distances from the mean without the outermost values. */
    private static double fourths(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int cut = (int) (values.length / (2 * Math.sqrt(values.length - 4.0)));
        double[] inner = Arrays.copyOfRange(sorted, cut, sorted.length - cut);
        double centre = Moments.sum(inner) / inner.length;
        return Moments.sum(
                Arrays.stream(values).map(value -> Math.pow(value - centre, 4)).toArray());
    }
}
