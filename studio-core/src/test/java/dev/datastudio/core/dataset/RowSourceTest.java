package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowSourceTest {
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

    /** Rows of a list. */
    private record Listed(List<RowColumn> columns, Iterator<Object[]> rows) implements RowSource {
        @Override
        public @Nullable Object @Nullable [] next() {
            return rows.hasNext() ? rows.next() : null;
        }
    }

    private static RowSource rows(List<RowColumn> columns, Object[]... rows) {
        return new Listed(columns, Arrays.asList(rows).iterator());
    }

    private static RowSource numbers(int count) {
        return new Listed(
                List.of(RowColumn.of("n", ColumnType.INTEGER)),
                IntStream.range(0, count).mapToObj(i -> new Object[] {i}).iterator());
    }

    @Test
    void keepsExactNumbersOfAKnownSize() throws SQLException {
        Dataset dataset = studio.datasets()
                .importRows(
                        ImportTarget.named("prices"),
                        rows(
                                List.of(RowColumn.decimal("p", 20, 2).withUnit("€"), RowColumn.decimal("q", 38, 10)),
                                new Object[] {new BigDecimal("123456789012345678.91"), new BigDecimal("0.1")},
                                new Object[] {5, new BigInteger("1234567890123456789012345678")},
                                new Object[] {null, null}));

        assertEquals(
                List.of("DECIMAL(20,2)", "DECIMAL(38,10)"),
                studio.query(dataset, "SELECT data_type FROM duckdb_columns() WHERE database_name = 'd'"));
        assertEquals(Arrays.asList("123456789012345678.91", "5.00", null), studio.column(dataset, 0));
        assertEquals(
                Arrays.asList("0.1000000000", "1234567890123456789012345678.0000000000", null),
                studio.column(dataset, 1));
        assertEquals("€", dataset.column("p").unit());
    }

    @Test
    void findsTheSizeOfExactNumbers() throws SQLException {
        Dataset dataset = studio.datasets()
                .importRows(
                        ImportTarget.named("exact"),
                        rows(
                                List.of(RowColumn.exact("small"), RowColumn.exact("large"), RowColumn.exact("huge")),
                                new Object[] {
                                    new BigDecimal("-1.25"),
                                    new BigDecimal("1234567890123456789012345678.9"),
                                    new BigDecimal("1E+1000000")
                                },
                                new Object[] {Double.NaN, new BigDecimal("1E+2"), new BigDecimal("0.001")}));

        assertEquals(
                List.of("DECIMAL(18,2)", "DECIMAL(38,1)", "DOUBLE"),
                studio.query(dataset, "SELECT data_type FROM duckdb_columns() WHERE database_name = 'd'"));
        assertEquals(Arrays.asList("-1.25", null), studio.column(dataset, 0));
        assertEquals(List.of("1234567890123456789012345678.9", "100.0"), studio.column(dataset, 1));
        assertTrue(
                dataset.warnings()
                        .contains("Column 'huge' needs more than 38 digits to be exact; it is stored as 64-bit"
                                + " floating point."),
                dataset.warnings().toString());
        assertTrue(
                dataset.warnings().contains("Column 'small' has 1 value that is no finite number, read as missing."));
    }

    record Price(BigDecimal amount) {}

    @Test
    void keepsTheDecimalsOfRecordsExact() {
        Dataset dataset = studio.datasets()
                .importRecords("prices", List.of(new Price(new BigDecimal("0.10")), new Price(new BigDecimal("0.2"))));

        assertEquals(List.of("0.30"), studio.query(dataset, "SELECT sum(amount) FROM d.data"));
        try (Stream<Price> prices = studio.datasets().rows(dataset, Price.class)) {
            assertEquals(new BigDecimal("0.10"), prices.toList().get(0).amount());
        }
    }

    @Test
    void namesTheRowThatDoesNotFit() {
        RowSource source = rows(
                List.of(RowColumn.of("n", ColumnType.INTEGER)), new Object[] {1}, new Object[] {new BigDecimal("1.5")});

        StudioException error = assertThrows(
                StudioException.class, () -> studio.datasets().importRows(ImportTarget.named("n"), source));

        assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
        assertEquals(
                "Row 2 has a value of class BigDecimal in column 'n' that does not fit type INTEGER", error.what());
        studio.assertClean(0);
    }

    @Test
    void refusesMoreRowsThanAllowed() throws SQLException {
        ImportTarget target = ImportTarget.named("n").atMost(10);

        assertEquals(10, studio.datasets().importRows(target, numbers(10)).rowCount());
        assertEquals(
                ErrorCode.LIMIT_EXCEEDED,
                assertThrows(StudioException.class, () -> studio.datasets().importRows(target, numbers(11)))
                        .code());
        studio.assertClean(1);
    }

    @Test
    void reportsItsProgressAndStopsWhenCancelled() throws SQLException {
        List<Progress> reports = new ArrayList<>();
        ImportTarget target = ImportTarget.named("n").expecting(20_000).reportingTo(reports::add);
        studio.datasets().importRows(target, numbers(20_000));

        assertEquals(new Progress("storing", 20_000, 20_000, "rows"), reports.get(reports.size() - 1));
        assertTrue(reports.size() > 2, reports.toString());

        Cancellation cancellation = Cancellation.create();
        ImportTarget stopped =
                ImportTarget.named("m").stoppedBy(cancellation).reportingTo(report -> cancellation.cancel());
        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(StudioException.class, () -> studio.datasets().importRows(stopped, numbers(20_000)))
                        .code());
        studio.assertClean(1);
    }

    @Test
    void throwsWhatTheSourceThrew() {
        SQLException failure = new SQLException("connection lost");
        RowSource source = new RowSource() {
            @Override
            public List<RowColumn> columns() {
                return List.of(RowColumn.of("n", ColumnType.INTEGER));
            }

            @Override
            public Object[] next() throws SQLException {
                throw failure;
            }
        };

        assertEquals(
                failure,
                assertThrows(SQLException.class, () -> studio.datasets().importRows(ImportTarget.named("n"), source)));
        studio.assertClean(0);
    }

    @Test
    void readsEveryTypeOfAResult() throws SQLException {
        String sql = "SELECT 1::DECIMAL(9,2) AS money, 12345678901234567890::UBIGINT AS big, 1::DECIMAL(30,0) AS whole,"
                + " TIMESTAMPTZ '2020-01-01 10:00:00+02' AS zoned, TIME '10:20:30' AS t, 'x'::VARCHAR AS s,"
                + " NULL::INTEGER AS missing";
        Dataset dataset;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            dataset = studio.datasets().importResultSet(ImportTarget.named("q"), result);
        }

        assertEquals(
                Arrays.asList("1.00", "12345678901234567890", "1", "2020-01-01 08:00:00.0", "10:20:30", "x", null),
                studio.query(dataset, "SELECT * FROM d.data"));
    }

    @Test
    void storesWhatAQueryMakesOfAVersion() {
        Dataset sales = studio.datasets()
                .importFile(studio.write("sales.csv", "region,sales\nnorth,$1.50\nsouth,$2\nsouth,$3\n"));
        ImportTarget target = ImportTarget.named("sales.csv").from(Origin.of(Origin.CLEANED, "{\"steps\":[]}"));

        Dataset made =
                studio.datasets().importQuery(target, sales, "SELECT * FROM source WHERE region = ?", List.of("south"));
        Dataset again =
                studio.datasets().importQuery(target, sales, "SELECT * FROM source WHERE region = ?", List.of("south"));

        assertEquals(2, made.version());
        assertEquals(made, again);
        assertEquals("$", made.column("sales").unit());
        assertEquals(Origin.of(Origin.CLEANED, "{\"steps\":[]}"), made.origin());
        assertEquals(List.of("2.0", "3.0"), studio.column(made, 1));
        assertEquals(3, studio.datasets().get(sales.id()).rowCount());
    }

    @Test
    void bringsTheResultOfAQueryIntoTheTypesOfAFile() {
        Dataset sales = studio.importText("region,n\nnorth,1\nsouth,2\n");

        Dataset made = studio.datasets()
                .importQuery(
                        ImportTarget.named("sums"),
                        sales,
                        "SELECT sum(n) AS total, list(n) AS all_n, 'NaN'::DOUBLE AS nan FROM source",
                        List.of());

        assertEquals(ColumnType.DECIMAL, made.column("total").type());
        assertEquals(ColumnType.OTHER, made.column("all_n").type());
        assertEquals(1, made.column("nan").nullCount());
        assertEquals(Arrays.asList("3", "[1,2]", null), studio.query(made, "SELECT * FROM d.data"));
    }

    @Test
    void refusesAQueryThatFailsOrGivesNothing() {
        Dataset sales = studio.importText("n\n1\n");

        for (Map.Entry<String, ErrorCode> bad : Map.of(
                        "SELECT nothing FROM source", ErrorCode.SQL_INVALID,
                        "SELECT * FROM source WHERE n > 5", ErrorCode.FILE_HAS_NO_ROWS)
                .entrySet()) {
            assertEquals(
                    bad.getValue(),
                    assertThrows(
                                    StudioException.class,
                                    () -> studio.datasets()
                                            .importQuery(
                                                    ImportTarget.named("x"),
                                                    sales,
                                                    bad.getKey(),
                                                    Collections.emptyList()))
                            .code());
        }
        studio.assertClean(1);
    }

    @Test
    void storesInstantsAsUtc() {
        record At(Instant at) {}
        Dataset dataset =
                studio.datasets().importRecords("at", List.of(new At(Instant.parse("2020-01-31T10:00:00.123456789Z"))));

        assertEquals(List.of("2020-01-31 10:00:00.123456"), studio.column(dataset, 0));
    }
}
