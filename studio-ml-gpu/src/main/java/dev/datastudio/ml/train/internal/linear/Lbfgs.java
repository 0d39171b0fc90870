package dev.datastudio.ml.train.internal.linear;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth convex function with what the last steps tell of its curvature (Nocedal and Wright, Numerical
 * Optimization, algorithms 7.4 and 7.5, with steps that are halved until the function falls enough).
 */
final class Lbfgs {
    private static final int MEMORY = 10;
    private static final double ARMIJO = 1e-4;
    private static final int MOST_HALVINGS = 40;

    private Lbfgs() {}

    /** A function with its slope. */
    interface Function {
        /** Its value at {@code x}; writes the slope. */
        double at(double[] x, double[] slope);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Step(double[] moved, double[] changed, double product) {}

    /**
     * Goes down from a place.
     *
     * @param enough ends when no slope is steeper
     * @return where it is lowest, or how far {@code most} steps led
     */
    static double[] minimise(Function function, double[] start, int most, double enough) {
        double[] x = start.clone();
        double[] slope = new double[x.length];
        double value = function.at(x, slope);
        Deque<Step> steps = new ArrayDeque<>();
        double[] nextSlope = new double[x.length];
        for (int i = 0; i < most && steepest(slope) > enough; i++) {
            double[] direction = direction(slope, steps);
            double fall = dot(direction, slope);
            if (fall >= 0) { // rounding has spoilt what is known of the curvature
                steps.clear();
                direction = direction(slope, steps);
                fall = dot(direction, slope);
            }
            double length = steps.isEmpty() ? Math.min(1, 1 / Math.sqrt(-fall)) : 1;
            double[] next = moved(x, direction, length);
            double nextValue = function.at(next, nextSlope);
            int halvings = 0;
            while (!(nextValue <= value + ARMIJO * length * fall) && halvings++ < MOST_HALVINGS) {
                length /= 2;
                next = moved(x, direction, length);
                nextValue = function.at(next, nextSlope);
            }
            if (!(nextValue < value)) {
                return x;
            }
            remember(steps, x, next, slope, nextSlope);
            x = next;
            value = nextValue;
            double[] other = slope;
            slope = nextSlope;
            nextSlope = other;
        }
        return x;
    }

    private static void remember(Deque<Step> steps, double[] x, double[] next, double[] slope, double[] nextSlope) {
        double[] moved = new double[x.length];
        double[] changed = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            moved[i] = next[i] - x[i];
            changed[i] = nextSlope[i] - slope[i];
        }
        double product = dot(moved, changed);
        if (product > 1e-300) {
            steps.addLast(new Step(moved, changed, product));
            if (steps.size() > MEMORY) {
                steps.removeFirst();
            }
        }
    }

    private static double[] direction(double[] slope, Deque<Step> steps) {
        double[] direction = new double[slope.length];
        for (int i = 0; i < slope.length; i++) {
            direction[i] = -slope[i];
        }
        double[] parts = new double[steps.size()];
        int at = steps.size();
        for (Iterator<Step> back = steps.descendingIterator(); back.hasNext(); ) {
            Step step = back.next();
            parts[--at] = dot(step.moved(), direction) / step.product();
            add(direction, step.changed(), -parts[at]);
        }
        if (!steps.isEmpty()) {
            Step last = steps.getLast();
            double scale = last.product() / dot(last.changed(), last.changed());
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= scale;
            }
        }
        for (Step step : steps) {
            add(direction, step.moved(), parts[at++] - dot(step.changed(), direction) / step.product());
        }
        return direction;
    }

    private static double[] moved(double[] x, double[] direction, double length) {
        double[] next = x.clone();
        add(next, direction, length);
        return next;
    }

    private static void add(double[] to, double[] other, double times) {
        for (int i = 0; i < to.length; i++) {
            to[i] += times * other[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double steepest(double[] slope) {
        double steepest = 0;
        for (double each : slope) {
            steepest = Math.max(steepest, Math.abs(each));
        }
        return steepest;
    }
}
