package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Queries of a program on a database of its own. Row S11. */
class QueryOfDatabaseTest {
    @TempDir
    Path folder;

    private DatasetsFixture studio;

    @BeforeEach
    void open() {
        studio = new DatasetsFixture(folder);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private DataSource sqlite() {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + folder.resolve("sales.db"));
        return database;
    }

    private static List<ColumnType> types(Dataset dataset) {
        return dataset.columns().stream().map(Column::type).toList();
    }

    @Test
    void storesTheRowsOfSqlite() throws SQLException {
        DataSource database = sqlite();
        execute(
                database,
                "CREATE TABLE sales (n INTEGER, price REAL, s TEXT, day DATE)",
                "INSERT INTO sales VALUES (1, 0.5, 'tea ✓', '2020-01-31'), (-9223372036854775808, 2, NULL, NULL)");

        Dataset dataset = studio.datasets()
                .importQuery(ImportTarget.named("sales"), database, "SELECT * FROM sales ORDER BY n DESC");

        assertEquals(List.of(ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.TEXT, ColumnType.TEXT), types(dataset));
        assertEquals(List.of("1", "-9223372036854775808"), studio.column(dataset, 0));
        assertEquals(Arrays.asList("tea ✓", null), studio.column(dataset, 2));
        assertEquals(Arrays.asList("2020-01-31", null), studio.column(dataset, 3));
    }

    @Test
    void changesNoValueOfSqliteThatIsOfAnotherTypeThanItsColumn() throws SQLException {
        DataSource database = sqlite();
        execute(database, "CREATE TABLE t (n INTEGER)", "INSERT INTO t VALUES (1), ('n/a')");

        StudioException error = assertThrows(
                StudioException.class,
                () -> studio.datasets().importQuery(ImportTarget.named("t"), database, "SELECT n FROM t"));

        assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
        assertEquals("Row 2 has a value of class String in column 'n' that does not fit type INTEGER", error.what());
        studio.assertClean(0);
    }

    @Test
    void storesTheRowsOfPostgresql() throws SQLException {
        DataSource database = PostgresServer.require().newDatabase();
        execute(
                database,
                "CREATE TABLE t (n bigint, small smallint, cost numeric(12,2), tiny numeric(4,1), any_size numeric,"
                        + " f float8, ok boolean, day date, at timestamp, zoned timestamptz, clock time, s text, j jsonb)",
                "INSERT INTO t VALUES (1, 2, -1234567890.12, 0.1, 1e20, 'NaN', true, '1969-12-31',"
                        + " '2020-01-31 10:00:00.123456', '2020-01-31 10:00+02', '10:20:30', 'x', '{\"a\": 1}'),"
                        + " (NULL, NULL, 'NaN', NULL, 0.001, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");

        Dataset dataset = studio.datasets()
                .importQuery(ImportTarget.named("t"), database, "SELECT * FROM t ORDER BY n NULLS LAST");

        assertEquals(
                Arrays.asList(
                        "1",
                        "2",
                        "-1234567890.12",
                        "0.1",
                        "100000000000000000000.000",
                        null,
                        "true",
                        "1969-12-31",
                        "2020-01-31 10:00:00.123456",
                        "2020-01-31 08:00:00",
                        "10:20:30",
                        "x",
                        "{\"a\": 1}"),
                studio.query(dataset, "SELECT COLUMNS(*)::VARCHAR FROM d.data LIMIT 1"));
        assertEquals(
                List.of("DECIMAL(12,2)", "DECIMAL(4,1)", "DECIMAL(38,3)"),
                studio.query(
                        dataset,
                        "SELECT data_type FROM duckdb_columns() WHERE database_name = 'd' AND data_type LIKE 'DEC%'"));
        assertEquals(2, dataset.column("cost").nullCount() + dataset.column("f").nullCount() - 1);
    }

    @Test
    void readsManyRowsOfPostgresqlInOrder() throws SQLException {
        DataSource database = PostgresServer.require().newDatabase();
        String sql = "SELECT i AS n, repeat('x', (i % 7)::int) || i AS s FROM generate_series(1, 60000) i";

        Dataset dataset = studio.datasets().importQuery(ImportTarget.named("many"), database, sql);
        Dataset again = studio.datasets().importQuery(ImportTarget.named("many"), database, sql);

        assertEquals(dataset, again);
        assertEquals(60_000, dataset.rowCount());
        assertEquals(
                List.of("0"),
                studio.query(
                        dataset,
                        "SELECT count(*) FROM d.data WHERE n <> rowid + 1 OR s <> repeat('x', (n % 7)::INT) || n"));
    }

    @Test
    void writesNothingAndLeavesTheConnectionAsItWas() throws SQLException {
        for (DataSource database : List.of(sqlite(), PostgresServer.require().newDatabase())) {
            execute(database, "CREATE TABLE t (n INTEGER)", "INSERT INTO t VALUES (1)");
            String write = "INSERT INTO t VALUES (2) RETURNING n";

            assertThrows(
                    SQLException.class, () -> studio.datasets().importQuery(ImportTarget.named("t"), database, write));

            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
                assertTrue(rows.next());
                assertEquals(1, rows.getInt(1));
                assertFalse(connection.isReadOnly());
                assertTrue(connection.getAutoCommit());
            }
        }
        studio.assertClean(0);
    }

    @Test
    void refusesDatesThatNoCalendarHas() throws SQLException {
        DataSource database = PostgresServer.require().newDatabase();

        StudioException error = assertThrows(
                StudioException.class,
                () -> studio.datasets()
                        .importQuery(ImportTarget.named("t"), database, "SELECT 'infinity'::timestamp AS at"));

        assertEquals(
                "Row 1 has a value of class LocalDateTime in column 'at' that does not fit type TIMESTAMP",
                error.what());
    }

    @Test
    void stopsAQueryThatRuns() throws SQLException {
        DataSource database = PostgresServer.require().newDatabase();
        Cancellation cancellation = Cancellation.create();
        ImportTarget target = ImportTarget.named("t").stoppedBy(cancellation).reportingTo(p -> cancellation.cancel());

        StudioException error = assertThrows(
                StudioException.class,
                () -> studio.datasets().importQuery(target, database, "SELECT generate_series(1, 100000000) AS i"));

        assertEquals(ErrorCode.CANCELLED, error.code());
        studio.assertClean(0);
    }
}
