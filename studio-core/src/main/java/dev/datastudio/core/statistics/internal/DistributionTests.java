package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestResult.Exactness;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.TestSpec.Distribution;
import dev.datastudio.core.statistics.TestSpec.Method;
import java.util.List;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.UniformContinuousDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/** The Kolmogorov-Smirnov test of one sample against a distribution and of two samples. */
final class DistributionTests {
    private static final TestKind KIND = TestKind.KOLMOGOROV_SMIRNOV;

    /** Two samples whose sizes multiply to more get an asymptotic p-value unless an exact one is asked for. */
    private static final double MOST_EXACT = 10_000;

    private DistributionTests() {}

    static void run(Report report, TestSpec spec, Samples samples) {
        for (int i = 0; i < samples.size(); i++) {
            Refusals.requireSize(KIND, samples.names().get(i), samples.values(i), 2);
        }
        if (samples.size() == 1) {
            one(report, spec, samples);
        } else {
            two(report, spec, samples);
        }
    }

    private static void one(Report report, TestSpec spec, Samples samples) {
        Distribution distribution = spec.distribution()
                .orElseThrow(() -> Refusals.notApplicable(
                        "The Kolmogorov-Smirnov test of '" + Comparing.subject(samples)
                                + "' needs a distribution that is known beforehand",
                        "Name one, compare two groups, or test normality with the Shapiro-Wilk test"));
        double[] values = samples.values(0);
        KolmogorovSmirnovTest.OneResult result = KolmogorovSmirnovTest.withDefaults()
                .with(MeanTests.side(spec.alternative()))
                .with(method(spec, true))
                .test(values, of(distribution)::cumulativeProbability);
        boolean exact = spec.method() != Method.ASYMPTOTIC;
        report.statistic("D", result.getStatistic())
                .pValue(result.getPValue(), exact ? Exactness.EXACT : Exactness.ASYMPTOTIC)
                .effect(Effects.distance(result.getStatistic(), spec.alpha(), values.length));
        RankTests.warnOfTies(report, Ranks.of(values).hasTies());
        report.hypotheses(
                Comparing.subject(samples) + " follows " + words(distribution),
                Comparing.subject(samples) + " does not follow " + words(distribution));
    }

    private static PValueMethod method(TestSpec spec, boolean small) {
        return switch (spec.method()) {
            case AUTO -> small ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC;
            case EXACT -> PValueMethod.EXACT;
            case ASYMPTOTIC -> PValueMethod.ASYMPTOTIC;
        };
    }

    private static ContinuousDistribution of(Distribution distribution) {
        if (distribution instanceof Distribution.Normal normal) {
            return NormalDistribution.of(normal.mean(), normal.deviation());
        } else if (distribution instanceof Distribution.Uniform uniform) {
            return UniformContinuousDistribution.of(uniform.low(), uniform.high());
        } else if (distribution instanceof Distribution.Exponential exponential) {
            return ExponentialDistribution.of(exponential.mean());
        }
        throw new AssertionError(distribution);
    }

    private static String words(Distribution distribution) {
        if (distribution instanceof Distribution.Normal normal) {
            return "a normal distribution with mean " + Texts.number(normal.mean()) + " and standard deviation "
                    + Texts.number(normal.deviation());
        } else if (distribution instanceof Distribution.Uniform uniform) {
            return "an even distribution from " + Texts.number(uniform.low()) + " to " + Texts.number(uniform.high());
        } else if (distribution instanceof Distribution.Exponential exponential) {
            return "an exponential distribution with mean " + Texts.number(exponential.mean());
        }
        throw new AssertionError(distribution);
    }

    private static void two(Report report, TestSpec spec, Samples samples) {
        double[] x = samples.values(0);
        double[] y = samples.values(1);
        boolean small = (double) x.length * y.length <= MOST_EXACT;
        boolean exact = spec.method() == Method.EXACT || (spec.method() == Method.AUTO && small);
        if (exact && !small && (double) x.length * y.length > 1e8) {
            throw Refusals.notApplicable(
                    "The exact p-value of the " + KIND.title() + " is too much work for " + x.length + " and "
                            + y.length + " values",
                    "Use the asymptotic method, which is as good for so many");
        }
        KolmogorovSmirnovTest.TwoResult result = KolmogorovSmirnovTest.withDefaults()
                .with(MeanTests.side(spec.alternative()))
                .with(method(spec, small))
                .test(x, y);
        report.statistic("D", result.getStatistic())
                .pValue(result.getPValue(), exact ? Exactness.EXACT : Exactness.ASYMPTOTIC)
                .effect(Effects.distance(result.getStatistic(), spec.alpha(), x.length, y.length));
        if (result.hasSignificantTies()) {
            report.warn("Values occur in both groups; the p-value is too large rather than too small.");
        }
        Assumptions.warnOfSample(report, samples.names(), List.of(x, y));
        String subject = Comparing.subject(samples);
        String both = Comparing.first(samples) + " and " + Comparing.second(samples);
        report.hypotheses(
                subject + " follows the same distribution in " + both,
                subject + " follows different distributions in " + both);
    }
}
