package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.Samples;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestKind.Shape;
import dev.datastudio.core.statistics.TestResult;
import dev.datastudio.core.statistics.TestSpec;

/** Checks that samples fit a test, and runs it. */
public final class Runner {
    private Runner() {}

    /** The result, with comparisons of pairs of groups where they belong to the test. */
    public static TestResult run(TestSpec spec, Samples samples) {
        AutoChoice.Choice choice =
                spec.kind() == TestKind.AUTO ? AutoChoice.of(spec, samples) : new AutoChoice.Choice(spec.kind(), "");
        TestKind kind = choice.kind();
        if (!fits(kind.shape(), samples)) {
            throw Refusals.shape(kind, samples);
        }
        Report report = new Report(kind, spec, samples).reason(choice.reason());
        dispatch(report, kind, spec, samples);
        if (samples.size() > 0) {
            Comparing.groups(report, samples);
        }
        if (samples.shape() == Shape.GROUPS && samples.size() > 2) {
            PostHocTests.add(report, kind, spec, samples);
        }
        return report.build();
    }

    private static boolean fits(Shape shape, Samples samples) {
        boolean groups = samples.shape() == Shape.GROUPS;
        return switch (shape) {
            case ANY -> true;
            case ONE, PAIRS, TABLE, COUNTS -> samples.shape() == shape;
            case TWO -> groups && samples.size() == 2;
            case GROUPS -> groups && samples.size() >= 2;
            case ONE_OR_TWO -> samples.shape() == Shape.ONE || (groups && samples.size() == 2);
            case ONE_OR_PAIRS -> samples.shape() == Shape.ONE || samples.shape() == Shape.PAIRS;
        };
    }

    private static void dispatch(Report report, TestKind kind, TestSpec spec, Samples samples) {
        switch (kind) {
            case AUTO -> throw new IllegalStateException("The automatic choice names a test");
            case ONE_SAMPLE_T, PAIRED_T -> MeanTests.oneSample(report, kind, spec, samples);
            case STUDENT_T, WELCH_T -> MeanTests.twoSample(report, kind, spec, samples);
            case ANOVA -> MeanTests.anova(report, kind, spec, samples);
            case WELCH_ANOVA -> MeanTests.welchAnova(report, kind, spec, samples);
            case MANN_WHITNEY -> RankTests.mannWhitney(report, spec, samples);
            case WILCOXON -> RankTests.wilcoxon(report, spec, samples);
            case KRUSKAL_WALLIS -> RankTests.kruskal(report, spec, samples);
            case LEVENE, BROWN_FORSYTHE, BARTLETT -> VarianceTests.run(report, kind, spec, samples);
            case CHI_SQUARE_INDEPENDENCE -> TableTests.independence(report, spec, samples);
            case CHI_SQUARE_GOODNESS_OF_FIT -> TableTests.goodness(report, spec, samples);
            case FISHER_EXACT -> TableTests.fisher(report, spec, samples);
            case PEARSON, SPEARMAN, KENDALL -> CorrelationTests.run(report, kind, spec, samples);
            case SHAPIRO_WILK, DAGOSTINO_PEARSON -> Normality.run(report, kind, spec, samples);
            case KOLMOGOROV_SMIRNOV -> DistributionTests.run(report, spec, samples);
        }
    }
}
