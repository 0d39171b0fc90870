package dev.datastudio.core.profile.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DistancesTest {
    @Test
    void findsTheGreatestDistanceOfDistributionFunctions() {
        double[] a = {1, 2, 2, 3.5, 9};
        double[] b = {2, 2, 5, 6, 7};

        assertEquals(0.4, Distances.kolmogorovSmirnov(a, b), 1e-15); // scipy.stats.ks_2samp
    }

    @Test
    void isZeroForEqualShares() {
        double[] shares = {0.2, 0.3, 0.5};

        assertEquals(0, Distances.populationStability(shares, shares));
        assertEquals(0, Distances.totalVariation(shares, shares));
    }

    @Test
    void sumsTheStabilityOverShares() {
        // (0.6 - 0.5) ln(0.6 / 0.5) + (0.4 - 0.5) ln(0.4 / 0.5)
        assertEquals(
                0.04054651081081642,
                Distances.populationStability(new double[] {0.6, 0.4}, new double[] {0.5, 0.5}),
                1e-15);
    }

    @Test
    void givesEqualValuesTheirMeanRank() {
        assertArrayEquals(
                new double[] {1, 2.5, Double.NaN, 2.5, 4},
                Associations.ranks(new double[] {-1, 0.0, Double.NaN, -0.0, 7}));
    }
}
