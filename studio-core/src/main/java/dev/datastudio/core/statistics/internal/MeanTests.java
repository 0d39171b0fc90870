package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult.Effect;
import dev.datastudio.core.statistics.TestResult.Exactness;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.TestSpec.Alternative;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.OneWayAnova;
import org.apache.commons.statistics.inference.TTest;

/** Tests of means: t-tests and analyses of variance. */
final class MeanTests {
    private MeanTests() {}

    static AlternativeHypothesis side(Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> AlternativeHypothesis.TWO_SIDED;
            case LESS -> AlternativeHypothesis.LESS_THAN;
            case GREATER -> AlternativeHypothesis.GREATER_THAN;
        };
    }

    /** One sample against the reference, or the differences of pairs. */
    static void oneSample(Report report, TestKind kind, TestSpec spec, Samples samples) {
        boolean paired = kind == TestKind.PAIRED_T;
        double[] values = paired ? differences(samples) : samples.values(0);
        String name = paired ? "differences of " + samples.subject() : samples.subject();
        Refusals.requireSize(kind, name, values, 2);
        if (Moments.isConstant(values)) {
            throw Refusals.constant(kind, name);
        }
        TTest.Result result = TTest.withDefaults()
                .withMu(spec.reference())
                .with(side(spec.alternative()))
                .test(values);
        Moments moments = Moments.of(values);
        double error = moments.deviation() / Math.sqrt(values.length);
        report.statistic("t", result.getStatistic())
                .degreesOfFreedom(result.getDegreesOfFreedom())
                .pValue(result.getPValue(), Exactness.EXACT);
        difference(report, spec, paired ? "mean difference" : "mean", moments.mean(), error, values.length - 1.0);
        double root = Math.sqrt(values.length);
        Effect d = Effects.cohen("Cohen's d", result.getStatistic(), values.length - 1.0, root, spec.alpha());
        report.effect(d).effect(Effects.hedges(d, values.length - 1.0));
        report.check(Assumptions.normal(List.of(paired ? "the differences" : name), List.of(values), spec.alpha()));
        Assumptions.warnOfSample(report, List.of(paired ? "the differences" : name), List.of(values));
        if (paired) {
            Comparing.ofDifference(report, spec, "the mean of", Comparing.first(samples), Comparing.second(samples));
        } else {
            Comparing.ofDifference(report, spec, "the mean of", Comparing.subject(samples), "");
        }
    }

    static double[] differences(Samples samples) {
        double[] x = samples.values(0);
        double[] y = samples.values(1);
        Arrays.setAll(x, i -> x[i] - y[i]);
        return x;
    }

    /** Student's or Welch's test of two groups. */
    static void twoSample(Report report, TestKind kind, TestSpec spec, Samples samples) {
        double[] x = samples.values(0);
        double[] y = samples.values(1);
        Refusals.requireSize(kind, samples.names().get(0), x, 2);
        Refusals.requireSize(kind, samples.names().get(1), y, 2);
        if (Moments.isConstant(x) && Moments.isConstant(y)) {
            throw Refusals.constant(kind, samples.subject());
        }
        boolean student = kind == TestKind.STUDENT_T;
        TTest.Result result = TTest.withDefaults()
                .withMu(spec.reference())
                .with(student ? DataDispersion.HOMOSCEDASTIC : DataDispersion.HETEROSCEDASTIC)
                .with(side(spec.alternative()))
                .test(x, y);
        Moments a = Moments.of(x);
        Moments b = Moments.of(y);
        double df = result.getDegreesOfFreedom();
        double difference = a.mean() - b.mean();
        report.statistic("t", result.getStatistic())
                .degreesOfFreedom(df)
                .pValue(result.getPValue(), student ? Exactness.EXACT : Exactness.ASYMPTOTIC);
        double error = student
                ? Math.sqrt(pooled(a, b) * (1.0 / a.size() + 1.0 / b.size()))
                : Math.sqrt(a.variance() / a.size() + b.variance() / b.size());
        difference(report, spec, "difference of means", difference, error, df);
        if (student) {
            double root = Math.sqrt((double) a.size() * b.size() / (a.size() + b.size()));
            Effect d = Effects.cohen("Cohen's d", difference / error, df, root, spec.alpha());
            report.effect(d).effect(Effects.hedges(d, df));
        } else {
            Effect d = Effects.averaged(a, b, difference, spec.alpha());
            report.effect(d).effect(Effects.hedges(d, df));
        }
        report.check(Assumptions.normal(samples.names(), List.of(x, y), spec.alpha()));
        report.check(Assumptions.equalVariances(List.of(x, y), spec.alpha()));
        Assumptions.warnOfSample(report, samples.names(), List.of(x, y));
        Comparing.ofDifference(
                report,
                spec,
                "the mean of " + Comparing.subject(samples) + " in",
                Comparing.first(samples),
                Comparing.second(samples));
    }

    private static double pooled(Moments a, Moments b) {
        return ((a.size() - 1) * a.variance() + (b.size() - 1) * b.variance()) / (a.size() + b.size() - 2);
    }

    private static void difference(
            Report report, TestSpec spec, String name, double value, double error, double degreesOfFreedom) {
        double reach = Tails.studentQuantile(spec.alpha(), degreesOfFreedom) * error;
        report.statistic(name, value)
                .statistic(name + ", lower bound", value - reach)
                .statistic(name + ", upper bound", value + reach);
    }

    /** Fisher's analysis of variance. */
    static void anova(Report report, TestKind kind, TestSpec spec, Samples samples) {
        List<double[]> groups = Comparing.values(samples);
        requireGroups(kind, spec, samples, groups);
        OneWayAnova.Result result = OneWayAnova.withDefaults().test(groups);
        int between = groups.size() - 1;
        long all = groups.stream().mapToLong(g -> g.length).sum();
        double within = (double) all - groups.size();
        report.statistic("F", result.getStatistic())
                .degreesOfFreedom(between)
                .degreesOfFreedom(within)
                .pValue(result.getPValue(), Exactness.EXACT)
                .effect(Effects.eta(result.getStatistic(), between, within, all, spec.alpha()))
                .effect(Effects.omega(result.getStatistic(), between, all));
        shared(report, spec, samples, groups);
    }

    /** Welch, "On the comparison of several mean values: an alternative approach" (1951). */
    static void welchAnova(Report report, TestKind kind, TestSpec spec, Samples samples) {
        List<double[]> groups = Comparing.values(samples);
        requireGroups(kind, spec, samples, groups);
        int k = groups.size();
        double weights = 0;
        double weighted = 0;
        Moments[] moments = new Moments[k];
        double[] weight = new double[k];
        for (int i = 0; i < k; i++) {
            moments[i] = Moments.of(groups.get(i));
            if (Moments.isConstant(groups.get(i))) {
                throw Refusals.constant(kind, samples.names().get(i));
            }
            weight[i] = moments[i].size() / moments[i].variance();
            weights += weight[i];
            weighted += weight[i] * moments[i].mean();
        }
        double grand = weighted / weights;
        double between = 0;
        double spread = 0;
        for (int i = 0; i < k; i++) {
            double off = moments[i].mean() - grand;
            between += weight[i] * off * off;
            double rest = 1 - weight[i] / weights;
            spread += rest * rest / (moments[i].size() - 1);
        }
        double f = between / (k - 1) / (1 + 2.0 * (k - 2) / ((double) k * k - 1) * spread);
        double df = ((double) k * k - 1) / (3 * spread);
        long all = groups.stream().mapToLong(g -> g.length).sum();
        report.statistic("F", f)
                .degreesOfFreedom(k - 1.0)
                .degreesOfFreedom(df)
                .pValue(Tails.fisher(f, k - 1.0, df), Exactness.ASYMPTOTIC)
                .effect(Effects.welchOmega(f, k - 1.0, df, all, spec.alpha()));
        shared(report, spec, samples, groups);
    }

    private static void requireGroups(TestKind kind, TestSpec spec, Samples samples, List<double[]> groups) {
        Refusals.requireTwoSided(kind, spec);
        for (int i = 0; i < groups.size(); i++) {
            Refusals.requireSize(kind, samples.names().get(i), groups.get(i), 2);
        }
        if (groups.stream().allMatch(Moments::isConstant)) {
            throw Refusals.constant(kind, samples.subject());
        }
    }

    private static void shared(Report report, TestSpec spec, Samples samples, List<double[]> groups) {
        report.check(Assumptions.normal(samples.names(), groups, spec.alpha()))
                .check(Assumptions.equalVariances(groups, spec.alpha()));
        Assumptions.warnOfSample(report, samples.names(), groups);
        String subject = "the mean of " + Comparing.subject(samples);
        report.hypotheses(
                subject + " is the same in " + Comparing.names(samples),
                subject + " differs between " + Comparing.names(samples));
    }
}
