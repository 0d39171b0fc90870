package dev.datastudio.ml.train.internal.model;

import java.util.Arrays;

/** Sizes as shares of their sum. */
public final class Shares {
    private Shares() {}

    public static double[] of(double[] values) {
        double sum = Arrays.stream(values).map(Math::abs).sum();
        return Arrays.stream(values)
                .map(value -> sum == 0 ? 0 : Math.abs(value) / sum)
                .toArray();
    }
}
