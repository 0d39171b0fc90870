package dev.datastudio.ml.explore.internal;

import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.Projected;
import dev.datastudio.ml.train.internal.model.Course;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Principal components: the eigenvectors of the covariance of features whose mean is 0, found by Jacobi's rotations (Golub
 * and Van Loan, Matrix Computations, section 8.5), which are slow for wide tables and exact to the last digits.
 *
 * @param variances along each direction, the greatest first
 * @param vectors each of length 1, its greatest part positive
 * @param total the variance of all features
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Directions(double[] variances, double[][] vectors, double total) {
    /** More features take too long. */
    static final int MOST_FEATURES = 300;

    private static final int SWEEPS = 60;
    private static final int ROWS_PER_TURN = 4_096;

    /**
     * Finds all directions.
     *
     * @param points with mean 0 in each feature, at least two rows
     */
    public static Directions of(Matrix points, Course course) {
        int n = points.columns();
        double[][] a = products(points, course);
        double total = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i][j] /= points.rows() - 1;
                a[j][i] = a[i][j];
            }
            total += a[i][i];
        }
        double[][] v = new double[n][n];
        for (int i = 0; i < n; i++) {
            v[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && isOff(a, total); sweep++) {
            course.check();
            course.at("turning axes", sweep, -1, "sweeps");
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    rotate(a, v, p, q);
                }
            }
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -a[i][i]).thenComparing(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] variances =
                IntStream.of(order).mapToDouble(i -> Math.max(0, a[i][i])).toArray();
        double[][] vectors = IntStream.of(order).mapToObj(i -> signed(v[i])).toArray(double[][]::new);
        return new Directions(variances, vectors, total);
    }

    /**
     * Sums of products of two features each, below the diagonal: some rows at a time, whose sums are added up in their order, so
     * that the number of threads changes nothing. Four rows share a step, since writing sums takes longer than adding.
     */
    private static double[][] products(Matrix points, Course course) {
        int n = points.columns();
        int turns = (points.rows() + ROWS_PER_TURN - 1) / ROWS_PER_TURN;
        double[][][] parts = new double[turns][][];
        course.each(turns, turn -> {
            double[][] part = new double[n][n];
            int end = Math.min(points.rows(), (turn + 1) * ROWS_PER_TURN);
            double[] values = points.values();
            int row = turn * ROWS_PER_TURN;
            for (; row < end - 3; row += 4) {
                addFour(part, values, row * n, n);
            }
            for (; row < end; row++) {
                for (int i = 0; i < n; i++) {
                    add(part[i], values[row * n + i], values, row * n, i + 1);
                }
            }
            parts[turn] = part;
        });
        double[][] all = parts[0];
        for (int turn = 1; turn < turns; turn++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    all[i][j] += parts[turn][i][j];
                }
            }
        }
        return all;
    }

    private static void addFour(double[][] to, double[] values, int at, int n) {
        for (int i = 0; i < n; i++) {
            double[] sums = to[i];
            double first = values[at + i];
            double second = values[at + n + i];
            double third = values[at + 2 * n + i];
            double fourth = values[at + 3 * n + i];
            for (int j = 0; j <= i; j++) {
                sums[j] += first * values[at + j]
                        + second * values[at + n + j]
                        + third * values[at + 2 * n + j]
                        + fourth * values[at + 3 * n + j];
            }
        }
    }

    private static void add(double[] to, double factor, double[] values, int from, int count) {
        for (int j = 0; j < count; j++) {
            to[j] += factor * values[from + j];
        }
    }

    /** Whether anything of size stands beside the diagonal. */
    private static boolean isOff(double[][] a, double total) {
        double off = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < i; j++) {
                off += a[i][j] * a[i][j];
            }
        }
        return off > 1e-28 * total * total;
    }

    /** Turns two axes so that their covariance is 0; {@code v} holds the axes as rows. */
    private static void rotate(double[][] a, double[][] v, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (double[] row : a) {
            double rowP = row[p];
            double rowQ = row[q];
            row[p] = c * rowP - s * rowQ;
            row[q] = s * rowP + c * rowQ;
        }
        turn(a[p], a[q], c, s);
        turn(v[p], v[q], c, s);
    }

    private static void turn(double[] p, double[] q, double c, double s) {
        for (int k = 0; k < p.length; k++) {
            double first = p[k];
            double second = q[k];
            p[k] = c * first - s * second;
            q[k] = s * first + c * second;
        }
    }

    /** A direction and its opposite are one; the one whose greatest part is positive stands for both. */
    private static double[] signed(double[] vector) {
        double greatest = 0;
        for (double each : vector) {
            // Parts that differ by rounding only must not decide.
            greatest = Math.abs(each) > Math.abs(greatest) * (1 + 1e-9) ? each : greatest;
        }
        double sign = greatest < 0 ? -1 : 1;
        return Arrays.stream(vector).map(each -> each * sign + 0.0).toArray();
    }

    /** Where points lie on the first directions, row by row. */
    public Matrix scores(Matrix points, int count) {
        double[] scores = new Projected(Arrays.copyOf(vectors, count)).predict(points);
        return new Matrix(scores, points.rows(), count);
    }
}
