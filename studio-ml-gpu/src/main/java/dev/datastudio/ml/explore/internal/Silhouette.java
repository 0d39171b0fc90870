package dev.datastudio.ml.explore.internal;

import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Course;

/**
 * How well points lie in their groups: P. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of
 * cluster analysis" (1987). The distances of all pairs are kept, so it is for some thousand points.
 */
final class Silhouette {
    private final float[] distances;
    private final int rows;

    Silhouette(Matrix points, Course course) {
        rows = points.rows();
        distances = new float[rows * rows];
        course.each(rows, a -> {
            for (int b = 0; b < rows; b++) {
                double sum = 0;
                for (int f = 0; f < points.columns(); f++) {
                    double off = points.at(a, f) - points.at(b, f);
                    sum += off * off;
                }
                distances[a * rows + b] = (float) Math.sqrt(sum);
            }
        });
    }

    /** The mean over all points, -1 to 1; a point that is alone in its group counts as 0. */
    double of(int[] labels, int clusters) {
        int[] counts = new int[clusters];
        for (int label : labels) {
            counts[label]++;
        }
        double all = 0;
        double[] sums = new double[clusters];
        for (int row = 0; row < rows; row++) {
            java.util.Arrays.fill(sums, 0);
            for (int other = 0; other < rows; other++) {
                sums[labels[other]] += distances[row * rows + other];
            }
            int own = labels[row];
            double nearest = Double.POSITIVE_INFINITY;
            for (int k = 0; k < clusters; k++) {
                nearest = k != own && counts[k] > 0 ? Math.min(nearest, sums[k] / counts[k]) : nearest;
            }
            if (counts[own] > 1 && Double.isFinite(nearest)) {
                double inside = sums[own] / (counts[own] - 1);
                all += (nearest - inside) / Math.max(Math.max(nearest, inside), Double.MIN_NORMAL);
            }
        }
        return all / rows;
    }
}
