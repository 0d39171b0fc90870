package dev.datastudio.core.statistics.internal;

import java.util.Arrays;

/** Numbers in a growing array. Not thread-safe. */
final class Doubles {
    private static final int FIRST = 64;

    private double[] values = new double[FIRST];
    private int size;

    void add(double value, long times) {
        int end = Math.toIntExact(size + times);
        if (end > values.length) {
            values = Arrays.copyOf(values, Math.max(end, values.length + values.length / 2));
        }
        Arrays.fill(values, size, end, value);
        size = end;
    }

    double[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
