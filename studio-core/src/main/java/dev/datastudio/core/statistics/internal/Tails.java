package dev.datastudio.core.statistics.internal;

import dev.datastudio.core.statistics.TestSpec.Alternative;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** P-values from the ends of distributions, without the loss of 1 - CDF. */
final class Tails {
    static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Tails() {}

    static double normal(double z, Alternative alternative) {
        return symmetric(NORMAL, z, alternative);
    }

    static double student(double t, double degreesOfFreedom, Alternative alternative) {
        return symmetric(TDistribution.of(degreesOfFreedom), t, alternative);
    }

    private static double symmetric(ContinuousDistribution distribution, double value, Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> 2 * distribution.survivalProbability(Math.abs(value));
            case GREATER -> distribution.survivalProbability(value);
            case LESS -> distribution.survivalProbability(-value);
        };
    }

    static double chiSquare(double value, double degreesOfFreedom) {
        return ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(value);
    }

    static double fisher(double value, double numerator, double denominator) {
        return FDistribution.of(numerator, denominator).survivalProbability(value);
    }

    /** How far a symmetric interval of a confidence reaches from the centre, in standard deviations. */
    static double normalQuantile(double alpha) {
        return NORMAL.inverseSurvivalProbability(alpha / 2);
    }

    static double studentQuantile(double alpha, double degreesOfFreedom) {
        return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(alpha / 2);
    }
}
