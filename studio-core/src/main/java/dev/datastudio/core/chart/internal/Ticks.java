package dev.datastudio.core.chart.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Round numbers for linear and logarithmic axes.
 *
 * <p>Steps are 1, 2, 2.5 or 5 times a power of ten: P. Heckbert, "Nice numbers for graph labels", Graphics Gems (1990),
 * with the 2.5 of J. Talbot, S. Lin and P. Hanrahan, "An extension of Wilkinson's algorithm for positioning tick labels
 * on axes" (2010).
 */
public final class Ticks {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};
    private static final double TOLERANCE = 1e-9;

    private Ticks() {}

    /**
     * The smallest round step that fits at most {@code maxCount} times into a range of that length.
     *
     * @param length above 0
     * @param whole whether the step must be a whole number
     */
    public static double step(double length, int maxCount, boolean whole) {
        double raw = length / Math.max(1, maxCount);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (double step : STEPS) {
            double candidate = clean(step * power);
            if (candidate >= raw * (1 - TOLERANCE) && !(whole && candidate != Math.rint(candidate))) {
                return whole ? Math.max(1, candidate) : candidate;
            }
        }
        return whole ? Math.max(1, Math.ceil(10 * power)) : clean(10 * power);
    }

    /** The multiples of a step from one number to another, both included. */
    public static List<Double> multiples(double min, double max, double step) {
        List<Double> ticks = new ArrayList<>();
        double first = Math.ceil(min / step - TOLERANCE);
        double last = Math.floor(max / step + TOLERANCE);
        for (double i = first; i <= last && ticks.size() < 1000; i++) {
            ticks.add(multiple(i, step));
        }
        return ticks;
    }

    /**
     * Powers of ten from one positive number to another; with 2 and 5 between when there are few, and only each
     * second, third … when there are many.
     */
    public static List<Double> logarithmic(double min, double max, int maxCount) {
        int low = (int) Math.ceil(Math.log10(min) - TOLERANCE);
        int high = (int) Math.floor(Math.log10(max) + TOLERANCE);
        int decades = high - low + 1;
        if (decades < 2) {
            List<Double> fine = between(min, max, low - 1, high + 1, new double[] {1, 2, 3, 5, 7});
            return fine.size() <= maxCount ? fine : between(min, max, low - 1, high + 1, new double[] {1, 3});
        }
        if (decades * 3 <= maxCount) {
            return between(min, max, low - 1, high + 1, new double[] {1, 2, 5});
        }
        int stride = Math.max(1, (int) Math.ceil((double) decades / Math.max(1, maxCount)));
        List<Double> ticks = new ArrayList<>();
        for (int power = low; power <= high; power += stride) {
            ticks.add(clean(Math.pow(10, power)));
        }
        return ticks;
    }

    private static List<Double> between(double min, double max, int low, int high, double[] factors) {
        List<Double> ticks = new ArrayList<>();
        for (int power = low; power <= high; power++) {
            for (double factor : factors) {
                double tick = clean(factor * Math.pow(10, power));
                if (tick >= min * (1 - TOLERANCE) && tick <= max * (1 + TOLERANCE)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** A number times a step, worked out in decimals: 3 times 0.1 is 0.3, however far from 0 the steps stand. */
    public static double multiple(double count, double step) {
        return Double.isFinite(count) && Double.isFinite(step)
                ? BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(step)).doubleValue() + 0.0
                : count * step;
    }

    /** The number without the noise of its last bits: 0.30000000000000004 is 0.3. */
    public static double clean(double value) {
        if (value == 0 || !Double.isFinite(value) || (value == Math.rint(value) && Math.abs(value) < 1e15)) {
            return value == 0 ? 0 : value;
        }
        return new BigDecimal(value, new MathContext(12)).doubleValue();
    }
}
