package dev.datastudio.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.ImportTarget;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What holds of a source of any kind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SourceContract {
    static final Secret PASSWORD = Secret.of("canary-4711-secret");
    private static final int MANY = 60_000;

    @TempDir
    static Path folder;

    private TestSources test;
    private Source source;

    /** A connection that may write, for preparing. */
    abstract Connection admin() throws SQLException;

    /** How the same database is reached. */
    abstract SourceSpec spec() throws SQLException;

    /** The password that {@link #spec()} needs. */
    Secret password() {
        return PASSWORD;
    }

    /** The schema of its tables as the catalogue spells it. */
    abstract String schema();

    /** A table "everything" of one row of values and one of nothing but missing values, in the database's own types. */
    abstract List<String> everything();

    /** The type of each column of "everything" and the first value. */
    abstract Map<String, Expected> expected();

    record Expected(ColumnType type, Object value) {}

    /** A statement that fills table many (n INTEGER, t VARCHAR(40)) with 0 to count - 1. */
    abstract String fillMany(int count);

    String quote(String name) {
        return '"' + name + '"';
    }

    /** Folders where the files of databases lie. */
    List<Path> fileFolders() {
        return List.of();
    }

    HostDataSources hostDataSources() {
        return HostDataSources.NONE;
    }

    @BeforeAll
    void prepare() throws SQLException {
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customer (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL,"
                    + " email VARCHAR(50), UNIQUE (email))");
            statement.execute("CREATE TABLE " + quote("order line")
                    + " (order_id INTEGER NOT NULL, line_no INTEGER NOT NULL, customer_id INTEGER,"
                    + " amount DECIMAL(12,2) DEFAULT 0, PRIMARY KEY (order_id, line_no),"
                    + " FOREIGN KEY (customer_id) REFERENCES customer (id))");
            statement.execute("CREATE VIEW rich AS SELECT name FROM customer WHERE id > 1");
            statement.execute("INSERT INTO customer VALUES (1, 'Zoë', 'zoe@example.org'), (2, '日本 ''x''', NULL)");
            statement.execute("INSERT INTO " + quote("order line")
                    + " VALUES (1, 1, 1, 10.10), (1, 2, 2, -0.01), (2, 1, NULL, NULL)");
            statement.execute("CREATE TABLE many (n INTEGER, t VARCHAR(40))");
            statement.execute(fillMany(MANY));
            for (String sql : everything()) {
                statement.execute(sql);
            }
        }
        test = TestSources.in(
                folder.resolve("workspace-" + getClass().getSimpleName()),
                b -> b.fileFolders(fileFolders()).hostDataSources(hostDataSources()));
        source = test.sources().create(spec(), password());
    }

    @AfterAll
    void close() {
        if (test != null) {
            test.close();
        }
    }

    Sources sources() {
        return test.sources();
    }

    SourceId id() {
        return source.id();
    }

    TestSources studio() {
        return test;
    }

    @Test
    void tellsProductAndRights() {
        SourceCheck check = sources().test(id());

        assertFalse(check.product().isBlank());
        assertEquals(SourceCheck.Rights.READ_ONLY, check.rights(), check.toString());
        assertFalse(check.took().isNegative());
    }

    @Test
    void readsTablesAndViewsWithTheirColumns() {
        SourceSchema read = sources().schema(id());

        assertEquals(
                List.of("customer", "everything", "many", "order line", "rich"),
                read.tables().stream().map(t -> t.name().name()).sorted().toList());
        assertTrue(read.tables().stream().allMatch(t -> t.name().schema().equals(schema())), read.toString());
        SourceTable customer = table(read, "customer");
        assertEquals(SourceTable.Kind.TABLE, customer.kind());
        assertEquals(SourceTable.Kind.VIEW, table(read, "rich").kind());
        assertEquals(
                List.of("id", "name", "email"),
                customer.columns().stream().map(SourceColumn::name).toList());
        assertEquals(
                List.of(ColumnType.INTEGER, ColumnType.TEXT, ColumnType.TEXT),
                customer.columns().stream().map(SourceColumn::type).toList());
        assertEquals(
                List.of(false, false, true),
                customer.columns().stream().map(SourceColumn::nullable).toList());
        SourceColumn amount = table(read, "order line").findColumn("amount").orElseThrow();
        assertEquals(ColumnType.DECIMAL, amount.type());
        assertTrue(
                amount.defaultValue().startsWith("0") || amount.defaultValue().contains("(0"), amount.toString());
        assertEquals(List.of(), read.warnings());
    }

    @Test
    void readsDeclaredKeys() {
        SourceSchema read = sources().schema(id());

        SourceTable customer = table(read, "customer");
        SourceTable lines = table(read, "order line");
        assertEquals(List.of("id"), customer.primaryKey());
        assertEquals(List.of(List.of("email")), customer.uniqueKeys());
        assertEquals(List.of("order_id", "line_no"), lines.primaryKey());
        assertEquals(List.of(), lines.uniqueKeys());
        assertEquals(1, lines.foreignKeys().size());
        ForeignKey key = lines.foreignKeys().get(0);
        assertEquals(List.of("customer_id"), key.columns());
        assertEquals(new TableName(schema(), "customer"), key.target());
        assertEquals(List.of("id"), key.targetColumns());
    }

    private static SourceTable table(SourceSchema schema, String name) {
        return schema.find(TableName.of(name)).orElseThrow();
    }

    @Test
    void samplesSomeRows() {
        TableSample sample = sources().sample(id(), new TableName(schema(), "order line"), 2, Cancellation.none());

        assertEquals(
                List.of("order_id", "line_no", "customer_id", "amount"),
                sample.columns().stream().map(c -> c.name()).toList());
        assertEquals(2, sample.rows().size());
        assertEquals(1L, sample.rows().get(0).get(0));
    }

    @Test
    void importsATableWithItsValues() {
        List<Progress> progress = new ArrayList<>();

        Dataset lines = sources()
                .importTable(
                        id(),
                        TableName.of("order line"),
                        ImportTarget.named("lines").reportingTo(progress::add));

        assertEquals(3, lines.rowCount());
        List<String> rows = rows(lines);
        assertEquals(List.of("1|1|1|10.10", "1|2|2|-0.01", "2|1|null|null"), rows);
        assertEquals(Origin.DATABASE, lines.origin().kind());
        assertTrue(
                lines.origin().detail().contains(id().toString()),
                lines.origin().toString());
        assertEquals(3, progress.get(progress.size() - 1).done());
    }

    @Test
    void importsAViewAndTextsOfAllTheWorld() {
        Dataset rich = sources().importTable(id(), new TableName(schema(), "rich"), ImportTarget.named("rich"));

        assertEquals(List.of("日本 'x'"), rows(rich));
    }

    private List<String> rows(Dataset dataset) {
        try (Stream<Map<String, Object>> rows = test.datasets().rows(dataset)) {
            return rows.map(row -> row.values().stream()
                            .map(v -> v instanceof Double d && dataset.name().equals("lines")
                                    ? new BigDecimal(d.toString()).setScale(2).toString()
                                    : String.valueOf(v))
                            .collect(Collectors.joining("|")))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void givesEveryTypeItsValue() {
        Dataset everything = sources().importTable(id(), TableName.of("everything"), ImportTarget.named("everything"));

        assertEquals(
                expected().keySet(),
                everything.columns().stream().map(Column::name).collect(Collectors.toSet()),
                everything.warnings().toString());
        try (Stream<Map<String, Object>> stream = test.datasets().rows(everything)) {
            List<Map<String, Object>> rows = stream.toList();
            expected().forEach((name, value) -> {
                assertEquals(value.type(), everything.column(name).type(), name);
                assertEquals(value.value(), rows.get(0).get(name), name);
                assertEquals(null, rows.get(1).get(name), name);
            });
        }
        assertTrue(
                everything.warnings().stream().anyMatch(w -> w.contains("binary")),
                everything.warnings().toString());
    }

    @Test
    void cutsAtTheRowLimitAndSaysSo() throws SQLException {
        Source small = sources().create(spec().toBuilder().rowLimit(1_000).build(), password());

        Dataset many = sources().importTable(small.id(), TableName.of("many"), ImportTarget.named("many-cut"));

        assertEquals(1_000, many.rowCount());
        assertTrue(
                many.warnings().contains("The source has more rows; the import took the first 1000."),
                many.warnings().toString());
    }

    @Test
    void saysNothingOfALimitThatIsJustReached() throws SQLException {
        Source small = sources().create(spec().toBuilder().rowLimit(MANY).build(), password());

        Dataset many = sources().importTable(small.id(), TableName.of("many"), ImportTarget.named("many-whole"));

        assertEquals(MANY, many.rowCount());
        assertEquals(List.of(), many.warnings());
    }

    @Test
    void leavesNothingBehindWhenCancelledInTheMiddle() throws IOException {
        Cancellation cancellation = Cancellation.create();
        ImportTarget target = ImportTarget.named("cancelled")
                .stoppedBy(cancellation)
                .reportingTo(p -> {
                    if (p.done() > 0 && !cancellation.isCancelled()) {
                        cancellation.cancel();
                    }
                });
        long before = files();

        StudioException error =
                assertThrows(StudioException.class, () -> sources().importTable(id(), TableName.of("many"), target));

        assertEquals(ErrorCode.CANCELLED, error.code());
        assertTrue(test.datasets().find("cancelled").isEmpty());
        assertEquals(before, files());
        assertEquals(SourceCheck.Rights.READ_ONLY, sources().test(id()).rights());
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(test.workspace().tenants())) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void answersSqlAndWritesNothing() {
        try (QueryEngine engine = sources().engine(id())) {
            QueryResult result =
                    engine.execute(Query.of("SELECT count(*) AS customers FROM customer"), Cancellation.none());
            assertEquals(List.of(List.of(2L)), result.rows());

            for (String sql : HOSTILE) {
                StudioException error = assertThrows(
                        StudioException.class, () -> engine.execute(Query.of(sql), Cancellation.none()), sql);
                assertTrue(
                        error.code() == ErrorCode.SQL_REFUSED || error.code() == ErrorCode.SQL_INVALID,
                        sql + ": " + error.getMessage());
            }
        }
    }

    private static final List<String> HOSTILE = List.of(
            "DELETE FROM customer",
            "INSERT INTO many VALUES (1, 'x')",
            "SELECT 1; DROP TABLE many",
            "DROP TABLE many",
            "CREATE TABLE made (a INTEGER)",
            "SELECT pg_sleep(10)",
            "SELECT load_extension('x')",
            "SELECT * FROM read_text('/etc/passwd')",
            "ATTACH '/tmp/x.db' AS x",
            "SET search_path TO public");

    @Test
    void importsTheRowsOfAStatement() {
        Dataset query = sources()
                .importQuery(
                        id(),
                        "SELECT name, id * 2 AS twice FROM customer WHERE id > 1 -- the last",
                        ImportTarget.named("query"));

        assertEquals(List.of("日本 'x'|4"), rows(query));
        assertTrue(query.origin().detail().contains("id * 2"), query.origin().toString());
        for (String sql : HOSTILE) {
            StudioException error = assertThrows(
                    StudioException.class, () -> sources().importQuery(id(), sql, ImportTarget.named("hostile")), sql);
            assertTrue(
                    error.code() == ErrorCode.SQL_REFUSED || error.code() == ErrorCode.SQL_INVALID,
                    sql + ": " + error.getMessage());
        }
        assertTrue(test.datasets().find("hostile").isEmpty());
    }

    @Test
    void cutsTheRowsOfAStatementToo() {
        Dataset query = sources()
                .importQuery(
                        id(),
                        "SELECT n, t FROM many",
                        ImportTarget.named("query-cut").atMost(10));

        assertEquals(10, query.rowCount());
        assertEquals(List.of("The source has more rows; the import took the first 10."), query.warnings());
    }

    @Test
    void saysThatATableIsNotThere() {
        for (String name : List.of("nothing", "many; DROP TABLE many", "many\" --", "sqlite_schema", "pg_class")) {
            StudioException error = assertThrows(
                    StudioException.class,
                    () -> sources().importTable(id(), TableName.of(name), ImportTarget.named("x")));

            assertEquals(ErrorCode.UNKNOWN_TABLE, error.code(), name + ": " + error.getMessage());
        }
    }

    @Test
    void isNotThereForAnotherTenant() {
        Sources others = sources().as(new Caller("other", "ann"));

        assertTrue(others.list().isEmpty());
        assertTrue(others.find(source.name()).isEmpty());
        List<Runnable> calls = List.of(
                () -> others.get(id()),
                () -> others.test(id()),
                () -> others.schema(id()),
                () -> others.delete(id()),
                () -> others.update(id(), 1, source.spec()),
                () -> others.update(id(), 1, source.spec(), PASSWORD),
                () -> others.engine(id()),
                () -> others.importQuery(id(), "SELECT 1", ImportTarget.named("x")),
                () -> others.sample(id(), TableName.of("many"), 1, Cancellation.none()),
                () -> others.importTable(id(), TableName.of("many"), ImportTarget.named("x")));
        for (Runnable call : calls) {
            StudioException error = assertThrows(StudioException.class, call::run);
            assertEquals(ErrorCode.SOURCE_NOT_FOUND, error.code());
        }
        assertEquals(source, sources().get(id()));
    }

    @Test
    void showsItsPasswordNowhere() throws IOException, SQLException {
        Source wrong = sources()
                .create(
                        source.spec().kind().isServer()
                                ? spec().toBuilder().database("nothing_there").build()
                                : spec().toBuilder().database("nothing").build(),
                        PASSWORD);
        StudioException error =
                assertThrows(StudioException.class, () -> sources().test(wrong.id()));

        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("canary"), trace.toString());
        assertFalse(wrong.toString().contains("canary"));
        assertFalse(sources().list().toString().contains("canary"));
        try (Stream<Path> files = Files.walk(test.workspace().folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("canary-4711"),
                        file.toString());
            }
        }
        sources().delete(wrong.id());
    }
}
