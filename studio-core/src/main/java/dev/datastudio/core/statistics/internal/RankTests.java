package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult.Exactness;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.TestSpec.Alternative;
import dev.datastudio.core.statistics.TestSpec.Continuity;
import dev.datastudio.core.statistics.TestSpec.Method;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Tests of ranks: Mann-Whitney, Wilcoxon and Kruskal-Wallis. */
final class RankTests {
    /** Below so many values in each group, without ties, an exact p-value is cheap. */
    private static final int SMALL = 50;

    /** More than this the exact distribution takes too much memory and time. */
    private static final int MOST_EXACT = 1000;

    private RankTests() {}

    private static ContinuityCorrection continuity(TestSpec spec) {
        return spec.continuity() == Continuity.NONE ? ContinuityCorrection.DISABLED : ContinuityCorrection.ENABLED;
    }

    private static boolean exact(TestKind kind, TestSpec spec, Samples samples, int size, boolean ties) {
        if (spec.method() == Method.EXACT && ties) {
            throw Refusals.exactWithTies(kind, samples.subject());
        }
        if (spec.method() == Method.EXACT && size > MOST_EXACT) {
            throw Refusals.notApplicable(
                    "The exact p-value of the " + kind.title() + " takes at most " + MOST_EXACT
                            + " values a group, and there are " + size,
                    "Use the asymptotic method, which is as good for so many");
        }
        return spec.method() == Method.EXACT || (spec.method() == Method.AUTO && !ties && size < SMALL);
    }

    static void mannWhitney(Report report, TestSpec spec, Samples samples) {
        TestKind kind = TestKind.MANN_WHITNEY;
        double[] x = samples.values(0);
        double[] y = samples.values(1);
        Refusals.requireSize(kind, samples.names().get(0), x, 1);
        Refusals.requireSize(kind, samples.names().get(1), y, 1);
        double[] shifted = Arrays.stream(x).map(v -> v - spec.reference()).toArray();
        double[] all = Comparing.concatenated(List.of(shifted, y));
        if (Moments.isConstant(all)) {
            throw Refusals.constant(kind, samples.subject());
        }
        Ranks ranks = Ranks.of(all);
        boolean exact = exact(kind, spec, samples, Math.max(x.length, y.length), ranks.hasTies());
        double product = (double) x.length * y.length;
        double u = Moments.sum(Arrays.copyOf(ranks.of(), x.length)) - (double) x.length * (x.length + 1.0) / 2;
        double p = mannWhitneyP(u, shifted, y, ranks, spec, exact);
        report.statistic("U", u)
                .statistic("U of " + Comparing.second(samples), product - u)
                .pValue(p, exact ? Exactness.EXACT : Exactness.ASYMPTOTIC);
        double r = 2 * u / product - 1;
        double error = Math.sqrt((x.length + y.length + 1.0) / (3 * product));
        report.effect(Effects.correlation("rank-biserial correlation", r, error, spec.alpha()));
        warnOfTies(report, ranks.hasTies());
        Assumptions.warnOfSample(report, samples.names(), List.of(x, y));
        sides(report, spec, samples);
    }

    private static double mannWhitneyP(double u, double[] x, double[] y, Ranks ranks, TestSpec spec, boolean exact) {
        return exact
                ? MannWhitneyUTest.withDefaults()
                        .with(MeanTests.side(spec.alternative()))
                        .with(PValueMethod.EXACT)
                        .test(x, y)
                        .getPValue()
                : approximate(u, x.length, y.length, ranks, spec);
    }

    /** One of several comparisons. */
    record Pair(double statistic, double pValue) {}

    /** Mann-Whitney of two groups among several, two-sided. */
    static Pair pair(double[] x, double[] y, TestSpec asked) {
        TestSpec spec = asked.toBuilder()
                .alternative(Alternative.TWO_SIDED)
                .reference(0)
                .build();
        double[] all = Comparing.concatenated(List.of(x, y));
        if (Moments.isConstant(all)) {
            return new Pair((double) x.length * y.length / 2, 1);
        }
        Ranks ranks = Ranks.of(all);
        boolean exact = spec.method() != Method.ASYMPTOTIC && !ranks.hasTies() && Math.max(x.length, y.length) < SMALL;
        double u = Moments.sum(Arrays.copyOf(ranks.of(), x.length)) - (double) x.length * (x.length + 1.0) / 2;
        return new Pair(u, mannWhitneyP(u, x, y, ranks, spec, exact));
    }

    /** The normal approximation, the variance corrected for ties (Lehmann, "Nonparametrics", 1975, section 1.4). */
    private static double approximate(double u, int n, int m, Ranks ranks, TestSpec spec) {
        double all = (double) n + m;
        double mean = (double) n * m / 2;
        double variance = (double) n * m / 12 * (all + 1 - ranks.ties() / (all * (all - 1)));
        return Tails.normal(corrected(u - mean, spec) / Math.sqrt(variance), spec.alternative());
    }

    /** Half a unit towards the null hypothesis. */
    private static double corrected(double off, TestSpec spec) {
        if (spec.continuity() == Continuity.NONE) {
            return off;
        }
        return switch (spec.alternative()) {
            case GREATER -> off - 0.5;
            case LESS -> off + 0.5;
            case TWO_SIDED -> Math.signum(off) * Math.max(0, Math.abs(off) - 0.5);
        };
    }

