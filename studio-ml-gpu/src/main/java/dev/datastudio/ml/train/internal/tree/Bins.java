package dev.datastudio.ml.train.internal.tree;

import dev.datastudio.ml.prepare.internal.Matrix;
import java.util.Arrays;

/**
 * Features cut into at most 256 bins of about as many rows each.
 *
 * @param edges of each feature, ascending: a value is in the first bin whose edge is not below it, or in the last bin,
 *     which has no edge
 * @param bins of each feature, of each row
 * @param isExact of each feature, whether each different value has a bin of its own
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Bins(double[][] edges, byte[][] bins, boolean[] isExact) {
    private static final int MOST = 256;

    static Bins of(Matrix features) {
        int columns = features.columns();
        double[][] edges = new double[columns][];
        byte[][] bins = new byte[columns][];
        boolean[] isExact = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            double[] values = new double[features.rows()];
            for (int row = 0; row < values.length; row++) {
                values[row] = features.at(row, column);
            }
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int different = different(sorted);
            isExact[column] = different <= MOST;
            edges[column] = edges(sorted, different);
            bins[column] = new byte[values.length];
            for (int row = 0; row < values.length; row++) {
                bins[column][row] = (byte) bin(edges[column], values[row]);
            }
        }
        return new Bins(edges, bins, isExact);
    }

    private static int different(double[] sorted) {
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i + 1 == sorted.length || sorted[i] != sorted[i + 1]) {
                count++;
            }
        }
        return count;
    }

    /** Middles between neighbours: between all values that are different when they are few, else at quantiles. */
    private static double[] edges(double[] sorted, int count) {
        double[] different = new double[count];
        int[] upTo = new int[count]; // how many rows are not above it
        int found = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i + 1 == sorted.length || sorted[i] != sorted[i + 1]) {
                different[found] = sorted[i];
                upTo[found++] = i + 1;
            }
        }
        if (count <= MOST) {
            double[] edges = new double[count - 1];
            for (int i = 0; i < edges.length; i++) {
                edges[i] = middle(different[i], different[i + 1]);
            }
            return edges;
        }
        double[] edges = new double[MOST - 1];
        int made = 0;
        int at = 0;
        for (int i = 1; i < MOST; i++) {
            long wanted = (long) sorted.length * i / MOST;
            while (at < count - 1 && upTo[at] < wanted) {
                at++;
            }
            if (at < count - 1) {
                double edge = middle(different[at], different[at + 1]);
                if (made == 0 || edge > edges[made - 1]) {
                    edges[made++] = edge;
                }
            }
        }
        return Arrays.copyOf(edges, made);
    }

    /** Not below the lower and below the higher, also where there is nothing between them. */
    static double middle(double low, double high) {
        double middle = low + (high - low) / 2;
        return middle < high ? middle : low;
    }

    private static int bin(double[] edges, double value) {
        int found = Arrays.binarySearch(edges, value);
        return found >= 0 ? found : -found - 1;
    }
}
