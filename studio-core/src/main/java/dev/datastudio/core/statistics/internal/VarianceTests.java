package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult.Exactness;
import dev.datastudio.core.statistics.TestSpec;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.inference.OneWayAnova;

/** Tests of equal variances. */
final class VarianceTests {
    private VarianceTests() {}

    static double mean(double[] values) {
        return Moments.sum(values) / values.length;
    }

    /** Levene (1960) with means, Brown and Forsythe (1974) with medians: ANOVA of the distances from the centres. */
    static OneWayAnova.Result distances(List<double[]> groups, ToDoubleFunction<double[]> centre) {
        return OneWayAnova.withDefaults()
                .test(groups.stream()
                        .map(group -> {
                            double middle = centre.applyAsDouble(group);
                            return Arrays.stream(group)
                                    .map(v -> Math.abs(v - middle))
                                    .toArray();
                        })
                        .toList());
    }

    static void run(Report report, TestKind kind, TestSpec spec, Samples samples) {
        Refusals.requireTwoSided(kind, spec);
        List<double[]> groups = Comparing.values(samples);
        for (int i = 0; i < groups.size(); i++) {
            Refusals.requireSize(kind, samples.names().get(i), groups.get(i), 2);
        }
        if (groups.stream().allMatch(Moments::isConstant)) {
            throw Refusals.constant(kind, samples.subject());
        }
        if (kind == TestKind.BARTLETT) {
            bartlett(report, kind, spec, samples, groups);
        } else {
            OneWayAnova.Result result =
                    distances(groups, kind == TestKind.LEVENE ? VarianceTests::mean : Moments::median);
            if (!Double.isFinite(result.getStatistic())) {
                throw Refusals.notApplicable(
                        "The distances from the centres don't vary within the groups of '" + Comparing.subject(samples)
                                + "'",
                        "Add rows: each group needs three different values or more");
            }
            report.statistic("W", result.getStatistic())
                    .degreesOfFreedom(groups.size() - 1.0)
                    .degreesOfFreedom(groups.stream().mapToDouble(g -> g.length).sum() - groups.size())
                    .pValue(result.getPValue(), Exactness.ASYMPTOTIC);
        }
        DeviationRatio.tell(report, kind, groups, spec.alpha());
        Assumptions.warnOfSample(report, samples.names(), groups);
        String subject = "the variance of " + Comparing.subject(samples);
        report.hypotheses(
                subject + " is the same in " + Comparing.names(samples),
                subject + " differs between " + Comparing.names(samples));
    }

    /** Bartlett, "Properties of sufficiency and statistical tests" (1937). */
    private static void bartlett(Report report, TestKind kind, TestSpec spec, Samples samples, List<double[]> groups) {
        int k = groups.size();
        long all = 0;
        double pooled = 0;
        double logs = 0;
        double inverse = 0;
        for (int i = 0; i < k; i++) {
            double[] group = groups.get(i);
            if (Moments.isConstant(group)) {
                throw Refusals.constant(kind, samples.names().get(i));
            }
            double variance = Moments.of(group).variance();
            all += group.length;
            pooled += (group.length - 1) * variance;
            logs += (group.length - 1) * Math.log(variance);
            inverse += 1.0 / (group.length - 1);
        }
        double statistic =
                ((all - k) * Math.log(pooled / (all - k)) - logs) / (1 + (inverse - 1.0 / (all - k)) / (3 * (k - 1)));
        report.statistic("T", statistic)
                .degreesOfFreedom(k - 1.0)
                .pValue(Tails.chiSquare(Math.max(0, statistic), k - 1.0), Exactness.ASYMPTOTIC)
                .check(Assumptions.normal(samples.names(), groups, spec.alpha()));
    }
}
