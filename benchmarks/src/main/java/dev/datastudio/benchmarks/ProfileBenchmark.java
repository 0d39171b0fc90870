package dev.datastudio.benchmarks;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** The profile of a large data set, beside DuckDB's SUMMARIZE of the same file. */
final class ProfileBenchmark implements Benchmark {
    @Override
    public String name() {
        return "profile";
    }

    @Override
    public String summary() {
        return "profile of 5,000,000 rows beside SUMMARIZE";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        int rows = effort == Effort.QUICK ? 500_000 : 5_000_000;
        Path file = OrdersCsv.write(scratch.resolve("orders.csv"), rows);
        try (Studio studio = Studio.open(scratch.resolve("workspace"));
                Connection bare = DriverManager.getConnection("jdbc:duckdb:")) {
            Dataset orders = studio.datasets().importFile(file);
            try (Statement statement = bare.createStatement()) {
                statement.execute("ATTACH '" + studio.datasets().file(orders) + "' AS d (READ_ONLY)");
            }
            Interleaved.Medians medians = Interleaved.medians(5, () -> studio.profile(orders), () -> summarize(bare));
            return List.of(Measurement.atMostTimes(
                    String.format("profile of %,d rows", rows),
                    medians.ours(),
                    "ms",
                    "DuckDB SUMMARIZE",
                    medians.theirs(),
                    1.3));
        }
    }

    private static void summarize(Connection bare) throws Exception {
        try (Statement statement = bare.createStatement();
                ResultSet rows = statement.executeQuery("SUMMARIZE d.data")) {
            while (rows.next()) {
                rows.getString(1);
            }
        }
    }
}
