package dev.datastudio.benchmarks;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.ml.explore.internal.Directions;
import dev.datastudio.ml.explore.internal.IsolationForest;
import dev.datastudio.ml.explore.internal.KMeans;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Course;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Groups, principal components and unusual rows of the same points as scikit-learn ({@code benchmarks/peers/exploring.py}),
 * in turns.
 */
final class ExploringBenchmark implements Benchmark {
    private static final String PYTHON = "/usr/bin/python3";
    private static final int COLUMNS = 20;
    private static final int GROUPS = 8;
    private static final double UNUSUAL = 0.01;
    /** One forest is a matter of luck. */
    private static final int FORESTS = 5;

    @Override
    public String name() {
        return "exploring";
    }

    @Override
    public String summary() {
        return "k-means, principal components and isolation forest beside scikit-learn: quality and time";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        int rows = effort == Effort.QUICK ? 5_000 : 50_000;
        int rounds = effort == Effort.QUICK ? 3 : 7;
        Points points = Points.of(rows);
        points.write(scratch.resolve("points.csv"));
        Path script = Path.of(System.getProperty("studio.home", "."), "benchmarks", "peers", "exploring.py");
        String size = String.format(Locale.ROOT, ", %,d rows", rows);
        List<Measurement> measured = new ArrayList<>();
        try (Peer peer = new Peer(script, scratch)) {
            Timed means = measure(
                    peer,
                    "k_means",
                    rounds,
                    () -> new KMeans(points.matrix(), course())
                            .fit(GROUPS, 10, 1)
                            .inertia());
            measured.add(Measurement.atMostTimes(
                    "k-means" + size + ": inertia", means.score, "", "scikit-learn", means.theirScore, 1.001));
            measured.add(means.time("k-means" + size));
            Timed components = measure(peer, "components", rounds, () -> components(points.matrix()));
            measured.add(Measurement.withinTimes(
                    "components" + size + ": share explained by five",
                    components.score,
                    "",
                    "scikit-learn",
                    components.theirScore,
                    0.9999,
                    1.0001));
            measured.add(components.time("components" + size));
            Timed forest = measure(
                    peer,
                    "isolation_forest",
                    rounds,
                    () -> IntStream.rangeClosed(1, FORESTS)
                            .mapToDouble(seed ->
                                    points.areaUnderCurve(IsolationForest.fit(points.matrix(), 100, 256, seed, course())
                                            .scores(points.matrix(), course())))
                            .average()
                            .orElseThrow());
            measured.add(new Measurement(
                    "isolation forest" + size + ": area under ROC, mean of " + FORESTS,
                    forest.score,
                    "",
                    "scikit-learn",
                    forest.theirScore,
                    "ours >= theirs - 0.01",
                    forest.score >= forest.theirScore - 0.01));
            measured.add(forest.time("isolation forest" + size));
        }
        return measured;
    }

    private interface Work {
        double score();
    }

    private record Timed(double score, double theirScore, Interleaved.Medians medians) {
        Measurement time(String what) {
            return Measurement.atMostTimes(
                    what + ": time", medians.ours(), "ms", "scikit-learn", medians.theirs(), 1.2);
        }
    }

    private static Timed measure(Peer peer, String method, int rounds, Work ours) throws Exception {
        double[] score = new double[2];
        Interleaved.Medians medians = Interleaved.medianMillis(
                rounds,
                2,
                () -> {
                    long start = System.nanoTime();
                    score[0] = ours.score();
                    return (System.nanoTime() - start) / 1e6;
                },
                () -> {
                    double[] told = peer.ask(method);
                    score[1] = told[1];
                    return told[0];
                });
        return new Timed(score[0], score[1], medians);
    }

    /** The share that five directions explain; means are taken off here, as the other one does itself. */
    private static double components(Matrix points) {
        int columns = points.columns();
        double[] means = new double[columns];
        for (int row = 0; row < points.rows(); row++) {
            for (int column = 0; column < columns; column++) {
                means[column] += points.values()[row * columns + column];
            }
        }
        Arrays.setAll(means, column -> means[column] / points.rows());
        double[] values = points.values().clone();
        for (int row = 0; row < points.rows(); row++) {
            for (int column = 0; column < columns; column++) {
                values[row * columns + column] -= means[column];
            }
        }
        Matrix centred = new Matrix(values, points.rows(), columns);
        Directions directions = Directions.of(centred, course());
        directions.scores(centred, columns);
        return Arrays.stream(directions.variances(), 0, 5).sum() / directions.total();
    }

    private static Course course() {
        return new Course(
                Cancellation.none(), ProgressListener.NONE, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Points around some centres, and a few far from all.
     *
     * @param unusual which are far
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Points(Matrix matrix, boolean[] unusual) {
        static Points of(int rows) {
            SplittableRandom random = new SplittableRandom(17);
            double[] centres = random.doubles((long) GROUPS * COLUMNS, -2, 2).toArray();
            double[] values = new double[rows * COLUMNS];
            boolean[] unusual = new boolean[rows];
            for (int row = 0; row < rows; row++) {
                int group = random.nextInt(GROUPS);
                unusual[row] = random.nextDouble() < UNUSUAL;
                for (int column = 0; column < COLUMNS; column++) {
                    double size = unusual[row] ? 2.2 : 1 + column % 3 * 0.2;
                    values[row * COLUMNS + column] = centres[group * COLUMNS + column] + size * random.nextGaussian();
                }
            }
            return new Points(new Matrix(values, rows, COLUMNS), unusual);
        }

        void write(Path file) throws IOException {
            try (Writer out = Files.newBufferedWriter(file)) {
                for (int row = 0; row < matrix.rows(); row++) {
                    for (int column = 0; column < COLUMNS; column++) {
                        out.append(String.valueOf(matrix.at(row, column))).append(',');
                    }
                    out.append(unusual[row] ? "1\n" : "0\n");
                }
            }
        }

        /** The share of pairs of an unusual and another row in which the unusual one has the greater score. */
        double areaUnderCurve(double[] scores) {
            int[] order = IntStream.range(0, scores.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> scores[row]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            double below = 0;
            double won = 0;
            double count = 0;
            for (int row : order) {
                if (unusual[row]) {
                    won += below;
                    count++;
                } else {
                    below++;
                }
            }
            return won / (count * below);
        }
    }

    /** The other process. */
    private static final class Peer implements AutoCloseable {
        private final Path folder;
        private final Process process;
        private final BufferedReader in;
        private final BufferedWriter out;

        Peer(Path script, Path folder) throws IOException {
            this.folder = folder;
            process = new ProcessBuilder(PYTHON, script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
            if (!"READY".equals(in.readLine())) {
                throw new IOException(script + " did not start; it needs 'apt-get install python3-sklearn'");
            }
        }

        double[] ask(String method) throws IOException {
            out.write(folder + " " + method + "\n");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new IOException("exploring.py ended at " + method);
            }
            return Arrays.stream(line.split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }

        @Override
        public void close() throws IOException {
            out.close();
            process.destroy();
        }
    }
}
