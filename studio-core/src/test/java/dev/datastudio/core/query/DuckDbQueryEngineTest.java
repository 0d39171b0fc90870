package dev.datastudio.core.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckDbQueryEngineTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true                              | BOOLEAN   | Boolean       | true
            1::TINYINT                        | INTEGER   | Long          | 1
            4294967295::UINTEGER              | INTEGER   | Long          | 4294967295
            -9223372036854775808              | INTEGER   | Long          | -9223372036854775808
            1::UBIGINT                        | DECIMAL   | Long          | 1
            18446744073709551615::UBIGINT     | DECIMAL   | BigInteger    | 18446744073709551615
            sum(3)                            | DECIMAL   | Long          | 3
            1e19::HUGEINT                     | DECIMAL   | BigInteger    | 10000000000000000000
            0.1::FLOAT                        | DECIMAL   | Double        | 0.1
            0.1::DOUBLE                       | DECIMAL   | Double        | 0.1
            'NaN'::DOUBLE                     | DECIMAL   | Double        | NaN
            1.50::DECIMAL(10,2)               | DECIMAL   | BigDecimal    | 1.50
            DATE '2026-02-28'                 | DATE      | LocalDate     | 2026-02-28
            TIMESTAMP '2026-02-28 10:11:12.5' | TIMESTAMP | LocalDateTime | 2026-02-28T10:11:12.500
            '2026-02-28'::TIMESTAMP_S         | TIMESTAMP | LocalDateTime | 2026-02-28T00:00
            '2026-02-28'::TIMESTAMP_MS        | TIMESTAMP | LocalDateTime | 2026-02-28T00:00
            '2026-02-28'::TIMESTAMP_NS        | TIMESTAMP | LocalDateTime | 2026-02-28T00:00
            '2026-02-28 10:00:00+02'::TIMESTAMPTZ| TIMESTAMP | LocalDateTime | 2026-02-28T08:00
            TIME '10:11:12.5'                 | TIME      | LocalTime     | 10:11:12.500
            'text'                            | TEXT      | String        | text
            'a'::ENUM('a', 'b')               | TEXT      | String        | a
            '00000000-0000-0000-0000-000000000001'::UUID | TEXT | String | 00000000-0000-0000-0000-000000000001
            '{"a": 1}'::JSON                  | TEXT      | String        | {"a": 1}
            [1, NULL, 3]                      | OTHER     | String        | [1, NULL, 3]
            {'a': 1, 'b': ['x']}              | OTHER     | String        | {'a': 1, 'b': [x]}
            MAP {'k': 1}                      | OTHER     | String        | {k=1}
            [DATE '2026-01-02']               | OTHER     | String        | [2026-01-02]
            'a'::BLOB                         | OTHER     | String        | a
            '101'::BIT                        | OTHER     | String        | 101
            """, quoteCharacter = '`')
    void givesEachTypeAsItsJavaValue(String expression, ColumnType type, String javaType, String text)
            throws Exception {
        try (DuckDbQueryEngine engine = open("SELECT 1 AS x")) {
            String sql = "SELECT " + expression + " AS v";

            QueryResult result = run(engine, sql);

            Object value = only(result);
            assertEquals(List.of(new ResultColumn("v", type)), result.columns());
            assertEquals(result.columns(), engine.describe(Query.of(sql)));
            assertEquals(text, String.valueOf(value));
            assertEquals(javaType, value == null ? "null" : value.getClass().getSimpleName());
        }
    }

    @Test
    void givesIntervalsAndNullsOfEveryType() throws Exception {
        try (DuckDbQueryEngine engine = open("SELECT 1 AS x")) {
            QueryResult result = run(
                    engine,
                    "SELECT NULL, NULL::INTEGER, NULL::VARCHAR, NULL::DATE, NULL::HUGEINT, NULL::TIMESTAMPTZ, NULL::INTEGER[]");

            assertTrue(result.rows().get(0).stream().allMatch(value -> value == null));
            assertTrue(
                    String.valueOf(only(run(engine, "SELECT INTERVAL 3 DAY"))).contains("3"));
        }
    }

    @Test
    void tellsWhereAStatementIsWrong() throws Exception {
        try (DuckDbQueryEngine engine = open("SELECT 1 AS x")) {
            StudioException column =
                    assertThrows(StudioException.class, () -> run(engine, "SELECT x,\n       yy\nFROM t"));
            StudioException word = assertThrows(StudioException.class, () -> run(engine, "SELECT x\nFRM t GROUP"));
            StudioException far =
                    assertThrows(StudioException.class, () -> run(engine, "SELECT " + "x, ".repeat(200) + "yy FROM t"));

            assertTrue(column.what().endsWith(" (line 2, column 8)"), column.what());
            assertTrue(word.what().contains(" (line 2, column "), word.what());
            assertTrue(far.what().endsWith(" (line 1)"), far.what());
        }
    }

    @Test
    void tellsThePlanOfAStatementThatOnlyReads() throws Exception {
        try (DuckDbQueryEngine engine = open("SELECT 1 AS x")) {
            String plan = engine.explain(new Query("SELECT x FROM t ORDER BY x;", List.of(), QueryLimits.DEFAULT));
            StudioException refused = assertThrows(
                    StudioException.class,
                    () -> engine.explain(new Query("DELETE FROM t", List.of(), QueryLimits.DEFAULT)));

            assertTrue(plan.lines().count() > 3, plan);
            assertEquals(ErrorCode.SQL_REFUSED, refused.code());
        }
    }

    @Test
    void bindsEveryTypeThatAQueryTakes() throws Exception {
        try (DuckDbQueryEngine engine = open("SELECT 1 AS x")) {
            List<@Nullable Object> values = List.of(
                    true,
                    5L,
                    6,
                    1.5,
                    new BigDecimal("2.50"),
                    "t",
                    LocalDate.of(2026, 1, 2),
                    LocalDateTime.of(2026, 1, 2, 3, 4),
                    LocalTime.of(5, 6));

            QueryResult result = engine.execute(
                    new Query(
                            "SELECT ?::BOOLEAN, ?::BIGINT, ?::INTEGER, ?::DOUBLE, ?::DECIMAL(5,2), ?::VARCHAR, ?::DATE,"
                                    + " ?::TIMESTAMP, ?::TIME",
                            values,
                            QueryLimits.DEFAULT),
                    Cancellation.none());

            assertEquals(
                    List.of(
                            true,
                            5L,
                            6L,
                            1.5,
                            new BigDecimal("2.50"),
                            "t",
                            LocalDate.of(2026, 1, 2),
                            LocalDateTime.of(2026, 1, 2, 3, 4),
                            LocalTime.of(5, 6)),
                    result.rows().get(0));
        }
    }

    @Test
    void readsPointsInTimeInItsZone() throws Exception {
        DuckDbTable table = StoredTables.write(folder, "t", "SELECT TIMESTAMPTZ '2026-07-01 12:00:00+00' AS moment");
        try (DuckDbQueryEngine engine =
                DuckDbQueryEngine.open(List.of(table), DuckDbSettings.DEFAULT.withZone(ZoneId.of("Europe/Berlin")))) {
            assertEquals(LocalDateTime.of(2026, 7, 1, 14, 0), only(run(engine, "SELECT moment FROM t")));
            assertEquals(14L, only(run(engine, "SELECT hour(moment) FROM t")));
        }
    }

    @Test
    void takesNoZoneThatDuckDbDoesNotKnow() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class, () -> DuckDbSettings.DEFAULT.withZone(ZoneOffset.ofHours(2)));

        assertEquals("zone must be UTC or a region such as Europe/Berlin, was +02:00", error.getMessage());
        assertEquals(
                ZoneId.of("UTC"),
                DuckDbSettings.DEFAULT.withZone(ZoneOffset.UTC).zone());
    }

    @Test
    void showsAFileWithAnyCharactersInItsPathAndName() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("it's; a 'test' \"x\" ö"));
        DuckDbTable stored = StoredTables.write(odd, "plain", "SELECT 42 AS answer");
        DuckDbTable table = new DuckDbTable("my; \"odd\" table's", stored.file());

        try (DuckDbQueryEngine engine =
                DuckDbQueryEngine.open(List.of(table, new DuckDbTable("again", table.file())))) {
            assertEquals(42L, only(run(engine, "SELECT answer FROM \"my; \"\"odd\"\" table's\"")));
            assertEquals(42L, only(run(engine, "SELECT answer FROM again")));
        }
    }

    @Test
    void refusesTwoTablesOfOneName() {
        List<DuckDbTable> tables = List.of(new DuckDbTable("a", Path.of("x")), new DuckDbTable("A", Path.of("y")));

        assertThrows(IllegalArgumentException.class, () -> DuckDbQueryEngine.open(tables));
    }

    @Test
    void saysWhichFileIsMissing() {
        Path file = folder.resolve("gone.duckdb");

        StudioException error = assertThrows(
                StudioException.class, () -> DuckDbQueryEngine.open(List.of(new DuckDbTable("gone", file))));

        assertEquals(ErrorCode.FILE_NOT_FOUND, error.code());
        assertTrue(error.what().contains(file.toString()), error.what());
    }

    @Test
    void saysThatAFileIsNoDatabase() throws Exception {
        Path file = Files.writeString(folder.resolve("text.duckdb"), "not a database ".repeat(1000));

        StudioException error = assertThrows(
                StudioException.class, () -> DuckDbQueryEngine.open(List.of(new DuckDbTable("text", file))));

        assertEquals(ErrorCode.STORAGE_FAILED, error.code());
    }

    @Test
    void namesItsVersion() throws Exception {
        try (DuckDbQueryEngine engine = open("SELECT 1 AS x")) {
            assertEquals("duckdb", engine.name());
            assertTrue(engine.version().matches("duckdb v[12]\\.\\d+\\.\\d+.*"), engine.version());
        }
    }

    @Test
    void stopsAtItsMemoryLimitAndGoesOn() throws Exception {
        DuckDbTable table = StoredTables.write(folder, "t", "SELECT 1 AS x");
        DuckDbSettings tight = DuckDbSettings.DEFAULT
                .withMaxMemoryBytes(32L << 20)
                .withThreads(1)
                .withSpill(folder.resolve("spill"), 0);
        try (DuckDbQueryEngine engine = DuckDbQueryEngine.open(List.of(table), tight)) {
            StudioException error = assertThrows(
                    StudioException.class,
                    () -> run(engine, "SELECT count(*) FROM (SELECT DISTINCT range, range + 1 FROM range(20000000))"));

            assertEquals(ErrorCode.QUERY_OUT_OF_MEMORY, error.code());
            assertEquals(1L, only(run(engine, "SELECT x FROM t")));
        }
    }

    @Test
    void spillsWithinItsFolderAndLeavesNothingThere() throws Exception {
        DuckDbTable table = StoredTables.write(folder, "t", "SELECT 1 AS x");
        Path spill = folder.resolve("spill");
        DuckDbSettings tight = DuckDbSettings.DEFAULT
                .withMaxMemoryBytes(64L << 20)
                .withThreads(1)
                .withSpill(spill, 1L << 30);
        try (DuckDbQueryEngine engine = DuckDbQueryEngine.open(List.of(table), tight)) {
            assertEquals(
                    2_999_999L,
                    only(
                            run(
                                    engine,
                                    "SELECT * FROM (SELECT range FROM range(3000000) ORDER BY hash(range)) ORDER BY 1 DESC LIMIT 1")));
        }

        try (Stream<Path> left = Files.list(spill)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void holdsNoMoreRowsThanWanted() throws Exception {
        try (DuckDbQueryEngine engine = open("SELECT range AS x, repeat('x', 200) AS text FROM range(300000)")) {
            QueryResult result = run(engine, "SELECT * FROM t ORDER BY x");

            assertEquals(1_000, result.rows().size());
            assertEquals(300_000, result.totalRows());
        }
    }

    @Test
    void countsAStatementThatDiffersEachTimeInTheSameRun() throws Exception {
        try (DuckDbQueryEngine engine = open("SELECT range AS x FROM range(100000)")) {
            QueryResult result = engine.execute(
                    new Query(
                            "SELECT x, row_number() OVER () FROM t WHERE random() < 0.5",
                            List.of(),
                            new QueryLimits(Long.MAX_VALUE - 1, Duration.ofMinutes(1))),
                    Cancellation.none());

            assertEquals(result.rows().size(), result.totalRows());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT list_transform([1], x -> x + 1)      | lambda x: x + 1
            SELECT nam FROM (SELECT 1 AS name)          | 'name' is the nearest
            SELECT no_such_function(1)                  | columns and constants
            SELECT x, count(*) FROM t                   | GROUP BY
            SELECT 'a'::INTEGER                         | TRY_CAST
            SELECT * FROM tt                            | 't' is the nearest
            PIVOT t ON x USING count(*)                 | IN ('a', 'b')
            SELECT unnest(range(1, 1000000))            | FROM range(
            SELECT repeat('x', x) FROM t                | at most 10000
            SELECT printf('%99999999d', x) FROM t       | at most 4 digits
            """, quoteCharacter = '`')
    void saysHowToMendTheStatement(String sql, String mend) throws Exception {
        try (DuckDbQueryEngine engine = open("SELECT 1 AS x")) {
            if (sql.contains("->") && engine.version().startsWith("duckdb v1.")) {
                assertEquals("[2]", only(run(engine, sql)));
                return;
            }

            StudioException error = assertThrows(StudioException.class, () -> run(engine, sql));

            assertTrue(error.mend().contains(mend), error::toString);
            assertTrue(!error.what().contains("unsuccessful or closed"), error::toString);
        }
    }

    @Test
    void tellsOfWideNumbersExactly() throws Exception {
        try (DuckDbQueryEngine engine = open("SELECT 1 AS x")) {
            assertEquals(
                    new BigInteger("27670116110564327421"),
                    only(run(engine, "SELECT sum(9223372036854775807) FROM range(3)")));
        }
    }

    private DuckDbQueryEngine open(String select) throws Exception {
        DuckDbTable table = StoredTables.write(folder, "t", select);
        return DuckDbQueryEngine.open(List.of(table), DuckDbSettings.DEFAULT.withMaxMemoryBytes(256L << 20));
    }

    private static QueryResult run(DuckDbQueryEngine engine, String sql) {
        return engine.execute(Query.of(sql), Cancellation.none());
    }

    private static @Nullable Object only(QueryResult result) {
        return result.rows().get(0).get(0);
    }
}
