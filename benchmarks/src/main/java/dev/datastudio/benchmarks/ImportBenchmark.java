package dev.datastudio.benchmarks;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** A large CSV typed, hashed and stored, beside DuckDB's own way from the same file into a file database. */
final class ImportBenchmark implements Benchmark {
    private static final int FULL_ROWS = 5_000_000;
    private static final int QUICK_ROWS = 1_000_000;
    private static final double MOST_MEGABYTES = 900;

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String summary() {
        return "import of a CSV of 5,000,000 rows: time beside CREATE TABLE AS, and memory";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        int rows = effort == Effort.QUICK ? QUICK_ROWS : FULL_ROWS;
        Path file = OrdersCsv.write(scratch.resolve("orders.csv"), rows);
        double[] peak = new double[1];
        int[] round = new int[1];
        Interleaved.Medians medians = Interleaved.medianMillis(
                5,
                1,
                () -> {
                    Path workspace = scratch.resolve("workspace-" + round[0]++);
                    Child.Outcome outcome =
                            Child.run(Child.java(Ours.class, workspace.toString(), file.toString()), Map.of());
                    Folders.delete(workspace);
                    peak[0] = Math.max(peak[0], Child.figure(outcome, "megabytes"));
                    return Child.figure(outcome, "millis");
                },
                () -> {
                    Path database = scratch.resolve("plain-" + round[0]++ + ".duckdb");
                    Child.Outcome outcome =
                            Child.run(Child.java(Plain.class, database.toString(), file.toString()), Map.of());
                    Files.delete(database);
                    return Child.figure(outcome, "millis");
                });
        String size = String.format("%,d rows, %,d MB", rows, Files.size(file) >> 20);
        return List.of(
                Measurement.atMostTimes(
                        "import, " + size,
                        medians.ours(),
                        "ms",
                        "DuckDB CREATE TABLE AS into a file database",
                        medians.theirs(),
                        1.6),
                Measurement.atMost("import, peak resident memory", peak[0], "MB", "limit", MOST_MEGABYTES));
    }

    /** Imports a file into a new workspace, and prints how long it took and how much memory it needed. */
    static final class Ours {
        private Ours() {}

        public static void main(String[] arguments) throws Exception {
            try (Studio studio = Studio.open(Path.of(arguments[0]))) {
                Path warm = Files.writeString(studio.workspace().resolve("warm.csv"), "a,b\n1,x\n");
                studio.query(List.of(studio.datasets().importFile(warm)), "SELECT a FROM warm");
                long start = System.nanoTime();
                Dataset dataset = studio.datasets().importFile(Path.of(arguments[1]));
                System.out.println("millis=" + (System.nanoTime() - start) / 1e6);
                System.out.println("rows=" + dataset.rowCount());
            }
            System.out.println("megabytes=" + Child.peakResidentMegabytes());
        }
    }

    /** Loads a file into a table of a new database with DuckDB alone. */
    static final class Plain {
        private Plain() {}

        public static void main(String[] arguments) throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
                long start = System.nanoTime();
                statement.execute("ATTACH '" + arguments[0] + "' AS plain");
                try (PreparedStatement load = connection.prepareStatement(
                        "CREATE TABLE plain.data AS FROM read_csv('" + arguments[1] + "')")) {
                    load.execute();
                }
                statement.execute("DETACH plain");
                System.out.println("millis=" + (System.nanoTime() - start) / 1e6);
            }
        }
    }
}
