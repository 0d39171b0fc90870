package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult.Exactness;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.TestSpec.Alternative;
import dev.datastudio.core.statistics.TestSpec.Method;
import java.util.Arrays;
import java.util.List;

/** Tests of correlation: Pearson, Spearman and Kendall. */
final class CorrelationTests {
    private CorrelationTests() {}

    static void run(Report report, TestKind kind, TestSpec spec, Samples samples) {
        double[] x = samples.values(0);
        double[] y = samples.values(1);
        Refusals.requireSize(kind, samples.subject(), x, 3);
        for (int i = 0; i < 2; i++) {
            if (Moments.isConstant(samples.values(i))) {
                throw Refusals.constant(kind, samples.names().get(i));
            }
        }
        switch (kind) {
            case PEARSON -> pearson(report, spec, samples, x, y);
            case SPEARMAN -> spearman(report, spec, x, y);
            default -> kendall(report, spec, samples, x, y);
        }
        String how = kind == TestKind.PEARSON ? "linearly correlated" : "correlated by rank";
        String both = Comparing.first(samples) + " and " + Comparing.second(samples);
        switch (spec.alternative()) {
            case TWO_SIDED -> report.hypotheses(both + " are not " + how, both + " are " + how);
            case LESS -> report.hypotheses(both + " are not negatively " + how, both + " are negatively " + how);
            case GREATER -> report.hypotheses(both + " are not positively " + how, both + " are positively " + how);
        }
        Assumptions.warnOfSample(report, samples.names(), List.of(x, y));
    }

    /**
     * A coefficient with its distances from both ends, which keep their digits where r is near 1 or -1.
     *
     * @param above 1 + r
     * @param below 1 - r
     */
    private record Coefficient(double above, double below) {
        /** From centred, scaled values, so that large means and values lose nothing. */
        static Coefficient of(double[] x, double[] y) {
            double[] a = normalised(x);
            double[] b = normalised(y);
            double[] sums = new double[a.length];
            Arrays.setAll(sums, i -> (a[i] + b[i]) * (a[i] + b[i]) / 2);
            double[] differences = new double[a.length];
            Arrays.setAll(differences, i -> (a[i] - b[i]) * (a[i] - b[i]) / 2);
            return new Coefficient(Moments.sum(sums), Moments.sum(differences));
        }

        double value() {
            return above < below ? above - 1 : 1 - below;
        }

        double pValue(int n, Alternative alternative) {
            double t = value() * Math.sqrt((n - 2) / (below * above));
            return Tails.student(t, n - 2.0, alternative);
        }
    }

    private static double[] normalised(double[] values) {
        double mean = VarianceTests.mean(values);
        double scale = Arrays.stream(values).map(v -> Math.abs(v - mean)).max().orElse(1);
        double[] centred = Arrays.stream(values).map(v -> (v - mean) / scale).toArray();
        double length =
                Math.sqrt(Moments.sum(Arrays.stream(centred).map(v -> v * v).toArray()));
        return Arrays.stream(centred).map(v -> v / length).toArray();
    }

    private static void pearson(Report report, TestSpec spec, Samples samples, double[] x, double[] y) {
        Coefficient coefficient = Coefficient.of(x, y);
        double r = coefficient.value();
        double error = x.length > 3 ? 1 / Math.sqrt(x.length - 3.0) : Double.NaN;
        report.statistic("r", r)
                .degreesOfFreedom(x.length - 2.0)
                .pValue(coefficient.pValue(x.length, spec.alternative()), Exactness.EXACT)
                .effect(Effects.correlation("Pearson's r", r, error, spec.alpha()))
                .check(Assumptions.normal(samples.names(), List.of(x, y), spec.alpha()));
    }

    /** The p-value by Student's t; the interval by the standard error of Bonett and Wright (2000). */
    private static void spearman(Report report, TestSpec spec, double[] x, double[] y) {
        Ranks a = Ranks.of(x);
        Ranks b = Ranks.of(y);
        Coefficient coefficient = Coefficient.of(a.of(), b.of());
        double r = coefficient.value();
        double error = x.length > 3 ? Math.sqrt((1 + r * r / 2) / (x.length - 3)) : Double.NaN;
        report.statistic("rho", r)
                .degreesOfFreedom(x.length - 2.0)
                .pValue(coefficient.pValue(x.length, spec.alternative()), Exactness.ASYMPTOTIC)
                .effect(Effects.correlation("Spearman's rho", r, error, spec.alpha()));
        if (x.length < 10) {
            report.warn("There are fewer than 10 pairs, so the p-value is rough; Kendall's tau-b gives an exact one.");
        }
    }

    private static void kendall(Report report, TestSpec spec, Samples samples, double[] x, double[] y) {
        KendallPairs pairs = KendallPairs.of(x, y);
        boolean ties = pairs.tiesX() > 0 || pairs.tiesY() > 0;
        if (spec.method() == Method.EXACT && ties) {
            throw Refusals.exactWithTies(TestKind.KENDALL, samples.subject());
        }
        if (spec.method() == Method.EXACT && x.length > KendallPairs.MOST_EXACT) {
            throw Refusals.notApplicable(
                    "The exact p-value of " + TestKind.KENDALL.title() + " takes at most " + KendallPairs.MOST_EXACT
                            + " pairs, and there are " + x.length,
                    "Use the asymptotic method, which is as good for so many");
        }
        boolean exact = spec.method() == Method.EXACT
                || (spec.method() == Method.AUTO && !ties && x.length <= KendallPairs.SMALL);
        double tau = pairs.tau();
        double error = x.length > 4 ? Math.sqrt(0.437 / (x.length - 4)) : Double.NaN;
        report.statistic("tau-b", tau)
                .pValue(
                        exact ? pairs.exact(spec.alternative()) : pairs.asymptotic(spec.alternative()),
                        exact ? Exactness.EXACT : Exactness.ASYMPTOTIC)
                .effect(Effects.correlation("Kendall's tau-b", tau, error, spec.alpha()));
        RankTests.warnOfTies(report, ties);
    }
}
