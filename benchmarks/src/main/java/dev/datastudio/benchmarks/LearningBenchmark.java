package dev.datastudio.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Classical models on the same training and test rows as scikit-learn and XGBoost for Python ({@code
 * benchmarks/peers/learning.py}): how well they predict, how long fit and prediction take, in turns, and how much memory a
 * process of their own needs for it. The tables are three made ones and, of the folder that STUDIO_TEST_DATA names, two
 * real ones.
 */
final class LearningBenchmark implements Benchmark {
    private static final String DATA = "STUDIO_TEST_DATA";
    private static final String PYTHON = "/usr/bin/python3";
    private static final double CLOSE = 0.01;
    private static final double MEMORY = 1.5;

    /** What is over sooner is done often enough to be compiled before it counts. */
    private static final double SHORT_MILLIS = 100;

    @Override
    public String name() {
        return "learning";
    }

    @Override
    public String summary() {
        return "classical models beside scikit-learn and XGBoost: accuracy or R2, time, and memory";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        if (!hasPeers()) {
            throw new IOException("Beside scikit-learn nothing is measured: " + PYTHON
                    + " lacks sklearn or xgboost; install them with 'apt-get install python3-sklearn python3-xgboost'");
        }
        Path script = Path.of(System.getProperty("studio.home", "."), "benchmarks", "peers", "learning.py");
        List<String> peer = List.of(PYTHON, script.toString());
        List<String> own = Child.java(LearningProcess.class);
        own.add(1, "-XX:+UseSerialGC"); // as ./studio train does
        List<LearningTables.Table> tables =
                new ArrayList<>(LearningTables.generated(scratch, effort == Effort.QUICK ? 4_000 : 20_000));
        String data = System.getenv(DATA);
        if (data == null) {
            System.err.println("Three tables only: " + DATA + " names no folder of real data sets");
        } else {
            tables.addAll(LearningTables.real(scratch, Path.of(data, "data")));
        }
        List<Measurement> measured = new ArrayList<>();
        try (Learner ours = new Learner(own);
                Learner theirs = new Learner(peer)) {
            for (LearningTables.Table table : tables) {
                for (String algorithm : algorithms(table)) {
                    for (Measurement one : compare(ours, theirs, table, algorithm, effort)) {
                        System.err.printf(
                                Locale.ROOT,
                                "%s: %.4g beside %.4g%s%n",
                                one.measure(),
                                one.ours(),
                                one.theirs(),
                                one.holds() ? "" : ", MISSED");
                        measured.add(one);
                    }
                }
            }
        }
        return measured;
    }

    private static List<Measurement> compare(
            Learner ours, Learner theirs, LearningTables.Table table, String algorithm, Effort effort)
            throws Exception {
        String what = table.name() + ", " + algorithm + ": ";
        double ourScore = ours.ask(table, algorithm, table.parts()).score();
        double theirScore = theirs.ask(table, algorithm, table.parts()).score();
        boolean isShort = ours.ask(table, algorithm, 1).millis() < SHORT_MILLIS;
        Interleaved.Medians medians = Interleaved.medianMillis(
                isShort ? 9 : effort == Effort.QUICK ? 3 : 5,
                isShort ? 20 : 2,
                () -> ours.ask(table, algorithm, 1).millis(),
                () -> theirs.ask(table, algorithm, 1).millis());
        return List.of(
                score(what, table, ourScore, theirScore),
                Measurement.atMostTimes(
                        what + "fit and prediction",
                        medians.ours(),
                        "ms",
                        "scikit-learn",
                        medians.theirs(),
                        most(table, algorithm)),
                Measurement.atMostTimes(
                        what + "peak resident set of a process",
                        memory(ours.command, table, algorithm),
                        "MB",
                        "scikit-learn",
                        memory(theirs.command, table, algorithm),
                        MEMORY));
    }

    private static boolean hasPeers() throws IOException, InterruptedException {
        return new ProcessBuilder(PYTHON, "-c", "import sklearn, xgboost")
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    private static List<String> algorithms(LearningTables.Table table) {
        return List.of(
                table.isClasses() ? "logistic_regression" : "linear_regression",
                "decision_tree",
                "random_forest",
                "nearest_neighbours",
                "support_vector_machine",
                "gradient_boosting",
                "xg_boost");
    }

    private static Measurement score(String what, LearningTables.Table table, double ours, double theirs) {
        return new Measurement(
                what + (table.isClasses() ? "accuracy" : "R2"),
                ours,
                "",
                "scikit-learn",
                theirs,
                "ours >= theirs - " + CLOSE,
                ours >= theirs - CLOSE);
    }

    private static double most(LearningTables.Table table, String algorithm) {
        return switch (algorithm) {
            case "support_vector_machine" -> 2;
            case "random_forest" -> table.isClasses() ? 0.2 : 0.4;
            default -> 1.2;
        };
    }

    private static double memory(List<String> command, LearningTables.Table table, String algorithm) throws Exception {
        try (Learner fresh = new Learner(command)) {
            return fresh.ask(table, algorithm, 1).peakMegabytes();
        }
    }

    private record Figures(double millis, double score, double peakMegabytes) {}

    /** A process that fits and predicts. */
    private static final class Learner implements AutoCloseable {
        private final List<String> command;
        private final Process process;
        private final BufferedReader in;
        private final BufferedWriter out;

        Learner(List<String> command) throws IOException {
            this.command = command;
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
            if (!"READY".equals(in.readLine())) {
                throw new IOException("Did not start: " + command);
            }
        }

        /** Fits and predicts on so many parts of a table: the mean of the scores, the sum of the times. */
        Figures ask(LearningTables.Table table, String algorithm, int parts) throws IOException {
            out.write(table.folder() + " " + algorithm + " " + parts + "\n");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new IOException("Ended at " + algorithm + " of " + table.name() + ": " + command);
            }
            String[] words = line.split(" ", 3);
            return new Figures(
                    Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
        }

        @Override
        public void close() throws IOException {
            out.close();
            process.destroy();
        }
    }
}
