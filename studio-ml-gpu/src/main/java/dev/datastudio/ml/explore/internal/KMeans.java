package dev.datastudio.ml.explore.internal;

import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Course;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Groups points around centres: S. Lloyd, "Least squares quantization in PCM" (1982), from the beginnings of D. Arthur and
 * S. Vassilvitskii, "k-means++: the advantages of careful seeding" (2007), each the best of some candidates, and the best of
 * several beginnings. Points are kept feature by feature, so that the processor handles several at once.
 */
public final class KMeans {
    private static final int ROUNDS = 300;
    private static final int CHUNK = 512;
    /** A round that moves the centres by less, in parts of the mean variance, is the last. */
    private static final double TOLERANCE = 1e-4;

    private final int rows;
    private final double[][] features;
    private final double tolerance;
    private final Course course;

    /**
     * What came of it.
     *
     * @param centres one a group; fewer than asked for when there are fewer different points
     * @param labels the group of each point
     * @param inertia the sum of squared distances to the centres
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Fit(double[][] centres, int[] labels, double inertia) {}

    public KMeans(Matrix points, Course course) {
        this.rows = points.rows();
        this.features = new double[points.columns()][rows];
        this.course = course;
        double variance = 0;
        for (int f = 0; f < features.length; f++) {
            double mean = 0;
            for (int row = 0; row < rows; row++) {
                features[f][row] = points.at(row, f);
                mean += features[f][row] / rows;
            }
            for (int row = 0; row < rows; row++) {
                double off = features[f][row] - mean;
                variance += off * off / rows;
            }
        }
        tolerance = TOLERANCE * variance / features.length;
    }

    /** The best of some beginnings. */
    public Fit fit(int clusters, int restarts, long seed) {
        SplittableRandom first = new SplittableRandom(seed);
        SplittableRandom[] randoms = new SplittableRandom[restarts];
        Arrays.setAll(randoms, i -> first.split());
        Fit[] fits = new Fit[restarts];
        AtomicInteger done = new AtomicInteger();
        course.each(restarts, i -> {
            fits[i] = lloyd(begin(clusters, randoms[i]));
            course.at("finding " + clusters + " groups", done.incrementAndGet(), restarts, "beginnings");
        });
        Fit best = fits[0];
        for (Fit fit : fits) {
            best = fit.inertia() < best.inertia() ? fit : best;
        }
        return best;
    }

    private double[][] begin(int clusters, SplittableRandom random) {
        double[][] centres = new double[clusters][];
        centres[0] = point(random.nextInt(rows));
        double[] nearest = new double[rows];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        lower(nearest, centres[0]);
        int candidates = 2 + (int) Math.log(clusters);
        for (int k = 1; k < clusters; k++) {
            course.check();
            double all = Arrays.stream(nearest).sum();
            if (all == 0) {
                return Arrays.copyOf(centres, k);
            }
            double[] best = nearest;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < candidates; i++) {
                double[] centre = point(drawn(nearest, all * random.nextDouble()));
                double[] tried = nearest.clone();
                lower(tried, centre);
                double sum = Arrays.stream(tried).sum();
                if (sum < least) {
                    least = sum;
                    best = tried;
                    centres[k] = centre;
                }
            }
            nearest = best;
        }
        return centres;
    }

    private static int drawn(double[] weights, double at) {
        double sum = 0;
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                sum += weights[i];
                last = i;
                if (sum > at) {
                    return i;
                }
            }
        }
        return last;
    }

    private double[] point(int row) {
        return Arrays.stream(features).mapToDouble(feature -> feature[row]).toArray();
    }

    private void lower(double[] nearest, double[] centre) {
        double[] distances = new double[CHUNK];
        for (int from = 0; from < rows; from += CHUNK) {
            int size = Math.min(CHUNK, rows - from);
            distances(centre, from, size, distances);
            for (int i = 0; i < size; i++) {
                nearest[from + i] = Math.min(nearest[from + i], distances[i]);
            }
        }
    }

    private void distances(double[] centre, int from, int size, double[] out) {
        Arrays.fill(out, 0, size, 0);
        for (int f = 0; f < features.length; f++) {
            double[] feature = features[f];
            double middle = centre[f];
            for (int i = 0; i < size; i++) {
                double off = feature[from + i] - middle;
                out[i] += off * off;
            }
        }
    }

    private Fit lloyd(double[][] begin) {
        double[][] centres = begin;
        int[] labels = new int[rows];
        double[] nearest = new double[rows];
        for (int round = 0; round < ROUNDS; round++) {
            course.check();
            assign(centres, labels, nearest);
            double[][] moved = means(centres.length, labels, nearest);
            double shift = 0;
            for (int k = 0; k < centres.length; k++) {
                shift += squared(moved[k], centres[k]);
            }
            centres = moved;
            if (shift <= tolerance) {
                break;
            }
        }
        assign(centres, labels, nearest);
        return new Fit(centres, labels, Arrays.stream(nearest).sum());
    }

    private void assign(double[][] centres, int[] labels, double[] nearest) {
        double[] distances = new double[CHUNK];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (int from = 0; from < rows; from += CHUNK) {
            int size = Math.min(CHUNK, rows - from);
            for (int k = 0; k < centres.length; k++) {
                distances(centres[k], from, size, distances);
                for (int i = 0; i < size; i++) {
                    if (distances[i] < nearest[from + i]) {
                        nearest[from + i] = distances[i];
                        labels[from + i] = k;
                    }
                }
            }
        }
    }

    /** The means of the groups; one without points takes the point that is farthest from its centre. */
    private double[][] means(int clusters, int[] labels, double[] nearest) {
        int[] counts = new int[clusters];
        for (int label : labels) {
            counts[label]++;
        }
        for (int k = 0; k < clusters; k++) {
            if (counts[k] == 0) {
                int farthest =
                        IntStream.range(0, rows).reduce(0, (best, row) -> nearest[row] > nearest[best] ? row : best);
                counts[labels[farthest]]--;
                labels[farthest] = k;
                nearest[farthest] = 0;
                counts[k] = 1;
            }
        }
        double[][] means = new double[clusters][features.length];
        for (int f = 0; f < features.length; f++) {
            double[] sums = new double[clusters];
            for (int row = 0; row < rows; row++) {
                sums[labels[row]] += features[f][row];
            }
            for (int k = 0; k < clusters; k++) {
                means[k][f] = sums[k] / Math.max(1, counts[k]);
            }
        }
        return means;
    }

    private static double squared(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
