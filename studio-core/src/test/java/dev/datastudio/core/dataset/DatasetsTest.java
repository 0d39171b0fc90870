package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.tenant.Caller;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
    private static final String SALES = "region,sales\nnorth,1.5\nsouth,2\n";

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

    @Test
    void findsAnImportedFileAgainWithoutImportingIt() {
        Path file = studio.write("sales.csv", SALES);

        Dataset first = studio.datasets().importFile(file);
        Dataset second = studio.datasets().importFile(file);

        assertEquals(first, second);
        assertEquals(first, studio.datasets().get(first.id()));
        assertEquals(Optional.of(first), studio.datasets().find("sales.csv"));
        assertEquals("sales", first.table());
        studio.assertClean(1);
    }

    @Test
    void takesAChangedCellForAnotherDataset() throws IOException {
        Path file = studio.write("sales.csv", SALES);
        FileTime time = Files.getLastModifiedTime(file);
        Dataset first = studio.datasets().importFile(file);
        Files.writeString(file, SALES.replace("1.5", "1.6"));
        Files.setLastModifiedTime(file, time);

        Dataset second = studio.datasets().importFile(file);

        assertNotEquals(first.contentHash(), second.contentHash());
        assertEquals(List.of("1.5", "2.0"), studio.column(first, 1));
        assertEquals(List.of("1.6", "2.0"), studio.column(second, 1));
        assertEquals(Optional.of(second), studio.datasets().find("sales.csv"));
    }

    @Test
    void keepsTwoFilesOfOneNameApart() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one")).resolve("sales.csv");
        Path two = Files.createDirectory(folder.resolve("two")).resolve("sales.csv");
        Files.writeString(one, SALES);
        Files.writeString(two, "region,sales\neast,7\n");

        Dataset first = studio.datasets().importFile(one);
        Dataset second = studio.datasets().importFile(two);

        assertNotEquals(first.id(), second.id());
        assertEquals(List.of("1.5", "2.0"), studio.column(first, 1));
        assertEquals(List.of("7"), studio.column(second, 1));
        assertEquals(second, studio.datasets().importFile(two));
        assertEquals(3, studio.datasets().importFile(one).version());
    }

    @Test
    void givesDifferentNamesDifferentTables() {
        Dataset first = studio.datasets().importFile(studio.write("my sales.csv", SALES));
        Dataset second = studio.datasets().importFile(studio.write("my-sales.csv", SALES));

        assertEquals("my_sales", first.table());
        assertEquals("my_sales_2", second.table());
    }

    @Test
    void hidesADatasetFromEveryOtherCaller() {
        Dataset dataset = studio.importText(SALES);
        for (Caller stranger : List.of(new Caller("local", "other"), new Caller("other", "local"))) {
            Datasets theirs = studio.datasets().as(stranger);

            assertEquals(List.of(), theirs.list());
            assertEquals(Optional.empty(), theirs.find(dataset.name()));
            for (Runnable attempt : List.<Runnable>of(
                    () -> theirs.get(dataset.id()),
                    () -> theirs.delete(dataset.id()),
                    () -> theirs.file(dataset),
                    () -> theirs.rows(dataset))) {
                assertEquals(
                        ErrorCode.DATASET_NOT_FOUND,
                        assertThrows(StudioException.class, attempt::run).code());
            }
        }
        assertTrue(Files.exists(studio.datasets().file(dataset)));
    }

    @Test
    void deletesADatasetWithItsFiles() {
        Dataset dataset = studio.importText(SALES);
        Path file = studio.datasets().file(dataset);

        studio.datasets().delete(dataset.id());

        assertFalse(Files.exists(file.getParent()));
        studio.assertClean(0);
        assertThrows(StudioException.class, () -> studio.datasets().delete(dataset.id()));
    }

    @Test
    void importsOneFileOnceForManyThreads() throws InterruptedException, ExecutionException {
        Path file = studio.write("sales.csv", SALES.repeat(1) + "x,3\n".repeat(5_000));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Dataset> work = () -> studio.datasets().importFile(file);
            List<Future<Dataset>> results = threads.invokeAll(Collections.nCopies(8, work));

            for (Future<Dataset> result : results) {
                assertEquals(results.get(0).get(), result.get());
            }
        } finally {
            threads.shutdownNow();
        }
        studio.assertClean(1);
    }

    @Test
    void stopsWhenItIsCancelledAndLeavesNothing() {
        Path file = studio.write("sales.csv", SALES + "x,3\n".repeat(200_000));
        Cancellation cancellation = Cancellation.create();
        ImportOptions options = ImportOptions.builder()
                .cancellation(cancellation)
                .progress(report -> {
                    if (report.stage().equals("storing")) {
                        cancellation.cancel();
                    }
                })
                .build();

        StudioException error =
                assertThrows(StudioException.class, () -> studio.datasets().importFile(file, options));

        assertEquals(ErrorCode.CANCELLED, error.code());
        studio.assertClean(0);
        assertEquals(200_002, studio.datasets().importFile(file).rowCount());
    }

    @Test
    void clearsAwayWhatAKilledImportLeft() throws IOException {
        Path uploads = folder.resolve("tenants/local/local/uploads");
        Path left = Files.createDirectories(uploads.resolve(".importing-1"));
        Files.writeString(left.resolve("data.csv"), "half");
        Files.writeString(uploads.resolve(".importing-1.lock"), "");

        studio.importText(SALES);

        studio.assertClean(1);
    }

    @Test
    void reportsHowFarItHasCome() {
        List<Progress> reports = new ArrayList<>();
        Path file = studio.write("sales.csv", SALES);

        studio.datasets()
                .importFile(file, ImportOptions.builder().progress(reports::add).build());

        assertEquals(
                List.of("reading", "storing", "storing"),
                reports.stream().map(Progress::stage).toList());
        assertEquals(1.0, reports.get(2).fraction());
    }

    @Test
    void tellsWhatColumnsAreFor() {
        StringBuilder csv =
                new StringBuilder("row,OrderID,zip,year,pclass,survived,number of items,price,when,who,ok\n");
        for (int i = 1; i <= 60; i++) {
            csv.append(i)
                    .append(',')
                    .append(i * 7)
                    .append(",1")
                    .append(1000 + i % 9)
                    .append(',')
                    .append(1990 + i % 5);
            csv.append(',')
                    .append(1 + i % 3)
                    .append(',')
                    .append(i % 2)
                    .append(',')
                    .append(1 + i % 4)
                    .append(',');
            csv.append(i)
                    .append(".5,2020-01-")
                    .append(10 + i % 20)
                    .append(",p")
                    .append(i)
                    .append(",yes\n");
        }

        Dataset dataset = studio.importText(csv.toString());

        Map<String, ColumnRole> roles = new HashMap<>();
        dataset.columns().forEach(c -> roles.put(c.name(), c.role()));
        assertEquals(
                Map.ofEntries(
                        Map.entry("row", ColumnRole.ID),
                        Map.entry("OrderID", ColumnRole.ID),
                        Map.entry("zip", ColumnRole.DIMENSION),
                        Map.entry("year", ColumnRole.TIME),
                        Map.entry("pclass", ColumnRole.DIMENSION),
                        Map.entry("survived", ColumnRole.MEASURE),
                        Map.entry("number of items", ColumnRole.MEASURE),
                        Map.entry("price", ColumnRole.MEASURE),
                        Map.entry("when", ColumnRole.TIME),
                        Map.entry("who", ColumnRole.DIMENSION),
                        Map.entry("ok", ColumnRole.DIMENSION)),
                roles);
    }

    enum Size {
        SMALL,
        LARGE
    }

    record Order(
            String id,
            int units,
            double price,
            BigDecimal total,
            boolean paid,
            LocalDate day,
            Instant at,
            Size size,
            Optional<String> note) {}

    private static final List<Order> ORDERS = List.of(
            new Order(
                    "007",
                    3,
                    1.5,
                    new BigDecimal("4.5"),
                    true,
                    LocalDate.of(2020, 1, 31),
                    Instant.parse("2020-01-31T10:00:00Z"),
                    Size.SMALL,
                    Optional.of("x")),
            new Order(
                    "b",
                    -1,
                    2,
                    new BigDecimal("2"),
                    false,
                    LocalDate.of(1969, 12, 31),
                    Instant.parse("1960-01-31T10:00:00.123456Z"),
                    Size.LARGE,
                    Optional.empty()));

    @Test
    void storesRecordsAndGivesThemBack() {
        Dataset dataset = studio.datasets().importRecords("orders", ORDERS);

        assertEquals(
                List.of(
                        ColumnType.TEXT,
                        ColumnType.INTEGER,
                        ColumnType.DECIMAL,
                        ColumnType.DECIMAL,
                        ColumnType.BOOLEAN,
                        ColumnType.DATE,
                        ColumnType.TIMESTAMP,
                        ColumnType.TEXT,
                        ColumnType.TEXT),
                dataset.columns().stream().map(Column::type).toList());
        try (Stream<Order> rows = studio.datasets().rows(dataset, Order.class)) {
            List<Order> read = rows.toList();
            assertEquals(2, read.size());
            assertEquals(ORDERS.get(0), read.get(0));
            assertEquals(ORDERS.get(1).at(), read.get(1).at());
            assertEquals(Optional.empty(), read.get(1).note());
        }
        assertEquals(dataset, studio.datasets().importRecords("orders", ORDERS.stream()));
        assertNotEquals(dataset, studio.datasets().importRecords("orders", ORDERS.subList(0, 1)));
    }

    @Test
    void storesMapsWithTheNarrowestTypesThatFit() {
        Map<String, Object> second = new HashMap<>(Map.of("n", 2.5, "extra", "x"));
        second.put("s", null);

        Dataset dataset = studio.datasets().importMaps("maps", List.of(Map.of("n", 1, "s", "a"), second));

        assertEquals(ColumnType.DECIMAL, dataset.column("n").type());
        try (Stream<Map<String, Object>> rows = studio.datasets().rows(dataset)) {
            List<Map<String, Object>> read = rows.toList();
            assertEquals(1.0, read.get(0).get("n"));
            assertEquals("a", read.get(0).get("s"));
            assertEquals(null, read.get(1).get("s"));
            assertEquals("x", read.get(1).get("extra"));
            assertEquals(Set.of("n", "s", "extra"), read.get(0).keySet());
        }
    }

    @Test
    void storesTheRowsOfAQuery() throws SQLException {
        String sql = "SELECT i AS n, i / 4.0 AS q, 'x' || i AS s, DATE '2020-01-01' + i::INTEGER AS d,"
                + " TIMESTAMP '2020-01-01 10:00:00' AS t, CASE WHEN i = 1 THEN NULL ELSE i > 1 END AS b"
                + " FROM range(3) r(i)";
        Dataset dataset;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            dataset = studio.datasets().importResultSet("query", result);
        }

        assertEquals(List.of("0", "1", "2"), studio.column(dataset, 0));
        assertEquals(List.of("0.0", "0.25", "0.5"), studio.column(dataset, 1));
        assertEquals(List.of("2020-01-01", "2020-01-02", "2020-01-03"), studio.column(dataset, 3));
        assertEquals(1, dataset.column("b").nullCount());
        assertEquals(ColumnType.TIMESTAMP, dataset.column("t").type());
    }

    record Half(long sales) {}

    record Wrong(String nothing) {}

    @Test
    void refusesRecordsThatCantHoldTheRows() {
        Dataset dataset = studio.importText(SALES);

        try (Stream<Half> rows = studio.datasets().rows(dataset, Half.class)) {
            assertEquals(
                    "Column 'sales' has a value of type DECIMAL, which the long 'sales' can't hold",
                    assertThrows(StudioException.class, rows::toList).what());
        }
        assertEquals(
                ErrorCode.UNKNOWN_COLUMN,
                assertThrows(StudioException.class, () -> studio.datasets().rows(dataset, Wrong.class))
                        .code());
    }

    @Test
    void refusesAnEmptyCollection() {
        assertEquals(
                ErrorCode.FILE_HAS_NO_ROWS,
                assertThrows(StudioException.class, () -> studio.datasets().importRecords("none", List.of()))
                        .code());
        studio.assertClean(0);
    }
}
