package dev.datastudio.core.statistics.internal;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Noncentral t, F and chi-square distributions as mixtures with Poisson weights, summed outwards from the largest
 * weight so that large parameters don't underflow. The t distribution follows Lenth, "Algorithm AS 243" (1989); the
 * inversion for the parameter gives confidence intervals of effect sizes as in Steiger and Fouladi, "Noncentrality
 * interval estimation" (1997).
 */
final class Noncentral {
    private static final double NO_WEIGHT = 1e-18;
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final int STEPS = 200;

    private Noncentral() {}

    static double t(double t, double df, double delta) {
        if (t < 0) {
            return 1 - t(-t, df, -delta);
        }
        double below = NormalDistribution.of(0, 1).cumulativeProbability(-delta);
        double x = t * t / (df + t * t);
        double lambda = delta * delta / 2;
        if (x == 0) {
            return below;
        }
        double even = mixture(lambda, j -> RegularizedBeta.value(x, j + 0.5, df / 2));
        double odd = lambda == 0
                ? 0
                : outwards(
                        lambda,
                        j -> Math.exp((j + 0.5) * Math.log(lambda) - lambda - LogGamma.value(j + 1.5))
                                * RegularizedBeta.value(x, j + 1.0, df / 2));
        return below + (even + Math.signum(delta) * odd) / 2;
    }

    static double chiSquare(double x, double df, double lambda) {
        return mixture(lambda / 2, j -> ChiSquaredDistribution.of(df + 2.0 * j).cumulativeProbability(x));
    }

    static double fisher(double f, double numerator, double denominator, double lambda) {
        double x = numerator * f / (numerator * f + denominator);
        return mixture(lambda / 2, j -> RegularizedBeta.value(x, numerator / 2 + j, denominator / 2));
    }

    private static double mixture(double lambda, IntToDoubleFunction part) {
        if (lambda == 0) {
            return part.applyAsDouble(0);
        }
        return outwards(
                lambda, j -> Math.exp(j * Math.log(lambda) - lambda - LogGamma.value(j + 1.0)) * part.applyAsDouble(j));
    }

    private static double outwards(double lambda, IntToDoubleFunction term) {
        int mode = (int) lambda;
        double sum = 0;
        for (int j = mode; j >= 0; j--) {
            double part = term.applyAsDouble(j);
            sum += part;
            if (part < NO_WEIGHT && weightIsGone(lambda, j)) {
                break;
            }
        }
        for (int j = mode + 1; ; j++) {
            double part = term.applyAsDouble(j);
            sum += part;
            if (part < NO_WEIGHT && weightIsGone(lambda, j)) {
                return sum;
            }
        }
    }

    private static boolean weightIsGone(double lambda, int j) {
        return Math.exp(j * Math.log(lambda) - lambda - LogGamma.value(j + 1.0)) < NO_WEIGHT;
    }

    /**
     * Where a falling function has a value.
     *
     * @param low where it lies above or at the value; otherwise {@code low} is the answer
     * @param high any greater number, doubled away from {@code low} until it lies below
     */
    static double falling(DoubleUnaryOperator function, double value, double low, double high) {
        if (function.applyAsDouble(low) <= value) {
            return low;
        }
        double a = low;
        double b = high;
        while (function.applyAsDouble(b) > value) {
            a = b;
            b += 2 * (b - low);
        }
        for (int i = 0; i < STEPS && b - a > 1e-13 * Math.max(1e-3, Math.abs(a)); i++) {
            double middle = a + (b - a) / 2;
            if (function.applyAsDouble(middle) > value) {
                a = middle;
            } else {
                b = middle;
            }
        }
        return a + (b - a) / 2;
    }

    /** The ends of the interval for the parameter of a t statistic. */
    static double[] tInterval(double t, double df, double alpha) {
        double reach = Math.abs(t) + 10 + Math.abs(t) * 10 / Math.sqrt(df) * SQRT_HALF;
        DoubleUnaryOperator cdf = delta -> t(t, df, delta);
        return new double[] {falling(cdf, 1 - alpha / 2, -reach, reach), falling(cdf, alpha / 2, -reach, reach)};
    }
}
