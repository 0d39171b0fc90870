package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.TestResult.Check;
import dev.datastudio.core.statistics.TestResult.Value;
import dev.datastudio.core.statistics.TestResult.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.inference.OneWayAnova;

/** What tests assume, looked at. */
final class Assumptions {
    /** A mean of so many values with little skew is near normal whatever the values. */
    private static final int MANY = 30;

    private static final double LITTLE_SKEW = 1;
    private static final double FAR_FENCE = 3;
    private static final int TINY = 5;

    private Assumptions() {}

    /** Normality of one sample: Shapiro-Wilk up to 5,000 values, D'Agostino-Pearson above. */
    static Normality.Finding normality(double[] values) {
        return values.length <= Normality.MOST_SHAPIRO
                ? Normality.shapiroWilk(values)
                : Normality.dagostinoPearson(values);
    }

    private static boolean canTell(double[] values) {
        return values.length >= Normality.LEAST_SHAPIRO && !Moments.isConstant(values);
    }

    static Check normal(List<String> names, List<double[]> samples, double alpha) {
        List<Value> evidence = new ArrayList<>();
        List<String> off = new ArrayList<>();
        boolean known = true;
        for (int i = 0; i < samples.size(); i++) {
            double[] values = samples.get(i);
            String name = Texts.name(names.get(i));
            if (!canTell(values)) {
                known = false;
                continue;
            }
            Normality.Finding finding = normality(values);
            evidence.add(new Value(finding.name() + " of " + name, finding.statistic()));
            evidence.add(new Value("p of " + name, finding.pValue()));
            evidence.add(new Value("skewness of " + name, Moments.of(values).skewness()));
            if (finding.pValue() < alpha) {
                off.add(name);
            }
        }
        if (!off.isEmpty()) {
            return new Check(
                    "normality",
                    Verdict.VIOLATED,
                    evidence,
                    "The values of " + Texts.and(off) + " are not normal" + robust(samples));
        }
        return known
                ? new Check("normality", Verdict.HOLDS, evidence, "Nothing speaks against normal values.")
                : new Check("normality", Verdict.UNKNOWN, evidence, "There are too few values to tell normality.");
    }

    private static String robust(List<double[]> samples) {
        return samples.stream().allMatch(Assumptions::hasNormalMean)
                ? "; the means of so many values with so little skew are near normal all the same."
                : ".";
    }

    private static boolean hasNormalMean(double[] values) {
        return values.length >= MANY && Math.abs(Moments.of(values).skewness()) <= LITTLE_SKEW;
    }

    /** Whether tests of means are fit: values that may be normal, or many with little skew. */
    static boolean meansAreFit(double[] values, double alpha) {
        return hasNormalMean(values) || (canTell(values) && normality(values).pValue() >= alpha);
    }

    static Check equalVariances(List<double[]> groups, double alpha) {
        OneWayAnova.Result result = VarianceTests.distances(groups, Moments::median);
        if (!Double.isFinite(result.getStatistic())) {
            return new Check(
                    "equal variances", Verdict.UNKNOWN, List.of(), "There are too few values to compare variances.");
        }
        List<Value> evidence =
                List.of(new Value("Brown-Forsythe W", result.getStatistic()), new Value("p", result.getPValue()));
        return result.getPValue() < alpha
                ? new Check("equal variances", Verdict.VIOLATED, evidence, "The variances differ.")
                : new Check("equal variances", Verdict.HOLDS, evidence, "Nothing speaks against equal variances.");
    }

    static boolean variancesDiffer(List<double[]> groups, double alpha) {
        return equalVariances(groups, alpha).verdict() == Verdict.VIOLATED;
    }

    /** The differences of a Wilcoxon test lie evenly around their median. */
    static Check symmetric(double[] differences) {
        if (differences.length < Normality.LEAST_SHAPIRO || Moments.isConstant(differences)) {
            return new Check("symmetry", Verdict.UNKNOWN, List.of(), "There are too few values to tell symmetry.");
        }
        double skewness = Moments.of(differences).skewness();
        List<Value> evidence = List.of(new Value("skewness", skewness));
        return Math.abs(skewness) > LITTLE_SKEW
                ? new Check("symmetry", Verdict.VIOLATED, evidence, "The differences are skewed.")
                : new Check("symmetry", Verdict.HOLDS, evidence, "The differences are about symmetric.");
    }

    /** Cochran, "Some methods for strengthening the common chi-square tests" (1954). */
    static Check expectedCounts(double[] expected) {
        double least = Arrays.stream(expected).min().orElse(0);
        double small = (double) Arrays.stream(expected).filter(e -> e < TINY).count() / expected.length;
        List<Value> evidence = List.of(new Value("least expected count", least), new Value("share below 5", small));
        return areLarge(expected)
                ? new Check("expected counts", Verdict.HOLDS, evidence, "The expected counts are large enough.")
                : new Check(
                        "expected counts",
                        Verdict.VIOLATED,
                        evidence,
                        "Expected counts are small (" + Texts.percent(small) + " below 5, the least "
                                + Texts.number(least) + "), so the p-value is rough.");
    }

    static boolean areLarge(double[] expected) {
        long small = Arrays.stream(expected).filter(e -> e < TINY).count();
        boolean tiny = Arrays.stream(expected).anyMatch(e -> e < 1);
        return !tiny && (expected.length <= 4 ? small == 0 : small * 5 <= expected.length);
    }

    /** Summaries of the samples are added elsewhere; here what makes their numbers shaky. */
    static void warnOfSample(Report report, List<String> names, List<double[]> samples) {
        for (int i = 0; i < samples.size(); i++) {
            double[] values = samples.get(i);
            String name = Texts.name(names.get(i));
            if (values.length < TINY) {
                report.warn("There " + (values.length == 1 ? "is" : "are") + " only "
                        + Texts.count(values.length, "value") + " of " + name
                        + "; only a very large effect could be seen.");
            } else if (Moments.isConstant(values)) {
                report.warn("Every value of " + name + " is the same.");
            } else {
                long far = outliers(values);
                if (far > 0) {
                    report.warn(Texts.count(far, "value") + " of " + name + " lie" + (far == 1 ? "s" : "")
                            + " far outside the others (3 interquartile ranges).");
                }
            }
        }
    }

    /** Tukey's outer fences; none when half of the values are the same. */
    private static long outliers(double[] values) {
        double[] sorted = Ranks.sorted(values);
        double low = quartile(sorted, 0.25);
        double high = quartile(sorted, 0.75);
        double reach = FAR_FENCE * (high - low);
        return reach == 0
                ? 0
                : Arrays.stream(sorted)
                        .filter(v -> v < low - reach || v > high + reach)
                        .count();
    }

    private static double quartile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
