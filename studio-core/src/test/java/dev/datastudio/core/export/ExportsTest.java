package dev.datastudio.core.export;

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
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.core.Studio;
import dev.datastudio.core.query.EngineLease;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows A15, S8. */
class ExportsTest {
    @TempDir
    Path folder;

    private Studio studio = Studio.inMemory();
    private Exports exports = Exports.of(studio.datasets(), () -> folder);

    @BeforeEach
    void open() {
        studio.close();
        studio = Studio.inMemory();
        exports = Exports.of(studio.datasets(), () -> folder);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private record Order(
            long no,
            @Nullable String item,
            @Nullable Double price,
            @Nullable Boolean paid,
            @Nullable LocalDate day,
            @Nullable LocalDateTime at,
            @Nullable BigDecimal tax) {}

    private Dataset orders() {
        return studio.datasets()
                .importRecords(
                        "orders",
                        List.of(
                                new Order(
                                        1,
                                        "tea, \"green\"\nloose ✓ 茶 😀",
                                        4.25,
                                        true,
                                        LocalDate.of(2024, 2, 29),
                                        LocalDateTime.of(2024, 2, 29, 23, 59, 58),
                                        new BigDecimal("0.19")),
                                new Order(2, "", -1e-9, false, null, null, null),
                                new Order(-3, null, null, null, LocalDate.of(1970, 1, 1), null, new BigDecimal("-7"))));
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"CSV", "TSV", "JSON", "JSON_LINES", "PARQUET"})
    void whatIsWrittenReadsBackEqual(ExportFormat format) {
        Dataset orders = orders();
        Path file = folder.resolve("out." + format.extension());

        ExportResult result = exports.export(orders, file, ExportOptions.of(file));

        assertEquals(3, result.rows());
        assertEquals(file.toFile().length(), result.bytes());
        Dataset back = studio.datasets().importFile(file);
        assertEquals(types(orders), types(back));
        assertEquals(rows(orders), rows(back));
    }

    private static List<ColumnType> types(Dataset dataset) {
        return dataset.columns().stream().map(Column::type).toList();
    }

    /** CSV has no other way to say that an empty text is there than to quote it, and readers take both as missing. */
    private List<List<Object>> rows(Dataset dataset) {
        try (Stream<Map<String, Object>> rows = studio.datasets().rows(dataset)) {
            return rows.map(row -> row.values().stream()
                            .map(value -> "".equals(value) || value == null
                                    ? "-"
                                    : value instanceof Number number ? (Object) number.doubleValue() : value)
                            .toList())
                    .toList();
        }
    }

    @Test
    void anExcelSheetHoldsTypesNotTexts() throws IOException {
        Path file = folder.resolve("orders.xlsx");

        exports.export(orders(), file, ExportOptions.of(file));

        List<Row> rows = sheet(file);
        assertEquals("no", rows.get(0).getCellText(0));
        assertEquals(new BigDecimal("1"), rows.get(1).getCellAsNumber(0).orElseThrow());
        assertEquals("tea, \"green\"\nloose ✓ 茶 😀", rows.get(1).getCellText(1));
        assertEquals(true, rows.get(1).getCellAsBoolean(3).orElseThrow());
        assertEquals(
                LocalDateTime.of(2024, 2, 29, 0, 0),
                rows.get(1).getCellAsDate(4).orElseThrow());
        assertEquals(
                LocalDateTime.of(2024, 2, 29, 23, 59, 58),
                rows.get(1).getCellAsDate(5).orElseThrow());
        assertTrue(rows.get(3).getOptionalCell(1).isEmpty());
    }

