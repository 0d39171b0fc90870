package dev.datastudio.benchmarks;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.core.Studio;
import dev.datastudio.core.profile.ProfileReport;
import dev.datastudio.core.profile.Profiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The profiles of large data sets, beside DuckDB's SUMMARIZE of the same file, and the memory of the whole process. */
final class ProfileBenchmark implements Benchmark {
    private static final int ROWS = 1_000_000;
    private static final int MANY_ROWS = 10_000_000;
    private static final int ROUNDS = 5;
    private static final double MOST_TIMES = 3;
    private static final double MOST_MEGABYTES = 900;

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public String summary() {
        return "whole profile of 1,000,000 x 20 beside SUMMARIZE, memory also at 10,000,000 x 10";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        Path workspace = scratch.resolve("workspace");
        int rows = effort == Effort.QUICK ? ROWS / 5 : ROWS;
        int many = effort == Effort.QUICK ? MANY_ROWS / 10 : MANY_ROWS;
        Dataset wide;
        Dataset tall;
        try (Studio studio = Studio.open(workspace)) {
            wide = studio.datasets().importFile(WideParquet.write(scratch.resolve("wide.parquet"), rows, 20));
            measurements.addAll(besideSummarize(studio, wide));
            tall = studio.datasets().importFile(WideParquet.write(scratch.resolve("tall.parquet"), many, 10));
        }
        measurements.add(memory(workspace, wide, effort == Effort.QUICK ? 1 : 3));
        measurements.add(memory(workspace, tall, 1));
        return measurements;
    }

    private static List<Measurement> besideSummarize(Studio studio, Dataset dataset) throws Exception {
        try (Connection bare = DriverManager.getConnection("jdbc:duckdb:")) {
            try (Statement statement = bare.createStatement()) {
                statement.execute("ATTACH '" + studio.datasets().file(dataset) + "' AS d (READ_ONLY)");
            }
            Profiles profiles = Profiles.of(studio.datasets());
            Interleaved.Medians whole =
                    Interleaved.medians(ROUNDS, () -> profiles.full(dataset), () -> summarize(bare));
            Interleaved.Medians columns =
                    Interleaved.medians(ROUNDS, () -> studio.profile(dataset), () -> summarize(bare));
            return List.of(
                    beside("whole profile", dataset, whole, MOST_TIMES),
                    beside("column profile", dataset, columns, 1.3));
        }
    }

    private static Measurement beside(String what, Dataset dataset, Interleaved.Medians medians, double times) {
        return Measurement.atMostTimes(
                String.format("%s of %s", what, size(dataset)),
                medians.ours(),
                "ms",
                "DuckDB SUMMARIZE",
                medians.theirs(),
                times);
    }

    private static String size(Dataset dataset) {
        return String.format("%,d x %d", dataset.rowCount(), dataset.columns().size());
    }

    private static Measurement memory(Path workspace, Dataset dataset, int rounds) throws Exception {
        double peak = 0;
        for (int round = 0; round < rounds; round++) {
            Child.Outcome outcome = Child.run(
                    Child.java(Ours.class, workspace.toString(), dataset.id().toString()), Map.of());
            peak = Math.max(peak, Child.figure(outcome, "megabytes"));
        }
        return Measurement.atMost(
                "whole profile and report of " + size(dataset) + ", peak resident memory",
                peak,
                "MB",
                "limit",
                MOST_MEGABYTES);
    }

    private static void summarize(Connection bare) throws Exception {
        try (Statement statement = bare.createStatement();
                ResultSet rows = statement.executeQuery("SUMMARIZE d.data")) {
            while (rows.next()) {
                rows.getString(1);
            }
        }
    }

    /** Profiles a data set with its report, and prints how long it took and how much memory it needed. */
    static final class Ours {
        private Ours() {}

        public static void main(String[] arguments) throws Exception {
            try (Studio studio = Studio.open(Path.of(arguments[0]))) {
                Dataset dataset = studio.datasets().get(DatasetId.parse(arguments[1]));
                long start = System.nanoTime();
                String html = ProfileReport.html(Profiles.of(studio.datasets()).full(dataset));
                System.out.println("millis=" + (System.nanoTime() - start) / 1e6);
                System.out.println("characters=" + html.length());
            }
            System.out.println("megabytes=" + Child.peakResidentMegabytes());
        }
    }
}
