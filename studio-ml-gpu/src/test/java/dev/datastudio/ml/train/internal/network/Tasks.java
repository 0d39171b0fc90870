package dev.datastudio.ml.train.internal.network;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.ml.algorithm.DeepAlgorithm;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Tasks that only one kind of network can learn, made by a seed. */
public final class Tasks {
    private Tasks() {}

    /** One row and what it is. */
    public interface Row {
        double fill(double[] features, SplittableRandom random);
    }

    /** Rows with their labels. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Rows(Matrix features, double[] labels) {}

    public static Rows rows(int count, int width, long seed, Row row) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[count * width];
        double[] labels = new double[count];
        for (int i = 0; i < count; i++) {
            double[] one = new double[width];
            labels[i] = row.fill(one, random);
            System.arraycopy(one, 0, values, i * width, width);
        }
        return new Rows(new Matrix(values, count, width), labels);
    }

    public static Examples examples(Rows train, Rows held, int classes) {
        double[] weights = new double[train.labels().length];
        Arrays.fill(weights, 1);
        return new Examples(
                train.features(),
                train.labels(),
                weights,
                classes,
                Optional.of(new Examples.Held(held.features(), held.labels())),
                7);
    }

    /** The share of new rows that are told right after training. */
    static double accuracy(DeepAlgorithm spec, int classes, int count, int width, Row row) {
        Examples examples = examples(rows(count, width, 1, row), rows(count / 8, width, 2, row), classes);
        Rows test = rows(500, width, 3, row);
        try (Network network = NetworkTraining.fit(spec, examples, course())) {
            double[] shares = network.predict(test.features());
            return IntStream.range(0, 500)
                            .filter(i -> best(shares, i, classes) == (int) test.labels()[i])
                            .count()
                    / 500.0;
        }
    }

    public static Course course() {
        return new Course(Cancellation.none(), ProgressListener.NONE, 1);
    }

    private static int best(double[] shares, int row, int classes) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
            best = shares[row * classes + k] > shares[row * classes + best] ? k : best;
        }
        return best;
    }

    /** On which of two spirals wound into each other a point lies. */
    static double spirals(double[] x, SplittableRandom random) {
        int side = random.nextInt(2);
        double angle = 0.5 + 3 * Math.PI * Math.sqrt(random.nextDouble());
        double turned = angle + side * Math.PI;
        x[0] = angle / 5 * Math.cos(turned) + 0.03 * noise(random);
        x[1] = angle / 5 * Math.sin(turned) + 0.03 * noise(random);
        return side;
    }

    /** Whether a line somewhere in a picture of 12 x 12 lies, stands, or goes aslant either way; in noise. */
    static double lines(double[] x, SplittableRandom random) {
        int kind = random.nextInt(4);
        int top = random.nextInt(7);
        int left = random.nextInt(7);
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.2 * noise(random);
        }
        for (int i = 0; i < 5; i++) {
            int row = kind == 0 ? top + 2 : kind == 3 ? top + 4 - i : top + i;
            int column = kind == 1 ? left + 2 : left + i;
            x[row * 12 + column] += 1;
        }
        return kind;
    }

    /** The sign of the first of 16 steps of two values; the second value says which step is the first. */
    static double longAgo(double[] x, SplittableRandom random) {
        for (int step = 0; step < x.length / 2; step++) {
            x[2 * step] = random.nextBoolean() ? 1 : -1;
        }
        x[1] = 1;
        return x[0] > 0 ? 1 : 0;
    }

    /** Whether a bump of five steps rises slowly and falls at once, or the other way round: no bag of steps tells them apart. */
    static double order(double[] x, SplittableRandom random) {
        int side = random.nextInt(2);
        int at = random.nextInt(x.length - 5);
        for (int i = 0; i < 5; i++) {
            x[at + i] = (side == 0 ? i + 1 : 5 - i) / 5.0;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] += 0.05 * noise(random);
        }
        return side;
    }

    /** Whether the values at steps 2 and 7 of ten are the same sign: which steps matter is told by their positions alone. */
    static double matching(double[] x, SplittableRandom random) {
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextBoolean() ? 1 : -1;
        }
        return x[2] == x[7] ? 1 : 0;
    }

    private static double noise(SplittableRandom random) {
        return random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
    }
}
