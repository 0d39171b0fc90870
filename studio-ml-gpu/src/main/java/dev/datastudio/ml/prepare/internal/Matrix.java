package dev.datastudio.ml.prepare.internal;

import java.util.Arrays;

/**
 * Numbers in rows and columns, row by row in one array, which is not to be changed once somebody else has it.
 *
 * @param values {@code rows * columns}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Matrix(double[] values, int rows, int columns) {
    /** @throws IllegalArgumentException if the length does not fit */
    public Matrix {
        if (values.length != (long) rows * columns) {
            throw new IllegalArgumentException(values.length + " values are not " + rows + " x " + columns);
        }
    }

    public double at(int row, int column) {
        return values[row * columns + column];
    }

    /** A copy of some rows, in that order. */
    public Matrix rows(int[] chosen) {
        double[] copy = new double[chosen.length * columns];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(values, chosen[i] * columns, copy, i * columns, columns);
        }
        return new Matrix(copy, chosen.length, columns);
    }

    /** A copy of some columns, in that order. */
    public Matrix columns(int[] chosen) {
        double[] copy = new double[rows * chosen.length];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < chosen.length; i++) {
                copy[row * chosen.length + i] = values[row * columns + chosen[i]];
            }
        }
        return new Matrix(copy, rows, chosen.length);
    }

    /** A copy of one row. */
    public double[] row(int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }
}
