package dev.datastudio.core.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.core.chart.HistogramBins.Values;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramBinsTest {
    @Test
    void takesTheRoundWidthNearestToFreedmanAndDiaconis() {
        // 2 * (38 - 20.125) / cbrt(714) = 4.0, and 5 is nearer to it than 2.5
        double[] edges = HistogramBins.edges(0.42, 80, 20.125, 38, 714, Values.CONTINUOUS);

        assertEquals(17, edges.length);
        assertEquals(0, edges[0]);
        assertEquals(5, edges[1]);
        assertEquals(80, edges[16]);
    }

    @Test
    void givesEachOfFewWholeNumbersItsOwnBin() {
        double[] edges = HistogramBins.edges(1, 4, 2, 3, 100, Values.WHOLE);

        assertArrayEquals(new double[] {0.5, 1.5, 2.5, 3.5, 4.5}, edges);
    }

    @Test
    void givesManyWholeNumbersWholeWidths() {
        double[] edges = HistogramBins.edges(3, 1003, 250, 750, 5000, Values.WHOLE);

        for (double edge : edges) {
            assertEquals(Math.rint(edge), edge);
        }
    }

    @Test
    void keepsEdgesApartFarFromZero() {
        double base = 1e12;

        double[] whole = HistogramBins.edges(base, base + 6, base + 1, base + 5, 100, Values.WHOLE);
        double[] other = HistogramBins.edges(base + 0.25, base + 6, base + 1, base + 5, 100, Values.CONTINUOUS);

        assertArrayEquals(
                new double[] {-0.5, 0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5},
                Arrays.stream(whole).map(edge -> edge - base).toArray());
        for (int i = 1; i < other.length; i++) {
            assertTrue(other[i] > other[i - 1], Arrays.toString(other));
        }
        assertTrue(other.length > 3 && other[0] <= base + 0.25 && other[other.length - 1] >= base + 6);
    }

    @Test
    void writesEdgesWithoutTheNoiseOfTheirLastBits() {
        double[] edges = HistogramBins.edges(0, 1, 0.25, 0.75, 1000, Values.CONTINUOUS);

        for (double edge : edges) {
            assertTrue(Double.toString(edge).length() <= 5, Arrays.toString(edges));
        }
    }

    @Test
    void gathersALongTailInABinWithoutEnd() {
        double[] edges = HistogramBins.edges(0.44, 22_638, 17.3, 210, 5899, Values.CONTINUOUS);

        assertEquals(0, edges[0]);
        assertEquals(Double.POSITIVE_INFINITY, edges[edges.length - 1]);
        assertTrue(edges[edges.length - 2] >= 210 + 6 * (210 - 17.3));
        assertTrue(edges[edges.length - 2] < 1500);
        assertTrue(edges.length > 20 && edges.length < 62);
    }

    @Test
    void gathersNothingWhenTheTailIsShort() {
        double[] edges = HistogramBins.edges(0, 20, 4, 6, 1000, Values.CONTINUOUS);

        assertEquals(20, edges[edges.length - 1]);
    }

    @Test
    void putsEqualValuesIntoOneBinAroundThem() {
        assertArrayEquals(new double[] {41.5, 42.5}, HistogramBins.edges(42, 42, 42, 42, 3, Values.WHOLE));
        assertArrayEquals(new double[] {-0.5, 0.5}, HistogramBins.edges(0, 0, 0, 0, 3, Values.CONTINUOUS));
    }

    @Test
    void writesEdgesWithoutTheNoiseOfBinaryFractions() {
        double[] edges = HistogramBins.edges(0, 1, 0.25, 0.75, 1000, Values.CONTINUOUS);

        assertEquals(0.3, edges[HistogramBins.binOf(0.3, edges)]);
    }

    @Test
    void coversEveryValueOnceWhateverTheNumbersAre() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            double scale = Math.pow(10, random.nextInt(24) - 12);
            double shift = random.nextBoolean() ? 0 : scale * 100 * random.nextGaussian();
            boolean whole = random.nextInt(4) == 0;
            double[] numbers = new double[1 + random.nextInt(500)];
            for (int i = 0; i < numbers.length; i++) {
                double number = shift + scale * Math.exp(random.nextGaussian() * random.nextInt(4));
                numbers[i] = whole ? Math.rint(number) : number;
            }
            ValueSummary summary = ValueSummary.of(numbers);
            double[] edges = summary.edges();

            assertTrue(edges.length >= 2 && edges.length <= 64, "seed " + seed + ": " + edges.length + " edges");
            for (int i = 1; i < edges.length; i++) {
                assertTrue(edges[i - 1] < edges[i], "seed " + seed + ": edge " + i);
            }
            for (double number : numbers) {
                assertEquals(naiveBin(number, edges), HistogramBins.binOf(number, edges), "seed " + seed);
            }
        }
    }

    private static int naiveBin(double number, double[] edges) {
        for (int i = 0; i + 1 < edges.length; i++) {
            boolean last = i + 2 == edges.length;
            if (number >= edges[i] && (number < edges[i + 1] || (last && number == edges[i + 1]))) {
                return i;
            }
        }
        throw new AssertionError(number + " has no bin");
    }

    @Test
    void aWishedNumberOfBinsBecomesARoundWidthOverTheWholeRange() {
        assertArrayEquals(new double[] {0, 20, 40, 60, 80, 100}, HistogramBins.about(5, 3, 97.5, Values.CONTINUOUS));
        assertArrayEquals(new double[] {0.5, 1.5, 2.5, 3.5}, HistogramBins.about(8, 1, 3, Values.WHOLE));
        assertArrayEquals(new double[] {6.5, 7.5}, HistogramBins.about(8, 7, 7, Values.WHOLE));
        assertEquals(
                "bins must be above 0, was 0",
                assertThrows(IllegalArgumentException.class, () -> HistogramBins.about(0, 1, 2, Values.WHOLE))
                        .getMessage());
    }

    @Test
    void refusesARangeThatIsNone() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> HistogramBins.edges(2, 1, 1, 1, 5, Values.CONTINUOUS));

        assertEquals("min and max must be finite and rise, were 2.0 and 1.0", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, () -> HistogramBins.edges(1, 2, 1, 1, 0, Values.CONTINUOUS));
    }
}
