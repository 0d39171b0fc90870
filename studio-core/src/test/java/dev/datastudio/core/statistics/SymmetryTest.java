package dev.datastudio.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.core.statistics.TestResult.Effect;
import dev.datastudio.core.statistics.TestSpec.Alternative;
import dev.datastudio.core.statistics.TestSpec.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every sample; the seed names the failing one. */
class SymmetryTest {
    private static final List<TestKind> TWO = List.of(
            TestKind.STUDENT_T,
            TestKind.WELCH_T,
            TestKind.MANN_WHITNEY,
            TestKind.KOLMOGOROV_SMIRNOV,
            TestKind.LEVENE,
            TestKind.BROWN_FORSYTHE,
            TestKind.BARTLETT,
            TestKind.ANOVA,
            TestKind.WELCH_ANOVA,
            TestKind.KRUSKAL_WALLIS);
    private static final List<TestKind> PAIRS =
            List.of(TestKind.PAIRED_T, TestKind.WILCOXON, TestKind.PEARSON, TestKind.SPEARMAN, TestKind.KENDALL);
    private static final List<TestKind> SIDED = List.of(
            TestKind.STUDENT_T,
            TestKind.WELCH_T,
            TestKind.MANN_WHITNEY,
            TestKind.PEARSON,
            TestKind.SPEARMAN,
            TestKind.KENDALL,
            TestKind.PAIRED_T,
            TestKind.WILCOXON);

    static Stream<Arguments> twoSamples() {
        return seeded(TWO);
    }

    static Stream<Arguments> pairs() {
        return seeded(PAIRS);
    }

    static Stream<Arguments> sided() {
        return seeded(SIDED);
    }

    private static Stream<Arguments> seeded(List<TestKind> kinds) {
        return kinds.stream().flatMap(k -> Stream.of(1L, 2L, 3L, 4L, 5L).map(seed -> Arguments.of(k, seed)));
    }

    /** Continuous for even seeds, with ties for odd ones; values and means stay exact under the moves below. */
    private static double[] sample(Random random, int size, boolean ties) {
        return random.doubles(size)
                .map(u -> ties ? Math.floor(u * 7) : Math.floor(u * u * (1 << 20)) / 1024)
                .toArray();
    }

    private static Samples samples(TestKind kind, double[] x, double[] y) {
        if (PAIRS.contains(kind)) {
            int n = Math.min(x.length, y.length);
            return Samples.pairs("x", Arrays.copyOf(x, n), "y", Arrays.copyOf(y, n));
        }
        Map<String, double[]> groups = new LinkedHashMap<>();
        groups.put("x", x);
        groups.put("y", y);
        return Samples.groups("v", groups);
    }

    private static TestSpec spec(TestKind kind, Alternative alternative) {
        return TestSpec.builder(kind)
                .alternative(alternative)
                .method(Method.ASYMPTOTIC)
                .continuity(TestSpec.Continuity.NONE)
                .build();
    }

    private static TestResult run(TestKind kind, Alternative alternative, double[] x, double[] y) {
        return HypothesisTests.run(spec(kind, alternative), samples(kind, x, y));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource({"twoSamples", "pairs"})
    void doesNotDependOnWhichSampleIsFirst(TestKind kind, long seed) {
        Random random = new Random(seed);
        double[] x = sample(random, 25, seed % 2 == 1);
        double[] y = sample(random, 31, seed % 2 == 1);

        TestResult forwards = run(kind, Alternative.TWO_SIDED, x, y);
        TestResult backwards = run(kind, Alternative.TWO_SIDED, y, x);

        assertTrue(forwards.pValue() >= 0 && forwards.pValue() <= 1);
        // Paired kinds cut the longer sample, so the same rows are compared.
        assertEquals(forwards.pValue(), backwards.pValue(), 1e-9);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource({"twoSamples", "pairs"})
    void doesNotDependOnTheUnit(TestKind kind, long seed) {
        Random random = new Random(seed + 100);
        double[] x = sample(random, 25, seed % 2 == 1);
        double[] y = sample(random, 31, seed % 2 == 1);

        TestResult plain = run(kind, Alternative.TWO_SIDED, x, y);
        TestResult moved = run(kind, Alternative.TWO_SIDED, moved(x), moved(y));

        assertEquals(plain.pValue(), moved.pValue(), 1e-9);
        assertEquals(
                plain.effect().map(Effect::value).orElse(0.0),
                moved.effect().map(Effect::value).orElse(0.0),
                1e-9);
    }

    private static double[] moved(double[] values) {
        return Arrays.stream(values).map(v -> v * 8 + 1024).toArray();
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("sided")
    void splitsTheTwoSidedPValueOntoTheSides(TestKind kind, long seed) {
        Random random = new Random(seed + 200);
        double[] x = sample(random, 25, seed % 2 == 1);
        double[] y = sample(random, 31, seed % 2 == 1);

        double both = run(kind, Alternative.TWO_SIDED, x, y).pValue();
        double less = run(kind, Alternative.LESS, x, y).pValue();
        double greater = run(kind, Alternative.GREATER, x, y).pValue();

        assertEquals(1, less + greater, 1e-9);
        assertEquals(both, 2 * Math.min(less, greater), 1e-9);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("sided")
    void widensTheIntervalWithTheConfidence(TestKind kind, long seed) {
        Random random = new Random(seed + 300);
        double[] x = sample(random, 25, seed % 2 == 1);
        double[] y = sample(random, 31, seed % 2 == 1);
        double last = 0;

        for (double alpha : new double[] {0.5, 0.2, 0.05, 0.01}) {
            TestSpec spec =
                    spec(kind, Alternative.TWO_SIDED).toBuilder().alpha(alpha).build();
            Effect effect =
                    HypothesisTests.run(spec, samples(kind, x, y)).effect().orElseThrow();
            double low = effect.low().orElseThrow();
            double high = effect.high().orElseThrow();
            assertTrue(low <= effect.value() && effect.value() <= high, effect::toString);
            assertTrue(high - low > last, effect::toString);
            last = high - low;
        }
    }
}
