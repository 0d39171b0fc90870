package dev.datastudio.core.profile.internal;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Measures of how two columns hang together. Values that are missing in one of the two are left out. */
final class Associations {
    private static final int LEAST_ROWS = 2;

    private Associations() {}

    /** The product-moment correlation, by moments about the means (two passes); NaN when one of them is constant. */
    static double pearson(double[] x, double[] y) {
        double sumX = 0;
        double sumY = 0;
        long n = 0;
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
                sumX += x[i];
                sumY += y[i];
                n++;
            }
        }
        if (n < LEAST_ROWS) {
            return Double.NaN;
        }
        double meanX = sumX / n;
        double meanY = sumY / n;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
                double dx = x[i] - meanX;
                double dy = y[i] - meanY;
                xx += dx * dx;
                yy += dy * dy;
                xy += dx * dy;
            }
        }
        double r = xy / Math.sqrt(xx) / Math.sqrt(yy);
        return Double.isNaN(r) ? r : Math.max(-1, Math.min(1, r));
    }

    /** The rank correlation: Pearson's of mean ranks, taken anew when rows of one have no value in the other. */
    static double spearman(double[] x, double[] ranksX, double[] y, double[] ranksY) {
        boolean complete = true;
        for (int i = 0; i < x.length && complete; i++) {
            complete = Double.isNaN(x[i]) == Double.isNaN(y[i]);
        }
        if (complete) {
            return pearson(ranksX, ranksY);
        }
        double[] bothX = x.clone();
        double[] bothY = y.clone();
        for (int i = 0; i < x.length; i++) {
            if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
                bothX[i] = Double.NaN;
                bothY[i] = Double.NaN;
            }
        }
        return pearson(ranks(bothX), ranks(bothY));
    }

    /** Ranks from 1, equal values their mean rank, NaN for NaN. */
    static double[] ranks(double[] values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                ranks[i] = Double.NaN;
            } else {
                double value = values[i] == 0 ? 0.0 : values[i]; // -0.0 sorts before 0.0
                ranks[i] = (first(sorted, value) + last(sorted, value)) / 2.0 + 1;
            }
        }
        return ranks;
    }

    private static int first(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int last(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Cramér's V with Bergsma's (2013) bias correction, 0 to 1; NaN when one of them is constant. */
    static double cramersV(int[] a, int[] b) {
        int rows = kinds(a);
        int columns = kinds(b);
        double[][] counts = new double[rows][columns];
        for (int i = 0; i < a.length; i++) {
            if (a[i] >= 0 && b[i] >= 0) {
                counts[a[i]][b[i]]++;
            }
        }
        double[] rowSums = Arrays.stream(counts)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        double[] columnSums = IntStream.range(0, columns)
                .mapToDouble(
                        c -> Arrays.stream(counts).mapToDouble(row -> row[c]).sum())
                .toArray();
        double n = Arrays.stream(rowSums).sum();
        double chiSquared = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double expected = rowSums[i] * columnSums[j] / n;
                chiSquared += expected > 0 ? (counts[i][j] - expected) * (counts[i][j] - expected) / expected : 0;
            }
        }
        double r = Arrays.stream(rowSums).filter(sum -> sum > 0).count();
        double k = Arrays.stream(columnSums).filter(sum -> sum > 0).count();
        if (r < 2 || k < 2 || n < 3) {
            return Double.NaN;
        }
        double phi = Math.max(0, chiSquared / n - (k - 1) * (r - 1) / (n - 1));
        double corrected = Math.min(k - (k - 1) * (k - 1) / (n - 1), r - (r - 1) * (r - 1) / (n - 1)) - 1;
        return corrected > 0 ? Math.min(1, Math.sqrt(phi / corrected)) : Double.NaN;
    }

    /** The correlation ratio eta, 0 to 1; NaN when the numbers are constant. */
    static double correlationRatio(int[] kinds, double[] numbers) {
        int count = kinds(kinds);
        double[] sums = new double[count];
        long[] sizes = new long[count];
        double total = 0;
        long n = 0;
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] >= 0 && !Double.isNaN(numbers[i])) {
                sums[kinds[i]] += numbers[i];
                sizes[kinds[i]]++;
                total += numbers[i];
                n++;
            }
        }
        double mean = total / n;
        double between = 0;
        for (int i = 0; i < count; i++) {
            double distance = sizes[i] == 0 ? 0 : sums[i] / sizes[i] - mean;
            between += sizes[i] * distance * distance;
        }
        double all = 0;
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] >= 0 && !Double.isNaN(numbers[i])) {
                all += (numbers[i] - mean) * (numbers[i] - mean);
            }
        }
        return all > 0 ? Math.min(1, Math.sqrt(between / all)) : Double.NaN;
    }

    private static int kinds(int[] codes) {
        int highest = -1;
        for (int code : codes) {
            highest = Math.max(highest, code);
        }
        return highest + 1;
    }
}
