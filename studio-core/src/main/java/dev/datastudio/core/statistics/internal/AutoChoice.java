package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses a test by what the samples are. Means are compared where each group may be normal (p of Shapiro-Wilk at least
 * alpha) or has 30 values and little skew, ranks otherwise; two means by Welch's test, which is safe whether or not the
 * variances are equal (Delacre, Lakens and Leys, 2017).
 */
final class AutoChoice {
    private AutoChoice() {}

    /** A test, and the sentence that says why. */
    record Choice(TestKind kind, String reason) {}

    static Choice of(TestSpec spec, Samples samples) {
        return switch (samples.shape()) {
            case GROUPS -> groups(spec, samples);
            case PAIRS -> pairs(spec, samples);
            case TABLE -> table(samples);
            case COUNTS ->
                new Choice(
                        TestKind.CHI_SQUARE_GOODNESS_OF_FIT, "Counts of one category are compared with expected ones.");
            default -> one(spec, samples);
        };
    }

    private static Choice one(TestSpec spec, Samples samples) {
        double[] values = samples.values(0);
        if (spec.reference() == 0) {
            return values.length <= Normality.MOST_SHAPIRO
                    ? new Choice(TestKind.SHAPIRO_WILK, "One column without a reference value is tested for normality.")
                    : new Choice(
                            TestKind.DAGOSTINO_PEARSON,
                            "One column of more than 5,000 values is tested for normality.");
        }
        return Assumptions.meansAreFit(values, spec.alpha())
                ? new Choice(TestKind.ONE_SAMPLE_T, "One column with values near normal is compared with a value.")
                : new Choice(TestKind.WILCOXON, "One column whose values are not normal is compared with a value.");
    }

    private static Choice groups(TestSpec spec, Samples samples) {
        if (samples.size() < 2) {
            throw Refusals.notApplicable(
                    "There is only " + Texts.count(samples.size(), "group") + " of '" + Comparing.subject(samples)
                            + "', and a comparison needs two",
                    "Group by a column with two values or more, or leave out a filter");
        }
        List<double[]> groups = Comparing.values(samples);
        List<String> skewed = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if (!Assumptions.meansAreFit(groups.get(i), spec.alpha())) {
                skewed.add(Texts.name(samples.names().get(i)));
            }
        }
        boolean two = samples.size() == 2;
        String start = two ? "Two groups are compared" : samples.size() + " groups are compared";
        if (!skewed.isEmpty()) {
            return new Choice(
                    two ? TestKind.MANN_WHITNEY : TestKind.KRUSKAL_WALLIS,
                    start + " by ranks, because the values of " + Texts.and(skewed)
                            + " are too few or too far from normal for a test of means.");
        }
        if (two) {
            return new Choice(
                    TestKind.WELCH_T,
                    start + " by their means, which are near normal; Welch's test needs no equal variances.");
        }
        return Assumptions.variancesDiffer(groups, spec.alpha())
                ? new Choice(TestKind.WELCH_ANOVA, start + " by their means; their variances differ.")
                : new Choice(TestKind.ANOVA, start + " by their means; nothing speaks against equal variances.");
    }

    private static Choice pairs(TestSpec spec, Samples samples) {
        for (int i = 0; i < 2; i++) {
            if (!Assumptions.meansAreFit(samples.values(i), spec.alpha())) {
                return new Choice(
                        TestKind.SPEARMAN,
                        "Two columns of numbers are correlated by ranks, because the values of "
                                + Texts.name(samples.names().get(i)) + " are too few or too far from normal.");
            }
        }
        return new Choice(TestKind.PEARSON, "Two columns of numbers near normal are correlated linearly.");
    }

    private static Choice table(Samples samples) {
        boolean square = samples.names().size() == 2 && samples.columns().size() == 2;
        boolean small = isComplete(samples) && !TableTests.isFit(samples.counts());
        return square && small
                ? new Choice(
                        TestKind.FISHER_EXACT,
                        "Two categories of two values each are tested exactly, because expected counts are small.")
                : new Choice(TestKind.CHI_SQUARE_INDEPENDENCE, "Two categories are tested for independence.");
    }

    private static boolean isComplete(Samples samples) {
        long[][] counts = samples.counts();
        for (int i = 0; i < 2 && i < counts.length; i++) {
            for (int j = 0; j < 2 && j < counts[i].length; j++) {
                if (counts[i][j] > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
