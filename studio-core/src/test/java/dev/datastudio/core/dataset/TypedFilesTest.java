package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportReport.RejectedRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TSV, JSON and Parquet. Row A15, D6. */
class TypedFilesTest {
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

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<ColumnType> types(Dataset dataset) {
        return dataset.columns().stream().map(Column::type).toList();
    }

    private Dataset json(String text) {
        return studio.datasets().importFile(studio.write("data.json", text));
    }

    @Test
    void readsTabSeparatedTextPlainAndCompressed() throws IOException {
        String tsv = "name\tprice\tday\nDesk, large\t$1,200.50\t31.12.2020\n\"a\tb\"\t$3\t01.01.2021\n";
        Dataset plain = studio.datasets().importFile(studio.write("sales.tsv", tsv));
        Dataset packed = studio.datasets().importFile(studio.write("sales.tsv.gz", gzip(tsv)));

        for (Dataset dataset : List.of(plain, packed)) {
            assertEquals(List.of(ColumnType.TEXT, ColumnType.DECIMAL, ColumnType.DATE), types(dataset));
            assertEquals(List.of("Desk, large", "a\tb"), studio.column(dataset, 0));
            assertEquals(List.of("1200.5", "3.0"), studio.column(dataset, 1));
            assertEquals("$", dataset.column("price").unit());
            assertEquals(List.of("2020-12-31", "2021-01-01"), studio.column(dataset, 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"array", "lines", "gz", "pretty"})
    void readsJsonInEveryLayoutAlike(String layout) throws IOException {
        String first = "{\"n\": 1, \"x\": 0.5, \"ok\": true, \"s\": \"tea ✓\", \"more\": {\"a\": [1, null]}}";
        String second = "{\"n\": -3, \"x\": 2, \"ok\": null, \"s\": null, \"late\": \"7\"}";
        Path file = switch (layout) {
            case "array" -> studio.write("data.json", "[" + first + ",\n" + second + "]");
            case "lines" -> studio.write("data.jsonl", first + "\n\n" + second);
            case "gz" -> studio.write("data.jsonl.gz", gzip(first + "\r\n" + second + "\r\n"));
            default -> studio.write("data.json", "\uFEFF" + first.replace(", ", ",\n ") + "\n" + second);
        };

        Dataset dataset = studio.datasets().importFile(file);

        assertEquals(
                List.of("n", "x", "ok", "s", "more", "late"),
                dataset.columns().stream().map(Column::name).toList());
        assertEquals(
                List.of(
                        ColumnType.INTEGER,
                        ColumnType.DECIMAL,
                        ColumnType.BOOLEAN,
                        ColumnType.TEXT,
                        ColumnType.OTHER,
                        ColumnType.TEXT),
                types(dataset));
        assertEquals(
                Arrays.asList("1", "-3", "0.5", "2.0", "true", null, "tea ✓", null),
                studio.query(
                        dataset,
                        "SELECT unnest([n::VARCHAR FOR n IN list(n)] || [x::VARCHAR FOR x IN list(x)]"
                                + " || [ok::VARCHAR FOR ok IN list(ok)] || list(s)) FROM d.data"));
        assertEquals("{\"a\":[1,null]}", studio.column(dataset, 4).get(0).replaceAll("\\s", ""));
        assertEquals(Arrays.asList(null, "7"), studio.column(dataset, 5));
        assertEquals(
                List.of(
                        "Column 'more' holds lists or structures; it is kept as JSON text.",
                        "Column 'late' holds whole numbers written as texts, as codes are, and is kept as text; import"
                                + " it with the type INTEGER to compute with them."),
                dataset.warnings());
    }

    @Test
    void recognisesTheTextsOfJsonAsThoseOfCsv() {
        Dataset dataset = json("""
                [{"price": "$5", "share": "12 %", "day": "31/12/2020", "at": "2020-01-31T10:00:00Z", "paid": "yes",
                  "tax": "0.19", "time": "10:20", "zip": "01234", "mixed": 1, "note": "n/a"},
                 {"price": "$1,250.50", "share": "7.5 %", "day": "01/02/2020", "at": "2020-06-30T10:00:00+02:00",
                  "paid": "no", "tax": "n/a", "time": "23:59:59", "zip": "99999", "mixed": "2", "note": "words"}]
                """);

        assertEquals(
                List.of(
                        ColumnType.DECIMAL,
                        ColumnType.DECIMAL,
                        ColumnType.DATE,
                        ColumnType.TIMESTAMP,
                        ColumnType.BOOLEAN,
                        ColumnType.DECIMAL,
                        ColumnType.TIME,
                        ColumnType.TEXT,
                        ColumnType.TEXT,
                        ColumnType.TEXT),
                types(dataset));
        assertEquals("$", dataset.column("price").unit());
        assertEquals(Column.PERCENT, dataset.column("share").unit());
        assertEquals(
                Arrays.asList(
                        "5.0",
                        "12.0",
                        "2020-12-31",
                        "2020-01-31 10:00:00",
                        "true",
                        "0.19",
                        "10:20:00",
                        "1250.5",
                        "7.5",
                        "2020-02-01",
                        "2020-06-30 08:00:00",
                        "false",
                        null,
                        "23:59:59"),
                studio.query(dataset, "SELECT COLUMNS('price|share|day|^at|paid|tax|time')::VARCHAR FROM d.data"));
        assertTrue(
                dataset.warnings().contains("Column 'day' is read as dates with the day first."),
                dataset.warnings().toString());
        assertTrue(dataset.warnings().contains("Column 'tax' has 1 value such as 'n/a', which is read as missing."));
    }

    @Test
    void keepsWholeNumbersOfJsonExact() {
        Dataset dataset = json("""
                {"small": 1, "large": 18446744073709551615, "huge": 123456789012345678901234567890, "odd": NaN}
                {"small": -9223372036854775808, "large": -1, "huge": null, "odd": 1e400}
                {"small": 9223372036854775807, "large": 0, "huge": -5, "odd": 1.5}
                """);

        assertEquals(
                List.of(ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.DECIMAL, ColumnType.DECIMAL),
                types(dataset));
        assertEquals(List.of("1", "-9223372036854775808", "9223372036854775807"), studio.column(dataset, 0));
        assertEquals(List.of("18446744073709551615", "-1", "0"), studio.column(dataset, 1));
        assertEquals(Arrays.asList("123456789012345678901234567890", null, "-5"), studio.column(dataset, 2));
        assertEquals(Arrays.asList(null, null, "1.5"), studio.column(dataset, 3));
        assertEquals(
                List.of("Column 'odd' has 2 values that are no finite number, read as missing."), dataset.warnings());
    }

    @Test
    void keepsNamesThatDifferInLetterCaseAndThoseWithQuotes() {
        Dataset dataset = json("[{\"a\":1,\"A\":2,\"it's \\\"so\\\"\":3}]");

        assertEquals(
                List.of("a", "A_1", "it's \"so\""),
                dataset.columns().stream().map(Column::name).toList());
        assertEquals(List.of("1", "2", "3"), studio.query(dataset, "SELECT * FROM d.data"));
    }

    @Test
    void givesColumnsOfJsonTheTypesThatAreAskedFor() {
        Path file = studio.write("a.json", "[{\"zip\":1234,\"n\":\"007\"},{\"zip\":99,\"n\":\"8\"}]");
        ImportOptions options = ImportOptions.builder()
                .types(Map.of("zip", ColumnType.TEXT, "N", ColumnType.INTEGER))
                .build();

        Dataset dataset = studio.datasets().importFile(file, options);

        assertEquals(List.of(ColumnType.TEXT, ColumnType.INTEGER), types(dataset));
        assertEquals(List.of("7", "8"), studio.column(dataset, 1));
        StudioException unknown = assertThrows(
                StudioException.class,
                () -> studio.datasets()
                        .importFile(
                                file,
                                ImportOptions.builder()
                                        .types(Map.of("nothing", ColumnType.TEXT))
                                        .build()));
        assertEquals(ErrorCode.UNKNOWN_COLUMN, unknown.code());
    }

    private static final String BAD_LINES = """
            {"n": 1, "d": "2020-01-01"}
            {"n": 2, "d":

            [3]
            {"n": 4, "d": "never"}
            {"n": 5, "d": "2020-01-05"} {"n": 6}
            {"n": 7, "d": null}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"bad.jsonl", "bad.jsonl.gz"})
    void leavesBadLinesOutAndReportsEach(String name) throws IOException {
        Path file = name.endsWith(".gz") ? studio.write(name, gzip(BAD_LINES)) : studio.write(name, BAD_LINES);
        ImportOptions options = ImportOptions.builder()
                .types(Map.of("d", ColumnType.DATE))
                .maxRejectedRows(4)
                .build();

        Dataset dataset = studio.datasets().importFile(file, options);

        assertEquals(List.of("1", "7"), studio.column(dataset, 0));
        assertEquals(ColumnType.DATE, dataset.column("d").type());
        List<RejectedRow> rejected = studio.datasets().report(dataset).firstRejected();
        assertEquals(
                List.of(2L, 4L, 5L, 6L),
                rejected.stream().map(RejectedRow::line).toList());
        assertTrue(rejected.get(0).reason().startsWith("The line is no valid JSON: "), rejected.toString());
        assertEquals(
                List.of(
                        "The line holds no JSON object.",
                        "The value of column 'd' is not of type DATE.",
                        "The line holds more than one JSON value."),
                rejected.subList(1, 4).stream().map(RejectedRow::reason).toList());
        List<String> kept =
                Files.readAllLines(studio.datasets().rejectedFile(dataset).orElseThrow());
        assertEquals("4,\"The line holds no JSON object.\",\"[3]\"", kept.get(2));
    }

    @Test
    void leavesBadLinesOutOfFilesWithoutWantedTypes() {
        Path file = studio.write("bad.json", "{\"n\":1}\n{\"n\":\n{\"n\":3}\n");

        Dataset dataset = studio.datasets()
                .importFile(file, ImportOptions.builder().maxRejectedRows(1).build());

        assertEquals(List.of("1", "3"), studio.column(dataset, 0));
        assertEquals(1, studio.datasets().report(dataset).rejectedRows());
        assertTrue(
                dataset.warnings()
                        .contains("1 row was left out because it can't be read, the first in line 2; see the report of"
                                + " the import."),
                dataset.warnings().toString());
    }

    @Test
    void refusesBadLinesUnlessTheyAreAllowed() {
        Path cut = studio.write("cut.jsonl", "{\"n\":1}\n{\"n\":\n{\"n\":3}\n");
        Path mixed = studio.write("mixed.jsonl", "{\"n\":1}\n[2]\n");
        Path notLines = studio.write("array.json", "[{\"n\":1},{\"n\":");

        StudioException first =
                assertThrows(StudioException.class, () -> studio.datasets().importFile(cut));
        StudioException second =
                assertThrows(StudioException.class, () -> studio.datasets().importFile(mixed));
        StudioException third = assertThrows(
                StudioException.class,
                () -> studio.datasets()
                        .importFile(
                                notLines,
                                ImportOptions.builder().maxRejectedRows(9).build()));
        StudioException many = assertThrows(
                StudioException.class,
                () -> studio.datasets()
                        .importFile(
                                studio.write("bad.jsonl", BAD_LINES),
                                ImportOptions.builder().maxRejectedRows(1).build()));

        assertEquals(ErrorCode.FILE_MALFORMED, first.code());
        assertTrue(first.what().contains("line 3"), first.what());
        assertEquals("The file 'mixed.jsonl' can't be read: it holds values beside its objects", second.what());
        assertEquals(ErrorCode.FILE_MALFORMED, third.code());
        assertTrue(many.what().startsWith("The file 'bad.jsonl' has more than the 1 rows"), many.what());
        studio.assertClean(0);
    }

    @Test
    void readsJsonLinesWhoseFirstLineIsBadByTheirName() {
        Path file = studio.write("log.ndjson", "started\n{\"n\":1}\n");

        Dataset dataset = studio.datasets()
                .importFile(file, ImportOptions.builder().maxRejectedRows(1).build());

        assertEquals(List.of("n"), dataset.columns().stream().map(Column::name).toList());
        assertEquals(1, studio.datasets().report(dataset).firstRejected().get(0).line());
    }

    @Test
    void readsJsonInUtf16AndLatin1() {
        String text = "[{\"town\":\"Köln\"}]";
        Dataset utf16 = studio.datasets()
                .importFile(studio.write("utf16.json", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE)));
        Dataset latin1 =
                studio.datasets().importFile(studio.write("latin1.json", text.getBytes(StandardCharsets.ISO_8859_1)));

        assertEquals(List.of("Köln"), studio.column(utf16, 0));
        assertEquals(List.of("Köln"), studio.column(latin1, 0));
        assertEquals(List.of("The file is written in UTF-16."), utf16.warnings());
    }

    @Test
    void decidesByAllRowsOfALargeFile() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            lines.append("{\"price\":\"$").append(i).append("\",\"day\":\"2020-01-31\",\"code\":\"a\"}\n");
        }
        lines.append("{\"price\":\"free\",\"day\":\"2020-02-01\",\"code\":\"b\"}\n");

        Dataset dataset = studio.datasets().importFile(studio.write("large.jsonl", lines.toString()));

        assertEquals(List.of(ColumnType.TEXT, ColumnType.DATE, ColumnType.TEXT), types(dataset));
        assertEquals(
                List.of("Column 'price' is kept as text because 1 of its 30001 values is no number: 'free' in row"
                        + " 30001."),
                dataset.warnings());
    }

    @Test
    void readsEveryTypeOfParquet() throws SQLException {
        Path file = folder.resolve("types.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'Asia/Tokyo'");
            statement.execute("COPY (SELECT true AS b, -5::TINYINT AS i8, 70000::INTEGER AS i32, 255::UTINYINT AS u8,"
                    + " (-9223372036854775808)::BIGINT AS i64, 18446744073709551615::UBIGINT AS u64,"
                    + " 123456789.12::DECIMAL(18,2) AS money, 1.5::FLOAT AS f, 'NaN'::DOUBLE AS nan,"
                    + " DATE '1969-12-31' AS day, TIME '10:20:30.5' AS clock,"
                    + " TIMESTAMP '2020-01-31 10:00:00.123456' AS at, TIMESTAMP_NS '2020-01-31 10:00:00.5' AS nanos,"
                    + " TIMESTAMPTZ '2020-01-31 10:00:00+02' AS zoned, 'tea ✓' AS s,"
                    + " '7d3c2a10-1111-4222-8333-444455556666'::UUID AS id, '\\xC3\\xA9\\x00'::BLOB AS raw,"
                    + " [1, NULL] AS list, {'k': 'v', 'n': [1]} AS struct, MAP {'a': 1} AS map,"
                    + " 'x'::ENUM ('x', 'y') AS kind, INTERVAL 3 DAY AS span, '$5' AS price, '2020-02-29' AS texts,"
                    + " NULL::INTEGER AS nothing)"
                    + " TO '" + file + "' (FORMAT parquet)");
        }

        Dataset dataset = studio.datasets().importFile(file);

        assertEquals(
                List.of(
                        "b BOOLEAN true",
                        "i8 INTEGER -5",
                        "i32 INTEGER 70000",
                        "u8 INTEGER 255",
                        "i64 INTEGER -9223372036854775808",
                        "u64 DECIMAL 18446744073709551615",
                        "money DECIMAL 123456789.12",
                        "f DECIMAL 1.5",
                        "nan DECIMAL null",
                        "day DATE 1969-12-31",
                        "clock TIME 10:20:30.5",
                        "at TIMESTAMP 2020-01-31 10:00:00.123456",
                        "nanos TIMESTAMP 2020-01-31 10:00:00.5",
                        "zoned TIMESTAMP 2020-01-31 08:00:00",
                        "s TEXT tea ✓",
                        "id TEXT 7d3c2a10-1111-4222-8333-444455556666",
                        "raw OTHER \\xC3\\xA9\\x00",
                        "list OTHER [1,null]",
                        "struct OTHER {\"k\":\"v\",\"n\":[1]}",
                        "map OTHER {\"a\":1}",
                        "kind TEXT x",
                        "span OTHER 3 days",
                        "price DECIMAL 5.0",
                        "texts DATE 2020-02-29",
                        "nothing INTEGER null"),
                dataset.columns().stream()
                        .map(c -> c.name() + " " + c.type() + " "
                                + studio.column(dataset, dataset.columns().indexOf(c))
                                        .get(0))
                        .toList());
        assertEquals("$", dataset.column("price").unit());
        assertTrue(
                dataset.warnings()
                        .containsAll(List.of(
                                "Column 'raw' is of type BLOB; it is kept as text.",
                                "Column 'zoned' has times with a zone; they are stored as UTC.",
                                "Column 'nan' has 1 value that is no finite number, read as missing.",
                                "Column 'map' holds lists or structures; it is kept as JSON text.")),
                dataset.warnings().toString());
    }
}
