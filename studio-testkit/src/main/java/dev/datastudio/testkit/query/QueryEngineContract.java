package dev.datastudio.testkit.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.query.RowConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link QueryEngine} does, over the tables {@code orders} and {@code customers}.
 *
 * <p>A backend extends it, makes the tables from {@link #TABLES} and opens its engine. All tests share one engine, as
 * callers do: a hostile statement must leave nothing behind for the next one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class QueryEngineContract {
    /** The rows of each table, as a SELECT in standard SQL. */
    public static final Map<String, String> TABLES = Map.of(
            "orders",
            """
            SELECT CAST(id AS INTEGER) AS id, region, CAST(amount AS DOUBLE PRECISION) AS amount,
                   CAST(placed AS DATE) AS placed
            FROM (VALUES (1, 'North', 10, '2025-01-05'), (2, 'North', 20, '2025-02-10'), (3, 'North', 30, '2026-01-15'),
                         (4, 'South', 5, '2025-03-01'), (5, 'West', 50, '2025-03-20'), (6, 'West', 15, '2026-02-01'))
                 v(id, region, amount, placed)""",
            "customers",
            "SELECT region, manager FROM (VALUES ('North', 'Ann'), ('South', 'Bob')) v(region, manager)");

    /** Statements that make the same tables in other engines, in standard SQL. */
    public static final List<String> SCRIPT = List.of(
            "CREATE TABLE orders (id INTEGER, region VARCHAR(20), amount DOUBLE PRECISION, placed DATE)",
            "INSERT INTO orders VALUES (1, 'North', 10, '2025-01-05')",
            "INSERT INTO orders VALUES (2, 'North', 20, '2025-02-10')",
            "INSERT INTO orders VALUES (3, 'North', 30, '2026-01-15')",
            "INSERT INTO orders VALUES (4, 'South', 5, '2025-03-01')",
            "INSERT INTO orders VALUES (5, 'West', 50, '2025-03-20')",
            "INSERT INTO orders VALUES (6, 'West', 15, '2026-02-01')",
            "CREATE TABLE customers (region VARCHAR(20), manager VARCHAR(20))",
            "INSERT INTO customers VALUES ('North', 'Ann'), ('South', 'Bob')",
            "CREATE TABLE secrets (secret VARCHAR(20))",
            "INSERT INTO secrets VALUES ('the-canary-sings')");

    private static final String SECRET = "the-canary-sings";
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DIGITS = "(SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3"
            + " UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8"
            + " UNION ALL SELECT 9) ";
    private static final Set<ErrorCode> REFUSED_OR_STOPPED = Set.of(
            ErrorCode.SQL_REFUSED, ErrorCode.SQL_INVALID, ErrorCode.QUERY_TIMEOUT, ErrorCode.QUERY_OUT_OF_MEMORY);

    private final Path folder;
    private final Path stored;
    private final Path canary;
    private final Path written;
    private QueryEngine engine = new NoEngine();

    /** Makes the folders that the tests use. */
    protected QueryEngineContract() {
        try {
            folder = Files.createTempDirectory("query-engine-contract");
            stored = Files.createDirectory(folder.resolve("stored"));
            canary = Files.writeString(folder.resolve("canary.csv"), "secret\n" + SECRET + "\n");
            written = folder.resolve("written");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Stores the tables and opens the engine over them. Its memory must be limited to some 256 MiB.
     *
     * @param folder where the backend keeps its files
     * @param tables a SELECT for the rows of each table, by name
     */
    protected abstract QueryEngine open(Path folder, Map<String, String> tables) throws Exception;

    /** Whose hostile statements are tried, as {@link HostileSql#of} names them. */
    protected String dialect() {
        return "duckdb";
    }

    /** Whose everyday statements are tried, as {@link AnalyticalSql#of} names them. */
    protected String analysts() {
        return dialect();
    }

    /** A statement that runs for hours. */
    protected String endless() {
        return "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 3 - n FROM r) SELECT count(*) FROM r";
    }

    /** Fails when a hostile statement left a trace that the contract itself can't see. */
    protected void checkUntouched() throws Exception {
        // The tables and files are checked for every engine.
    }

    @BeforeAll
    void openEngine() throws Exception {
        engine = open(stored, TABLES);
    }

    @AfterAll
    void closeEngine() throws IOException {
        engine.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    List<HostileSql> hostileStatements() {
        return HostileSql.of(dialect());
    }

    List<AnalyticalSql> analyticalStatements() {
        return AnalyticalSql.of(analysts());
    }

    @ParameterizedTest
    @MethodSource("hostileStatements")
    void refusesOrStopsWhatIsHostile(HostileSql hostile) throws Exception {
        HostileSql aimed = hostile.aimedAt(canary, firstStoredFile(), written);
        Map<Path, String> before = hashes();

        StudioException error = assertThrows(StudioException.class, () -> execute(aimed.sql(), 10, SHORT), aimed.why());

        assertTrue(REFUSED_OR_STOPPED.contains(error.code()), error::toString);
        assertFalse(error.toString().contains(SECRET), error::toString);
        assertFalse(error.mend().isBlank(), error::toString);
        assertEquals(before, hashes(), aimed.why());
        assertEquals(List.of(6L), column(execute("SELECT count(*) FROM orders", 1), 0));
        assertEquals(List.of(2L), column(execute("SELECT count(*) FROM customers", 1), 0));
        checkUntouched();
    }

    @ParameterizedTest
    @MethodSource("analyticalStatements")
    void answersWhatAnAnalystAsks(AnalyticalSql statement) {
        QueryResult result = execute(statement.sql(), 1_000, PATIENCE);

        assertEquals(statement.rows(), result.totalRows());
        assertEquals(statement.rows(), result.rows().size());
    }

    @ParameterizedTest
    @MethodSource("analyticalStatements")
    void countsEveryRowOfACutResult(AnalyticalSql statement) {
        QueryResult result = execute(statement.sql(), 1, PATIENCE);

        assertEquals(statement.rows(), result.totalRows());
        assertEquals(Math.min(1, statement.rows()), result.rows().size());
    }

    @Test
    void keepsTheOrderOfACutResult() {
        QueryResult result = execute(numbers() + " ORDER BY 1 DESC", 3);

        assertEquals(List.of(99_999L, 99_998L, 99_997L), column(result, 0));
        assertEquals(100_000, result.totalRows());
        assertTrue(result.isCut());
    }

    @Test
    void returnsNoRowsButTheirNumberWhenNoneAreWanted() {
        QueryResult result = execute("SELECT * FROM orders", 0);

        assertEquals(List.of(), result.rows());
        assertEquals(6, result.totalRows());
    }

    @Test
    void returnsAllRowsWithoutALimit() {
        QueryResult result = execute(numbers(), QueryLimits.NO_ROW_LIMIT);

        assertEquals(100_000, result.rows().size());
        assertFalse(result.isCut());
    }

    @Test
    void keepsLabelsAsWrittenEvenWhenTheyAreEqual() {
        QueryResult result = execute("SELECT id AS \"a\", region AS \"a\", 1 AS \"A b;c\" FROM orders", 2);

        assertEquals(
                List.of("a", "a", "A b;c"),
                result.columns().stream().map(ResultColumn::name).toList());
    }

    @Test
    void bindsValuesAndNeverReadsThemAsSql() {
        QueryResult result = engine.execute(
                new Query(
                        "SELECT count(*) FROM orders WHERE region = ? OR region = ? OR amount > ?",
                        List.of("North", "x' OR 1=1 --", 40),
                        QueryLimits.DEFAULT),
                Cancellation.none());

        assertEquals(List.of(4L), column(result, 0));
    }

    @Test
    void bindsNull() {
        List<@Nullable Object> nothing = Arrays.asList((Object) null);

        QueryResult result = engine.execute(
                new Query("SELECT count(*) FROM orders WHERE region = ?", nothing, QueryLimits.DEFAULT),
                Cancellation.none());

        assertEquals(List.of(0L), column(result, 0));
    }

    @Test
    void refusesTheWrongNumberOfValues() {
        StudioException error = assertThrows(
                StudioException.class,
                () -> engine.execute(new Query("SELECT ?", List.of(1, 2), QueryLimits.DEFAULT), Cancellation.none()));

        assertEquals(ErrorCode.SQL_INVALID, error.code());
        assertEquals("The statement has 1 parameters, but 2 values were given", error.what());
    }

    @Test
    void namesTheNearestTable() {
        StudioException error = assertThrows(StudioException.class, () -> execute("SELECT * FROM oders", 1));

        assertEquals(ErrorCode.SQL_INVALID, error.code());
        assertEquals("There is no table 'oders'", error.what());
        assertTrue(error.mend().contains("'orders' is the nearest"), error.mend());
    }

    @Test
    void namesTheNearestColumn() {
        StudioException error = assertThrows(StudioException.class, () -> execute("SELECT amuont FROM orders", 1));

        assertEquals(ErrorCode.SQL_INVALID, error.code());
        assertTrue(error.what().contains("amuont"), error.what());
        assertTrue(error.mend().contains("'amount' is the nearest"), error.mend());
    }

    @Test
    void saysWhereTheSyntaxIsWrong() {
        StudioException error = assertThrows(StudioException.class, () -> execute("SELECT id FORM orders WHERE", 1));

        assertEquals(ErrorCode.SQL_INVALID, error.code());
        assertTrue(error.what().contains("syntax error"), error.what());
    }

    @Test
    void handsRowsOnOneByOneUpToTheLimit() {
        Streamed streamed = new Streamed();
        Query query = Query.of("SELECT id, region, amount FROM orders ORDER BY id");

        assertEquals(6, engine.stream(query, streamed, Cancellation.none()));
        assertEquals(engine.execute(query, Cancellation.none()).columns(), streamed.columns);
        assertEquals(engine.execute(query, Cancellation.none()).rows(), streamed.rows);
        Streamed two = new Streamed();
        Query limited = new Query(query.sql(), List.of(), QueryLimits.DEFAULT.withMaxRows(2));
        assertEquals(2, engine.stream(limited, two, Cancellation.none()));
        assertEquals(streamed.rows.subList(0, 2), two.rows);
        Streamed none = new Streamed();
        assertEquals(0, engine.stream(Query.of("SELECT id FROM orders WHERE id < 0"), none, Cancellation.none()));
        assertEquals(1, none.columns.size());
        assertThrows(
                StudioException.class,
                () -> engine.stream(Query.of("DELETE FROM orders"), new Streamed(), Cancellation.none()));
    }

    private static final class Streamed implements RowConsumer {
        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private List<ResultColumn> columns = List.of();

        @Override
        public void columns(List<ResultColumn> told) {
            columns = told;
        }

        @Override
        public void row(List<@Nullable Object> values) {
            rows.add(values);
        }
    }

    @Test
    void describesTheColumnsWithoutRunning() {
        List<ResultColumn> columns =
                engine.describe(Query.of("SELECT id, region, amount, placed FROM orders, (" + endless() + ") hours"));

        assertEquals(
                List.of(
                        new ResultColumn("id", ColumnType.INTEGER),
                        new ResultColumn("region", ColumnType.TEXT),
                        new ResultColumn("amount", ColumnType.DECIMAL),
                        new ResultColumn("placed", ColumnType.DATE)),
                columns);
        List<ResultColumn> truth = engine.describe(Query.of("SELECT " + truth() + " AS big FROM orders"));
        assertEquals(List.of(new ResultColumn("big", describedTruth())), truth);
    }

    /** What is true for an amount above 1. */
    protected String truth() {
        return "amount > 1";
    }

    /** What a column that is computed as true or false is described as: not every engine has such a type. */
    protected ColumnType describedTruth() {
        return ColumnType.BOOLEAN;
    }

    @Test
    void describesNothingThatItWouldRefuse() {
        StudioException error =
                assertThrows(StudioException.class, () -> engine.describe(Query.of("DROP TABLE orders")));

        assertEquals(ErrorCode.SQL_REFUSED, error.code());
    }

    @Test
    void stopsWhenTheTimeIsOver() {
        long start = System.nanoTime();

        StudioException error =
                assertThrows(StudioException.class, () -> execute(endless(), 10, Duration.ofMillis(300)));

        assertEquals(ErrorCode.QUERY_TIMEOUT, error.code());
        assertEquals("The statement ran longer than 300 ms", error.what());
        assertTrue(System.nanoTime() - start < PATIENCE.toNanos());
    }

    @Test
    void stopsWhenItIsCancelled() throws Exception {
        Cancellation cancellation = Cancellation.create();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<QueryResult> running = executor.submit(
                    () -> engine.execute(new Query(endless(), List.of(), new QueryLimits(10, PATIENCE)), cancellation));
            cancellation.cancel();

            StudioException error = assertInstanceOf(StudioException.class, failure(running));

            assertEquals(ErrorCode.CANCELLED, error.code());
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void startsNothingThatIsCancelledAlready() {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel();

        StudioException error =
                assertThrows(StudioException.class, () -> engine.execute(Query.of("SELECT 1"), cancellation));

        assertEquals(ErrorCode.CANCELLED, error.code());
    }

    @Test
    void answersManyCallersAtOnce() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Future<QueryResult>> running = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String sql = "SELECT count(*) + " + i + " FROM orders";
                running.add(executor.submit(() -> execute(sql, 1)));
            }
            for (int i = 0; i < running.size(); i++) {
                assertEquals(List.of(6L + i), column(running.get(i).get(60, TimeUnit.SECONDS), 0));
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void failsRunningCallsAndRefusesNewOnesWhenClosed(@TempDir Path other) throws Exception {
        QueryEngine closing = open(other, TABLES);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<QueryResult> running = executor.submit(() -> closing.execute(
                    new Query(endless(), List.of(), new QueryLimits(10, PATIENCE)), Cancellation.none()));
            closing.execute(Query.of("SELECT 1"), Cancellation.none());
            closing.close();
            closing.close();

            assertFailsBecauseItIsClosed(running);
            assertThrows(IllegalStateException.class, () -> closing.execute(Query.of("SELECT 1"), Cancellation.none()));
        } finally {
            executor.shutdownNow();
        }
    }

    /** The call may have begun before the engine was closed, or come too late. */
    private static void assertFailsBecauseItIsClosed(Future<QueryResult> running) {
        Throwable failure = failure(running);
        if (failure instanceof StudioException error) {
            assertEquals(ErrorCode.CANCELLED, error.code());
        } else {
            assertInstanceOf(IllegalStateException.class, failure);
        }
    }

    private static @Nullable Throwable failure(Future<QueryResult> running) {
        return assertThrows(ExecutionException.class, () -> running.get(30, TimeUnit.SECONDS))
                .getCause();
    }

    /** The numbers from 0 to 99,999. */
    private static String numbers() {
        return "SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n AS n FROM " + DIGITS + "a CROSS JOIN "
                + DIGITS + "b CROSS JOIN " + DIGITS + "c CROSS JOIN " + DIGITS + "d CROSS JOIN " + DIGITS + "e";
    }

    private QueryResult execute(String sql, long maxRows) {
        return execute(sql, maxRows, PATIENCE);
    }

    private QueryResult execute(String sql, long maxRows, Duration timeout) {
        return engine.execute(new Query(sql, List.of(), new QueryLimits(maxRows, timeout)), Cancellation.none());
    }

    private static List<@Nullable Object> column(QueryResult result, int index) {
        List<@Nullable Object> values = new ArrayList<>();
        result.rows().forEach(row -> values.add(row.get(index)));
        return values;
    }

    private Path firstStoredFile() throws IOException {
        return hashes().keySet().stream()
                .filter(file -> file.startsWith(stored))
                .findFirst()
                .orElse(stored);
    }

    private Map<Path, String> hashes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<Path, String> hashes = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                hashes.put(file, sha256(file));
            }
            return hashes;
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Stands in until the backend's engine is open. */
    private static final class NoEngine implements QueryEngine {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public String version() {
            return "none";
        }

        @Override
        public QueryResult execute(Query query, Cancellation cancellation) {
            throw new IllegalStateException("The engine is not open");
        }

        @Override
        public List<ResultColumn> describe(Query query) {
            throw new IllegalStateException("The engine is not open");
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
