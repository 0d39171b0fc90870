package dev.datastudio.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.core.statistics.TestResult.Effect;
import dev.datastudio.core.statistics.TestSpec.Distribution;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Intervals of effect sizes, against numbers that NumPy and SciPy gave from the same formulas. */
class EffectIntervalTest {
    private static final double[] A = {2.9, 3.0, 2.5, 2.6, 3.2, 5.1, 1.2, 2.2};
    private static final double[] B = {3.8, 2.7, 4.0, 2.4, 3.1, 3.3};
    private static final double[] C = {2.8, 3.4, 3.7, 2.2, 2.0, 1.1, 0.4};

    private static Samples groups(double[]... values) {
        Map<String, double[]> groups = new LinkedHashMap<>();
        for (double[] value : values) {
            groups.put("g" + groups.size(), value);
        }
        return Samples.groups("size", groups);
    }

    private static void assertInterval(double low, double high, double tolerance, Effect effect) {
        assertEquals(low, effect.low().orElseThrow(), tolerance);
        assertEquals(high, effect.high().orElseThrow(), tolerance);
    }

    private static void assertSaid(TestResult result, String words) {
        assertTrue(
                result.warnings().stream().anyMatch(warning -> warning.contains(words)),
                () -> result.warnings().toString());
    }

    @Test
    void drawsTheGroupsOfKruskalAndWallisAgain() {
        TestResult result = HypothesisTests.run(TestKind.KRUSKAL_WALLIS, groups(A, B, C));

        Effect epsilon = result.effect().orElseThrow();
        assertEquals(0.1505403168414875, epsilon.value(), 1e-12);
        // 60,000 resamples in NumPy: 0.0149 and 0.5989; 2,000 leave the ends a little to chance.
        assertInterval(0.0149, 0.5989, 0.02, epsilon);
        assertSaid(result, "percentile bootstrap within the groups with a fixed seed");
        assertEquals(
                epsilon,
                HypothesisTests.run(TestKind.KRUSKAL_WALLIS, groups(A, B, C))
                        .effect()
                        .orElseThrow());
    }

    @Test
    void saysWhyManyValuesHaveNoBootstrap() {
        SplittableRandom random = new SplittableRandom(1);
        double[] many = random.doubles(150_000).toArray();

        TestResult result = HypothesisTests.run(TestKind.KRUSKAL_WALLIS, groups(many, many));

        assertEquals(OptionalDouble.empty(), result.effect().orElseThrow().low());
        assertSaid(result, "There is no interval of epsilon squared: the values are too many");
    }

    @Test
    void boundsTheRatioOfDeviationsOfTwoGroups() {
        TestResult bartlett = HypothesisTests.run(TestKind.BARTLETT, groups(A, B));
        TestResult levene = HypothesisTests.run(TestKind.LEVENE, groups(B, A));

        assertEquals(1.7877468158214478, bartlett.effect().orElseThrow().value(), 1e-12);
        assertInterval(
                0.6829096519456461, 4.109966106557187, 1e-9, bartlett.effect().orElseThrow());
        assertSaid(bartlett, "F distribution, which needs normal values");
        assertInterval(
                0.517368308785961, 5.5093028795516785, 1e-9, levene.effect().orElseThrow());
        assertSaid(levene, "Bonett (2006)");
    }

    @Test
    void saysWhySeveralGroupsHaveNoIntervalOfTheRatio() {
        TestResult result = HypothesisTests.run(TestKind.BROWN_FORSYTHE, groups(A, B, C));

        assertEquals(OptionalDouble.empty(), result.effect().orElseThrow().low());
        assertSaid(result, "picked because they differ most");
    }

    @Test
    void boundsTheDistanceOfDistributionFunctions() {
        TestResult one = HypothesisTests.run(
                TestSpec.builder(TestKind.KOLMOGOROV_SMIRNOV)
                        .distribution(new Distribution.Normal(3, 1))
                        .build(),
                Samples.one("size", A));
        TestResult two = HypothesisTests.run(TestKind.KOLMOGOROV_SMIRNOV, groups(A, B));

        assertEquals(0.2957402905608969, one.effect().orElseThrow().value(), 1e-9);
        assertInterval(0, 0.7759016862208572, 1e-9, one.effect().orElseThrow());
        assertInterval(0, 1, 1e-9, two.effect().orElseThrow());
    }
}
