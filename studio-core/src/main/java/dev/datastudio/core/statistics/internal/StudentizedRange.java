package dev.datastudio.core.statistics.internal;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The distribution of the range of several normal values divided by an independent standard deviation (Tukey, 1953).
 *
 * <p>The upper tail is integrated directly, over the largest value z and, in logarithms, over the standard deviation s,
 * with Gauss-Legendre panels: P(range &gt; w) = k ∫ φ(z) Φ(z)^(k-1) (1 - (1 - Φ(z-w)/Φ(z))^(k-1)) dz, so that small
 * tails keep their digits.
 */
final class StudentizedRange {
    private static final int INNER_PANELS = 7;
    private static final int LEAST_PANELS = 8;
    private static final double WIDEST_PANEL = 1.5;
    private static final double NO_TAIL = 75;
    private static final double AS_GOOD_AS_INFINITE = 1e6;

    // Nodes and weights of the 16-point Gauss-Legendre rule, the positive half (Abramowitz and Stegun, table 25.4).
    private static final double[] NODES = {
        0.09501250983763744, 0.2816035507792589, 0.45801677765722737, 0.6178762444026438,
        0.755404408355003, 0.8656312023878318, 0.9445750230732326, 0.9894009349916499
    };
    private static final double[] WEIGHTS = {
        0.1894506104550685, 0.18260341504492358, 0.16915651939500254, 0.14959598881657674,
        0.12462897125553388, 0.09515851168249279, 0.062253523938647894, 0.027152459411754096
    };

    private final int groups;
    private final double degreesOfFreedom;

    /** @param groups at least 2 */
    StudentizedRange(int groups, double degreesOfFreedom) {
        this.groups = groups;
        this.degreesOfFreedom = degreesOfFreedom;
    }

    /** The probability of a greater value. */
    double survival(double q) {
        if (!(q > 0)) {
            return 1;
        }
        if (degreesOfFreedom > AS_GOOD_AS_INFINITE) {
            return range(q);
        }
        double df = degreesOfFreedom;
        double spread = 1 / Math.sqrt(2 * df);
        double least = Math.max(Math.exp(-0.5) * Math.pow(10, -30 / df), 1 - 14 * spread);
        double most = Math.sqrt(1 + 2 * Math.sqrt(46 / df) + 92 / df);
        double constant = Math.log(2) + df / 2 * Math.log(df / 2) - LogGamma.value(df / 2);
        return Math.min(
                1,
                integral(
                        u -> {
                            double s = Math.exp(u);
                            return Math.exp(constant + df * (u - s * s / 2)) * range(q * s);
                        },
                        Math.log(least),
                        Math.log(most),
                        Math.max(LEAST_PANELS, (int) Math.ceil(Math.log(most / least) / WIDEST_PANEL))));
    }

    private double range(double w) {
        if (w > NO_TAIL) {
            return 0;
        }
        double top = Math.max(8.5, w / 2 + 8.5);
        int others = groups - 1;
        double tail = integral(
                z -> {
                    double below = Tails.NORMAL.cumulativeProbability(z);
                    double reached = -Math.expm1(
                            others * Math.log1p(-Math.min(1, Tails.NORMAL.cumulativeProbability(z - w) / below)));
                    return Tails.NORMAL.density(z) * Math.pow(below, others) * reached;
                },
                -8.5,
                top,
                INNER_PANELS);
        return Math.min(1, groups * tail);
    }

    private static double integral(DoubleUnaryOperator of, double from, double to, int panels) {
        double half = (to - from) / panels / 2;
        double sum = 0;
        for (int panel = 0; panel < panels; panel++) {
            double centre = from + (2 * panel + 1) * half;
            for (int i = 0; i < NODES.length; i++) {
                double off = half * NODES[i];
                sum += WEIGHTS[i] * (of.applyAsDouble(centre - off) + of.applyAsDouble(centre + off));
            }
        }
        return sum * half;
    }

    /** The value that is exceeded with a probability, by the regula falsi of the Illinois rule on the logarithms. */
    double inverseSurvival(double probability) {
        double target = Math.log(probability);
        double low = 0.05;
        double high = 4;
        double atHigh = Math.log(survival(high)) - target;
        while (atHigh > 0 && high < 1e6) {
            low = high;
            high *= 2;
            atHigh = Math.log(survival(high)) - target;
        }
        double atLow = Math.log(survival(low)) - target;
        for (int i = 0; i < 60 && high - low > 1e-11 * high; i++) {
            double middle = (low * atHigh - high * atLow) / (atHigh - atLow);
            double at = Math.log(survival(middle)) - target;
            if (Math.abs(at) < 1e-13) {
                return middle;
            }
            if (at > 0) {
                low = middle;
                atLow = at;
                atHigh /= 2;
            } else {
                high = middle;
                atHigh = at;
                atLow /= 2;
            }
        }
        return low + (high - low) / 2;
    }
}
