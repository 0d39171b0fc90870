package dev.datastudio.core.query.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls behind the gate: what a statement could do that had slipped through it. */
class DuckDbDatabaseTest {
    @TempDir
    Path folder = Path.of("");

    private Path file = Path.of("");
    private Path canary = Path.of("");
    private Path spill = Path.of("");

    @BeforeEach
    void store() throws Exception {
        file = folder.resolve("t.duckdb");
        spill = folder.resolve("spill");
        canary = Files.writeString(folder.resolve("canary.csv"), "a\n1\n");
        try (Connection connection = DuckDbDriver.open();
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH " + DuckDbDriver.literal(file.toString()) + " AS stored");
            statement.execute("CREATE TABLE stored.main.data AS SELECT * FROM range(10)");
        }
    }

    @AfterEach
    void nothingWasWritten() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(
                    List.of(canary, file),
                    files.filter(Files::isRegularFile).sorted().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM studio_0.main.data",
                "INSERT INTO studio_0.main.data VALUES (1)",
                "WITH d AS (DELETE FROM studio_0.main.data RETURNING *) SELECT * FROM d",
                "DROP VIEW t",
                "CREATE TABLE x AS SELECT 1",
                "COPY t TO '${written}'",
                "COPY (SELECT 1) TO '${file}' (FORMAT parquet, USE_TMP_FILE false)",
                "COPY t TO '${spill}/x.csv'",
                "SELECT * FROM read_text('${canary}')",
                "SELECT * FROM '${canary}'",
                "SELECT * FROM read_csv('${spill}/../canary.csv')",
                "SELECT * FROM glob('/etc/*')",
                "ATTACH '${canary}' AS x",
                "ATTACH '${file}' AS x",
                "INSTALL httpfs",
                "LOAD '${canary}'",
                "EXPORT DATABASE '${written}'",
                "SET memory_limit = '10GB'",
                "SET enable_external_access = true",
                "RESET lock_configuration",
                "SET GLOBAL threads = 64"
            })
    void refusesInItsReadOnlyTransactionWhatTheGateWouldNotLetThrough(String sql) throws Exception {
        byte[] before = Files.readAllBytes(file);
        String aimed = sql.replace("${written}", folder.resolve("written").toString())
                .replace("${file}", file.toString())
                .replace("${canary}", canary.toString())
                .replace("${spill}", spill.toString());
        try (DuckDbDatabase database = open();
                DuckDbSession session = database.newSession()) {
            session.beginReadOnly();

            assertThrows(SQLException.class, () -> run(session, aimed));
        }

        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void showsTheStoredTableToEachSession() throws Exception {
        try (DuckDbDatabase database = open();
                DuckDbSession first = database.newSession();
                DuckDbSession second = database.newSession()) {
            run(first, "SELECT * FROM t");
            run(second, "SELECT * FROM T");
        }
    }

    private DuckDbDatabase open() {
        return DuckDbDatabase.open(
                Map.of("t", new DuckDbDatabase.Stored(file, "main", "data")), List.of("SET GLOBAL threads = 1"), null);
    }

    private static void run(DuckDbSession session, String sql) throws SQLException {
        try (PreparedStatement statement = session.prepare(sql)) {
            statement.execute();
        }
    }
}