    private static void sides(Report report, TestSpec spec, Samples samples) {
        String subject = Comparing.subject(samples);
        String first = Comparing.first(samples);
        String second = Comparing.second(samples);
        String by = spec.reference() == 0 ? "" : ", less " + Texts.number(spec.reference()) + ",";
        String where = subject + " in " + first + by + " tends to be ";
        switch (spec.alternative()) {
            case TWO_SIDED ->
                report.hypotheses(
                        subject + by + " follows the same distribution in " + first + " and " + second,
                        where + "larger or smaller than in " + second);
            case LESS -> report.hypotheses(where + "as large as in " + second, where + "smaller than in " + second);
            case GREATER -> report.hypotheses(where + "as large as in " + second, where + "larger than in " + second);
        }
    }

    /** Differences of pairs, or of one sample from the reference; zeros are left out, as Wilcoxon did (1945). */
    static void wilcoxon(Report report, TestSpec spec, Samples samples) {
        TestKind kind = TestKind.WILCOXON;
        boolean paired = samples.size() == 2;
        double[] differences = paired ? MeanTests.differences(samples) : samples.values(0);
        double[] nonZero = Arrays.stream(differences)
                .map(v -> v - spec.reference())
                .filter(v -> v != 0)
                .toArray();
        if (nonZero.length == 0) {
            throw Refusals.constant(kind, "differences of " + samples.subject());
        }
        int n = nonZero.length;
        Ranks ranks = Ranks.of(Arrays.stream(nonZero).map(Math::abs).toArray());
        boolean zeros = n < differences.length;
        boolean exact = exact(kind, spec, samples, n, ranks.hasTies() || (zeros && spec.method() == Method.AUTO));
        WilcoxonSignedRankTest.Result result = WilcoxonSignedRankTest.withDefaults()
                .with(MeanTests.side(spec.alternative()))
                .with(exact ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC)
                .with(continuity(spec))
                .test(nonZero);
        double total = (double) n * (n + 1.0) / 2;
        double plus = result.getStatistic();
        report.statistic("W", spec.alternative() == Alternative.TWO_SIDED ? Math.min(plus, total - plus) : plus)
                .statistic("sum of positive ranks", plus)
                .statistic("sum of negative ranks", total - plus)
                .pValue(result.getPValue(), exact ? Exactness.EXACT : Exactness.ASYMPTOTIC);
        double error = Math.sqrt((double) n * (n + 1.0) * (2.0 * n + 1) / 6) / total;
        report.effect(
                Effects.correlation("rank-biserial correlation", (2 * plus - total) / total, error, spec.alpha()));
        if (zeros) {
            report.warn(Texts.count(differences.length - n, "difference") + " of zero left out.");
        }
        warnOfTies(report, ranks.hasTies());
        report.check(Assumptions.symmetric(differences));
        Assumptions.warnOfSample(report, List.of("the differences"), List.of(nonZero));
        String what = "the median of "
                + (paired
                        ? "the differences " + Comparing.first(samples) + " - " + Comparing.second(samples)
                        : Comparing.subject(samples));
        Comparing.ofDifference(report, spec, what, "", "");
    }

    static void warnOfTies(Report report, boolean ties) {
        if (ties) {
            report.warn("There are ties; the p-value takes them into account and is approximate.");
        }
    }

    private static void tellOfBootstrap(Report report) {
        boolean there = report.effects().get(0).low().isPresent();
        report.warn(
                there
                        ? "The interval of epsilon squared comes from a percentile bootstrap within the groups with a"
                                + " fixed seed; it does not reach 0 even where the groups are alike."
                        : "There is no interval of epsilon squared: the values are too many to draw them again"
                                + " hundreds of times.");
    }

    static void kruskal(Report report, TestSpec spec, Samples samples) {
        TestKind kind = TestKind.KRUSKAL_WALLIS;
        Refusals.requireTwoSided(kind, spec);
        List<double[]> groups = Comparing.values(samples);
        for (int i = 0; i < groups.size(); i++) {
            Refusals.requireSize(kind, samples.names().get(i), groups.get(i), 1);
        }
        double[] all = Comparing.concatenated(groups);
        Refusals.requireSize(kind, samples.subject(), all, 3);
        if (Moments.isConstant(all)) {
            throw Refusals.constant(kind, samples.subject());
        }
        Ranks ranks = Ranks.of(all);
        double n = all.length;
        double sum = 0;
        int from = 0;
        for (double[] group : groups) {
            double rankSum = Moments.sum(Arrays.copyOfRange(ranks.of(), from, from + group.length));
            double off = rankSum / group.length - (n + 1) / 2;
            sum += group.length * off * off;
            from += group.length;
        }
        double h = 12 / (n * (n + 1)) * sum / (1 - ranks.ties() / (n * n * n - n));
        report.statistic("H", h)
                .degreesOfFreedom(groups.size() - 1.0)
                .pValue(Tails.chiSquare(h, groups.size() - 1.0), Exactness.ASYMPTOTIC)
                .effect(Effects.epsilon(h, groups, spec.alpha()));
        tellOfBootstrap(report);
        if (groups.stream().anyMatch(g -> g.length < 5)) {
            report.warn("A group has fewer than 5 values, so the chi-square approximation is rough.");
        }
        warnOfTies(report, ranks.hasTies());
        Assumptions.warnOfSample(report, samples.names(), groups);
        report.hypotheses(
                Comparing.subject(samples) + " follows the same distribution in " + Comparing.names(samples),
                Comparing.subject(samples) + " tends to be larger in one of " + Comparing.names(samples)
                        + " than in another");
    }
}
