package dev.datastudio.benchmarks;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.evaluate.internal.Scores;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.Course;
import dev.datastudio.ml.train.internal.Examples;
import dev.datastudio.ml.train.internal.Learners;
import dev.datastudio.ml.train.internal.Model;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Classical models on the same training and test rows as scikit-learn and XGBoost for Python ({@code
 * benchmarks/peers/learning.py}), in turns: how well they predict, and how long fit and prediction take.
 */
final class LearningBenchmark implements Benchmark {
    private static final String PYTHON = "/usr/bin/python3";
    private static final double CLOSE = 0.01;
    private static final int COLUMNS = 20;

    @Override
    public String name() {
        return "learning";
    }

    @Override
    public String summary() {
        return "classical models beside scikit-learn and XGBoost: accuracy or R2, and time";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        Path script = Path.of(System.getProperty("studio.home", "."), "benchmarks", "peers", "learning.py");
        if (!hasPeers()) {
            throw new IOException("Beside scikit-learn nothing is measured: " + PYTHON
                    + " has no module sklearn; install it with 'apt-get install python3-sklearn python3-xgboost'");
        }
        int rows = effort == Effort.QUICK ? 4_000 : 20_000;
        int rounds = effort == Effort.QUICK ? 3 : 5;
        List<Measurement> measured = new ArrayList<>();
        try (Peer peer = new Peer(script)) {
            for (Table table : List.of(classes(rows, 2), classes(rows, 4), numbers(rows))) {
                Path folder = table.write(scratch);
                for (String algorithm : algorithms(table)) {
                    measure(peer, folder, table, algorithm, rounds, measured);
                }
            }
        }
        return measured;
    }

    private static boolean hasPeers() throws IOException, InterruptedException {
        return new ProcessBuilder(PYTHON, "-c", "import sklearn")
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    private static List<String> algorithms(Table table) {
        return List.of(
                table.classes() > 0 ? "logistic_regression" : "linear_regression",
                "decision_tree",
                "random_forest",
                "nearest_neighbours",
                "support_vector_machine",
                "gradient_boosting",
                "xg_boost");
    }

    private static void measure(
            Peer peer, Path folder, Table table, String algorithm, int rounds, List<Measurement> measured)
            throws Exception {
        double[] score = new double[1];
        if (peer.ask(folder, algorithm).millis() < 0) {
            System.err.println("Not measured: " + algorithm + ", " + PYTHON + " has no such library");
            return;
        }
        Interleaved.Medians medians = Interleaved.medianMillis(
                rounds,
                2,
                () -> {
                    long start = System.nanoTime();
                    double[] told;
                    try (Model model = Learners.fit(Algorithm.of(algorithm, Map.of()), table.examples(), course())) {
                        told = model.predict(table.test());
                    }
                    double millis = (System.nanoTime() - start) / 1e6;
                    score[0] = new Scores(table.truth(), told, table.classes()).main();
                    return millis;
                },
                () -> peer.ask(folder, algorithm).millis());
        String what = table.name() + ", " + algorithm + ": ";
        double theirs = peer.ask(folder, algorithm).score();
        measured.add(new Measurement(
                what + (table.classes() > 0 ? "accuracy" : "R2"),
                score[0],
                "",
                "scikit-learn",
                theirs,
                "ours >= theirs - " + CLOSE,
                score[0] >= theirs - CLOSE));
        measured.add(Measurement.atMostTimes(
                what + "fit and prediction",
                medians.ours(),
                "ms",
                "scikit-learn",
                medians.theirs(),
                most(table, algorithm)));
    }

    private static double most(Table table, String algorithm) {
        return switch (algorithm) {
            case "support_vector_machine" -> 2;
            case "random_forest" -> table.classes() > 0 ? 0.2 : 0.4;
            default -> 1.2;
        };
    }

    private static Course course() {
        return new Course(
                Cancellation.none(), ProgressListener.NONE, Runtime.getRuntime().availableProcessors());
    }

    /** A table of numbers in two parts. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Table(String name, int classes, Matrix train, double[] labels, Matrix test, double[] truth) {
        Examples examples() {
            double[] weights = new double[labels.length];
            Arrays.fill(weights, 1);
            return new Examples(train, labels, weights, classes, Optional.empty(), 1);
        }

        Path write(Path scratch) throws IOException {
            Path folder = Files.createDirectory(scratch.resolve(name.replaceAll("\\W+", "-")));
            write(folder.resolve("train.csv"), train, labels);
            write(folder.resolve("test.csv"), test, truth);
            return folder;
        }

        private static void write(Path file, Matrix matrix, double[] last) throws IOException {
            try (Writer out = Files.newBufferedWriter(file)) {
                for (int row = 0; row < matrix.rows(); row++) {
                    for (int column = 0; column < matrix.columns(); column++) {
                        out.append(String.valueOf(matrix.at(row, column))).append(',');
                    }
                    out.append(String.valueOf(last[row])).append('\n');
                }
            }
        }
    }

    private interface Truth {
        double at(double[] row, SplittableRandom random);
    }

    private static Table classes(int rows, int count) {
        return table(count + " classes", rows, count, (x, random) -> {
            double sum =
                    x[0] * x[1] + Math.sin(2 * x[2]) + 0.5 * x[3] + 0.5 * x[4] * x[4] + 0.3 * random.nextGaussian();
            return count == 2 ? (sum > 0.4 ? 1 : 0) : Math.max(0, Math.min(count - 1, Math.floor(sum + 1.5)));
        });
    }

    private static Table numbers(int rows) {
        return table(
                "a number",
                rows,
                0,
                (x, random) ->
                        3 * x[0] + 2 * x[1] * x[2] + Math.sin(3 * x[3]) + x[4] * x[4] + 0.3 * random.nextGaussian());
    }

    private static Table table(String name, int rows, int classes, Truth truth) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        int train = rows * 4 / 5;
        double[][] parts = {new double[train * COLUMNS], new double[(rows - train) * COLUMNS]};
        double[][] labels = {new double[train], new double[rows - train]};
        for (int row = 0; row < rows; row++) {
            double[] x = new double[COLUMNS];
            Arrays.setAll(x, i -> random.nextGaussian());
            int part = row < train ? 0 : 1;
            int place = row < train ? row : row - train;
            System.arraycopy(x, 0, parts[part], place * COLUMNS, COLUMNS);
            labels[part][place] = truth.at(x, random);
        }
        return new Table(
                name + String.format(Locale.ROOT, ", %,d rows", rows),
                classes,
                new Matrix(parts[0], train, COLUMNS),
                labels[0],
                new Matrix(parts[1], rows - train, COLUMNS),
                labels[1]);
    }

    private record Figures(double millis, double score) {}

    /** The other process. */
    private static final class Peer implements AutoCloseable {
        private final Process process;
        private final BufferedReader in;
        private final BufferedWriter out;

        Peer(Path script) throws IOException {
            process = new ProcessBuilder(PYTHON, script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
            if (!"READY".equals(in.readLine())) {
                throw new IOException(script + " did not start");
            }
        }

        Figures ask(Path folder, String algorithm) throws IOException {
            out.write(folder + " " + algorithm + "\n");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new IOException("learning.py ended at " + algorithm);
            }
            String[] words = line.split(" ", 3);
            return new Figures(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
        }

        @Override
        public void close() throws IOException {
            out.close();
            process.destroy();
        }
    }
}
