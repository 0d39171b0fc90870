package dev.datastudio.benchmarks;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.source.TableName;
import dev.datastudio.core.vault.KeyFileVault;
import dev.datastudio.core.workspace.Workspace;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A table of PostgreSQL typed, hashed and stored, beside a plain read of its rows over JDBC into nothing. */
final class DatabaseImportBenchmark implements Benchmark {
    private static final int FULL_ROWS = 1_000_000;
    private static final int QUICK_ROWS = 300_000;
    private static final int FETCH_ROWS = 4_096;
    private static final double MOST_MEGABYTES = 900;

    @Override
    public String name() {
        return "import-db";
    }

    @Override
    public String summary() {
        return "import of a table of 1,000,000 rows of PostgreSQL: speed beside a plain JDBC read, and memory";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        int rows = effort == Effort.QUICK ? QUICK_ROWS : FULL_ROWS;
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            fill(server, rows);
            String port = Integer.toString(server.getPort());
            double[] peak = new double[1];
            int[] round = new int[1];
            Interleaved.Medians medians = Interleaved.medianMillis(
                    5,
                    1,
                    () -> {
                        Path workspace = scratch.resolve("workspace-" + round[0]++);
                        Child.Outcome outcome = Child.run(Child.java(Ours.class, workspace.toString(), port), Map.of());
                        Folders.delete(workspace);
                        peak[0] = Math.max(peak[0], Child.figure(outcome, "megabytes"));
                        return Child.figure(outcome, "millis");
                    },
                    () -> Child.figure(Child.run(Child.java(Plain.class, port), Map.of()), "millis"));
            return List.of(
                    Measurement.atLeastTimes(
                            String.format("import of a table, %,d rows", rows),
                            rows / medians.ours(),
                            "rows/ms",
                            "plain JDBC read into nothing",
                            rows / medians.theirs(),
                            0.6),
                    Measurement.atMost(
                            "import of a table, peak resident memory", peak[0], "MB", "limit", MOST_MEGABYTES));
        }
    }

    private static void fill(EmbeddedPostgres server, int rows) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (order_id bigint PRIMARY KEY, order_date date, region text,"
                    + " product text, amount numeric(12,2), quantity integer, sent_at timestamptz, paid boolean)");
            statement.execute("INSERT INTO orders SELECT 10000000 + i, DATE '2020-01-01' + i % 1461,"
                    + " (ARRAY['North', 'South', 'East', 'West', 'Central'])[1 + i % 5],"
                    + " (ARRAY['Desk', 'Chair', 'Lamp', 'Shelf', 'Screen', 'Cable', 'Paper', 'Binder'])[1 + i % 8],"
                    + " (i::bigint * 7919 % 4000000) / 100.0, 1 + i % 9,"
                    + " TIMESTAMPTZ '2020-01-01 00:00Z' + i * INTERVAL '97 seconds', i % 3 = 0"
                    + " FROM generate_series(1, " + rows + ") i");
            statement.execute("CREATE TABLE warm AS SELECT * FROM orders LIMIT 20000");
            statement.execute("VACUUM ANALYZE orders");
        }
    }

    /** Imports the table into a new workspace, and prints how long it took and how much memory it needed. */
    static final class Ours {
        private Ours() {}

        public static void main(String[] arguments) throws Exception {
            try (Studio studio = Studio.open(Path.of(arguments[0]));
                    Workspace workspace = Workspace.open(Path.of(arguments[0]), Clock.systemUTC());
                    KeyFileVault vault = KeyFileVault.in(workspace);
                    Sources sources = Sources.builder(
                                    SqlMetadataStore.over(workspace.state(), Clock.systemUTC()),
                                    vault,
                                    studio.datasets())
                            .build()) {
                SourceSpec spec = SourceSpec.builder(SourceKind.POSTGRESQL, "Orders")
                        .host("localhost")
                        .port(Integer.parseInt(arguments[1]))
                        .database("postgres")
                        .user("postgres")
                        .build();
                Source source = sources.create(spec, Secret.of(""));
                sources.importTable(source.id(), TableName.of("warm"), ImportTarget.named("warm"));
                long start = System.nanoTime();
                Dataset dataset =
                        sources.importTable(source.id(), TableName.of("orders"), ImportTarget.named("orders"));
                System.out.println("millis=" + (System.nanoTime() - start) / 1e6);
                System.out.println("rows=" + dataset.rowCount());
            }
            System.out.println("megabytes=" + Child.peakResidentMegabytes());
        }
    }

    /** Reads every value of the table and forgets it. */
    static final class Plain {
        private Plain() {}

        public static void main(String[] arguments) throws Exception {
            String url = "jdbc:postgresql://localhost:" + arguments[0] + "/postgres?user=postgres";
            try (Connection connection = DriverManager.getConnection(url)) {
                connection.setAutoCommit(false);
                read(connection, "warm");
                long start = System.nanoTime();
                long rows = read(connection, "orders");
                System.out.println("millis=" + (System.nanoTime() - start) / 1e6);
                System.out.println("rows=" + rows);
            }
        }

        private static long read(Connection connection, String table) throws Exception {
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH_ROWS);
                long rows = 0;
                try (ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
                    int columns = result.getMetaData().getColumnCount();
                    while (result.next()) {
                        for (int i = 1; i <= columns; i++) {
                            result.getObject(i);
                        }
                        rows++;
                    }
                }
                return rows;
            }
        }
    }
}