    private static List<Row> sheet(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ReadableWorkbook workbook = new ReadableWorkbook(in)) {
            return workbook.getFirstSheet().read();
        }
    }

    @Test
    void numbersAndDatesThatExcelCannotHoldStayWholeAsText() throws IOException {
        record Odd(long id, LocalDate born) {}
        Dataset odd = studio.datasets()
                .importRecords("odd", List.of(new Odd(1234567890123456789L, LocalDate.of(1815, 12, 10))));
        Path file = folder.resolve("odd.xlsx");

        ExportResult result = exports.export(odd, file, ExportOptions.of(file));

        Row row = sheet(file).get(1);
        assertEquals("1234567890123456789", row.getCellText(0));
        assertEquals("1815-12-10", row.getCellText(1));
        assertEquals(2, result.notes().size());
    }

    @ParameterizedTest
    @EnumSource(
            value = ExportFormat.class,
            names = {"CSV", "TSV", "EXCEL"})
    void formulasAreMadeHarmlessAndNumbersStay(ExportFormat format) throws IOException {
        List<String> hostile = List.of(
                "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "=HYPERLINK(\"x\")");
        List<String> harmless = List.of("-5", "+49 30", "a=b", "'quoted'", "-1.5e3", "3%", "x\n=1");
        Path file = folder.resolve("texts." + format.extension());
        exports.export(texts(hostile, harmless), file, ExportOptions.of(file));

        List<String> written = read(file, format);

        for (String text : hostile) {
            assertTrue(written.contains("'" + text.replace("\r", written.contains("'\r=1") ? "\r" : "\n")), text);
        }
        for (String text : List.of("-5", "a=b", "'quoted'", "-1.5e3", "3%", "x\n=1")) {
            assertTrue(written.contains(text), text);
        }
    }

    @Test
    void textsAreKeptOnRequestAndInFormatsThatRunNothing() throws IOException {
        Dataset texts = texts(List.of("=1+1"), List.of());
        Path csv = folder.resolve("kept.csv");
        Path json = folder.resolve("kept.json");

        exports.export(texts, csv, ExportOptions.of(csv).keepingFormulas());
        exports.export(texts, json, ExportOptions.of(json));

        assertEquals("text\n=1+1\n", Files.readString(csv));
        assertEquals("[\n\t{\"text\":\"=1+1\"}\n]\n", Files.readString(json));
    }

    @Test
    void aHeadingIsMadeHarmlessToo() throws IOException {
        Dataset named = studio.datasets().importMaps("named", List.of(Map.of("=cmd()", 1)));
        Path csv = folder.resolve("named.csv");

        exports.export(named, csv, ExportOptions.of(csv));

        assertEquals("'=cmd()\n1\n", Files.readString(csv));
    }

    private Dataset texts(List<String> some, List<String> more) {
        List<Map<String, String>> rows = new ArrayList<>();
        some.forEach(text -> rows.add(Map.of("text", text)));
        more.forEach(text -> rows.add(Map.of("text", text)));
        return studio.datasets().importMaps("texts", rows);
    }

    private List<String> read(Path file, ExportFormat format) throws IOException {
        if (format == ExportFormat.EXCEL) {
            return sheet(file).stream().map(row -> row.getCellText(0)).toList();
        }
        String separator = format == ExportFormat.CSV ? "," : "\t";
        List<String> values = new ArrayList<>();
        for (String line : Files.readString(file).split("\n(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
            assertFalse(line.startsWith(separator), line);
            values.add(
                    line.startsWith("\"") ? line.substring(1, line.length() - 1).replace("\"\"", "\"") : line);
        }
        return values;
    }

    @Test
    void theRowsOfAQueryAreWrittenWithTheirTypes() throws IOException {
        Dataset orders = orders();
        Path file = folder.resolve("sums.parquet");
        try (EngineLease lease = studio.engine(List.of(orders))) {
            Query query = Query.of("SELECT sum(no) AS total, sum(tax) AS tax, count(*) AS n, max(day) AS last,"
                    + " sum(no) AS total FROM orders");

            ExportResult result = exports.export(lease.engine(), query, file, ExportOptions.of(file));

            assertEquals(1, result.rows());
        }
        Dataset back = studio.datasets().importFile(file);
        assertEquals(
                List.of("total", "tax", "n", "last", "total_1"),
                back.columns().stream().map(Column::name).toList());
        assertEquals(
                Map.of("last", LocalDate.of(2024, 2, 29), "n", 3L),
                studio.datasets()
                        .rows(back)
                        .findFirst()
                        .map(row -> Map.of("last", row.get("last"), "n", row.get("n")))
                        .orElseThrow());
    }

    @Test
    void aQueryOfAUserCanWriteNothingItself() {
        Dataset orders = orders();
        Path stolen = folder.resolve("stolen.csv");
        try (EngineLease lease = studio.engine(List.of(orders))) {
            Query query = Query.of("COPY orders TO '" + stolen + "'");
            Path file = folder.resolve("x.csv");

            StudioException error = assertThrows(
                    StudioException.class, () -> exports.export(lease.engine(), query, file, ExportOptions.of(file)));

            assertEquals(ErrorCode.SQL_REFUSED, error.code());
            assertFalse(Files.exists(stolen));
            assertFalse(Files.exists(file));
        }
    }

    @Test
    void anExcelSheetIsNotCutSilently() throws IOException {
        Dataset numbers = numbers(1_200_000);
        Path file = folder.resolve("long.xlsx");

        StudioException error =
                assertThrows(StudioException.class, () -> exports.export(numbers, file, ExportOptions.of(file)));

        assertEquals(ErrorCode.LIMIT_EXCEEDED, error.code());
        assertEquals("1,200,000 rows and a header are more than the 1,048,576 rows of an Excel sheet", error.what());
        assertEquals(List.of(), files());
    }

    @Test
    void aTextThatIsTooLongForACellIsNamed() throws IOException {
        Dataset texts = texts(List.of("x".repeat(32_768)), List.of());
        Path file = folder.resolve("texts.xlsx");

        StudioException error =
                assertThrows(StudioException.class, () -> exports.export(texts, file, ExportOptions.of(file)));

        assertTrue(error.what().contains("column 'text' in row 1 has 32,768 characters"), error.what());
        assertEquals(List.of(), files());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyOnRequestAndOnlyByAWholeOne() throws IOException {
        Dataset orders = orders();
        Path file = folder.resolve("orders.csv");
        Files.writeString(file, "mine");

        assertEquals(
                ErrorCode.INVALID_ARGUMENT,
                assertThrows(StudioException.class, () -> exports.export(orders, file, ExportOptions.of(file)))
                        .code());
        Cancellation cancelled = Cancellation.create();
        cancelled.cancel();
        assertThrows(
                StudioException.class,
                () -> exports.export(
                        orders, file, ExportOptions.of(file).replacing().cancelledBy(cancelled)));
        assertEquals("mine", Files.readString(file));

        exports.export(orders, file, ExportOptions.of(file).replacing());
        assertTrue(Files.readString(file).startsWith("no,item,price"));
        assertEquals(List.of(file), files());
    }

    @Test
    void aLongExportTellsItsProgressAndStopsWhenCancelled() throws IOException {
        Dataset numbers = numbers(100_000);
        Cancellation cancellation = Cancellation.create();
        List<Progress> told = new ArrayList<>();
        Path file = folder.resolve("numbers.xlsx");
        ExportOptions options = ExportOptions.of(file).cancelledBy(cancellation).telling(progress -> {
            told.add(progress);
            if (progress.done() > 10_000) {
                cancellation.cancel();
            }
        });

        StudioException error = assertThrows(StudioException.class, () -> exports.export(numbers, file, options));

        assertEquals(ErrorCode.CANCELLED, error.code());
        assertEquals(100_000, told.get(0).total());
        assertEquals(List.of(), files());
    }

    @Test
    void aWideQueryStreamsManyRows() throws IOException {
        Dataset numbers = numbers(30_000);
        Path file = folder.resolve("all.jsonl");
        QueryLimits all = new QueryLimits(QueryLimits.NO_ROW_LIMIT, Duration.ofSeconds(60));
        try (EngineLease lease = studio.engine(List.of(numbers))) {
            exports.export(
                    lease.engine(),
                    new Query("SELECT n, n * 0.5 AS half, 'x' || n AS t FROM numbers ORDER BY n", List.of(), all),
                    file,
                    ExportOptions.of(file));
        }

        List<String> lines = Files.readAllLines(file);
        assertEquals(30_000, lines.size());
        assertEquals("{\"n\":30000,\"half\":15000.0,\"t\":\"x30000\"}", lines.get(29_999));
    }

    private Dataset numbers(int count) {
        record Numbered(long n) {}
        return studio.datasets()
                .importRecords("numbers", IntStream.rangeClosed(1, count).mapToObj(Numbered::new));
    }

    @Test
    void anUnknownEndingIsRefusedWithTheKnownOnes() {
        StudioException error = assertThrows(StudioException.class, () -> ExportOptions.of(Path.of("sales.docx")));

        assertEquals(ErrorCode.FILE_FORMAT_UNKNOWN, error.code());
        assertTrue(error.mend().contains(".parquet"), error.mend());
    }

    @Test
    void mapsKeepTheirOrderInJson() throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("when", LocalDateTime.of(2024, 5, 6, 7, 8, 9));
        row.put("gone", null);
        row.put("n", 1);
        Dataset dataset = studio.datasets().importMaps("row", List.of(row, Map.of("gone", "x")));
        Path file = folder.resolve("row.jsonl");

        exports.export(dataset, file, ExportOptions.of(file));

        assertEquals(
                "{\"when\":\"2024-05-06T07:08:09\",\"gone\":null,\"n\":1}",
                Files.readAllLines(file).get(0));
    }
}
