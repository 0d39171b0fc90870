package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.testkit.OutsideData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcelTest {
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

    private static byte[] workbook(Consumer<Workbook> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "Test", "1.0")) {
            content.accept(workbook);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static void row(Worksheet sheet, int row, int firstColumn, @Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            int column = firstColumn + i;
            Object value = values[i];
            if (value instanceof Number number) {
                sheet.value(row, column, number);
            } else if (value instanceof LocalDateTime time) {
                sheet.value(row, column, time);
                sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
            } else if (value instanceof LocalDate date) {
                sheet.value(row, column, date);
                sheet.style(row, column).format("dd/mm/yyyy").set();
            } else if (value instanceof Boolean truth) {
                sheet.value(row, column, truth);
            } else if (value != null) {
                sheet.value(row, column, value.toString());
            }
        }
    }

    private Dataset load(byte[] bytes) {
        return studio.datasets().importFile(studio.write("book.xlsx", bytes));
    }

    private List<ColumnType> types(Dataset dataset) {
        return dataset.columns().stream().map(Column::type).toList();
    }

    @Test
    void readsEveryKindOfCell() {
        Dataset dataset = load(workbook(book -> {
            Worksheet sheet = book.newWorksheet("Data");
            row(sheet, 0, 0, "name", "n", "x", "price", "day", "at", "ok", "code");
            row(
                    sheet,
                    1,
                    0,
                    "Ä & <b>",
                    1,
                    0.1,
                    "$5",
                    LocalDate.of(2020, 2, 29),
                    LocalDateTime.of(2020, 1, 1, 10, 30),
                    true,
                    "007");
            row(
                    sheet,
                    2,
                    0,
                    "two\nlines",
                    -2,
                    1e-7,
                    "$6.50",
                    LocalDate.of(1900, 1, 1),
                    LocalDateTime.of(2020, 1, 2, 0, 0),
                    false,
                    "b");
            row(sheet, 3, 0, null, 123456789012L, 1e21, null, null, null, null, null);
        }));

        assertEquals(
                List.of(
                        ColumnType.TEXT,
                        ColumnType.INTEGER,
                        ColumnType.DECIMAL,
                        ColumnType.DECIMAL,
                        ColumnType.DATE,
                        ColumnType.TIMESTAMP,
                        ColumnType.BOOLEAN,
                        ColumnType.TEXT),
                types(dataset));
        assertEquals(Arrays.asList("Ä & <b>", "two\nlines", null), studio.column(dataset, 0));
        assertEquals(List.of("1", "-2", "123456789012"), studio.column(dataset, 1));
        assertEquals(List.of("0.1", "1e-07", "1e+21"), studio.column(dataset, 2));
        assertEquals(Arrays.asList("5.0", "6.5", null), studio.column(dataset, 3));
        assertEquals("$", dataset.column("price").unit());
        assertEquals(Arrays.asList("2020-02-29", "1900-01-01", null), studio.column(dataset, 4));
        assertEquals(Arrays.asList("2020-01-01 10:30:00", "2020-01-02 00:00:00", null), studio.column(dataset, 5));
        assertEquals(Arrays.asList("007", "b", null), studio.column(dataset, 7));
        assertEquals("book", dataset.table());
    }

    @Test
    void findsTheTableBelowTitlesAndBesideEmptyColumns() {
        Dataset dataset = load(workbook(book -> {
            Worksheet sheet = book.newWorksheet("Report");
            row(sheet, 0, 1, "Sales of the year");
            sheet.range(0, 1, 0, 4).merge();
            row(sheet, 1, 1, "Made on Monday");
            row(sheet, 3, 1, "region", "units", null, "price");
            row(sheet, 4, 1, "north", 1, null, 1.5);
            row(sheet, 5, 1, "south", 2, null, 2.5);
            row(sheet, 8, 1, "Source: the shop");
        }));

        assertEquals(
                List.of("region", "units", "price"),
                dataset.columns().stream().map(Column::name).toList());
        assertEquals(List.of("north", "1", "1.5", "south", "2", "2.5"), studio.query(dataset, "SELECT * FROM d.data"));
        assertEquals(
                List.of(
                        "The table begins in row 4 of sheet 'Report'; what stands above it was left out.",
                        "The text from row 9 on, below the table, was left out."),
                dataset.warnings());
    }

    @Test
    void takesTheFirstVisibleSheetWithContentOrTheOneThatIsNamed() {
        byte[] book = workbook(b -> {
            Worksheet hidden = b.newWorksheet("Hidden");
            row(hidden, 0, 0, "h");
            row(hidden, 1, 0, 1);
            hidden.setVisibilityState(VisibilityState.HIDDEN);
            b.newWorksheet("Empty");
            row(b.newWorksheet("One"), 0, 0, "a", "b");
            Worksheet two = b.newWorksheet("Two");
            row(two, 0, 0, "c");
            row(two, 1, 0, 5);
        });
        Path file = studio.write("book.xlsx", book);

        StudioException empty =
                assertThrows(StudioException.class, () -> studio.datasets().importFile(file));
        Dataset two = studio.datasets()
                .importFile(file, ImportOptions.builder().sheet("two").build());
        StudioException missing = assertThrows(
                StudioException.class,
                () -> studio.datasets()
                        .importFile(file, ImportOptions.builder().sheet("x").build()));

        assertEquals(ErrorCode.FILE_HAS_NO_ROWS, empty.code());
        assertEquals(List.of("5"), studio.column(two, 0));
        assertEquals("Use one of [Hidden, Empty, One, Two]", missing.mend());
    }

    @Test
    void readsErrorsAsMissingAndFormulasAsTheirValues() throws IOException {
        String cells = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c>"
                + "<c r=\"B1\" t=\"inlineStr\"><is><r><t>b</t></r><r><t>c</t></r></is></c></row>"
                + "<row r=\"2\"><c r=\"A2\"><f>1+1</f><v>2</v></c><c r=\"B2\" t=\"str\"><f>\"x\"</f><v>x</v></c></row>"
                + "<row r=\"3\"><c r=\"A3\" t=\"e\"><v>#N/A</v></c><c r=\"B3\" t=\"str\"><f>\"y\"</f><v>y</v></c></row>"
                + "<row r=\"4\"><c r=\"A4\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"B4\" t=\"b\"><v>1</v></c></row>";

        Dataset dataset = load(withSheet(cells, false));

        assertEquals(Arrays.asList("2", null, null), studio.column(dataset, 0));
        assertEquals(ColumnType.INTEGER, dataset.columns().get(0).type());
        assertEquals(List.of("x", "y", "TRUE"), studio.column(dataset, 1));
        assertEquals("bc", dataset.columns().get(1).name());
        assertTrue(
                dataset.warnings().contains("Column 'a' has 2 error values such as #N/A, which are read as missing."),
                dataset.warnings().toString());
    }

    @Test
    void readsDatesOfBothSystems() throws IOException {
        String cells = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>d</t></is></c></row>"
                + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>43890</v></c></row><row r=\"3\"><c r=\"A3\" s=\"1\"><v>59</v></c></row>";

        assertEquals(List.of("2020-02-29", "1900-02-28"), studio.column(load(withSheet(cells, false)), 0));
        assertEquals(List.of("2024-03-01", "1904-02-29"), studio.column(load(withSheet(cells, true)), 0));
    }

    /** A workbook whose only sheet holds what is given; style 1 is a date. */
    private static byte[] withSheet(String cells, boolean date1904) throws IOException {
        byte[] plain = workbook(book -> {
            Worksheet sheet = book.newWorksheet("Data");
            row(sheet, 0, 0, LocalDate.of(2020, 1, 1));
        });
        String ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        Map<String, byte[]> parts = parts(plain);
        parts.put(
                "xl/worksheets/sheet1.xml",
                ("<worksheet xmlns=\"" + ns + "\"><sheetData>" + cells + "</sheetData></worksheet>")
                        .getBytes(StandardCharsets.UTF_8));
        if (date1904) {
            String workbook = new String(parts.get("xl/workbook.xml"), StandardCharsets.UTF_8);
            String changed = workbook.contains("<workbookPr")
                    ? workbook.replaceFirst("<workbookPr", "<workbookPr date1904=\"1\"")
                    : workbook.replaceFirst("<sheets", "<workbookPr date1904=\"1\"/><sheets");
            parts.put(
                    "xl/workbook.xml",
                    changed.replaceFirst("date1904=\"false\"", "").getBytes(StandardCharsets.UTF_8));
        }
        return zip(parts);
    }

    private static Map<String, byte[]> parts(byte[] zip) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        Path file = Files.createTempFile("parts", ".zip");
        Files.write(file, zip);
        try (ZipFile in = new ZipFile(file.toFile())) {
            for (ZipEntry entry : in.stream().toList()) {
                parts.put(entry.getName(), in.getInputStream(entry).readAllBytes());
            }
        } finally {
            Files.delete(file);
        }
        return parts;
    }

    private static byte[] zip(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(part.getKey()));
                out.write(part.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private void refuses(ErrorCode code, String what, byte[] bytes) {
        StudioException error = assertThrows(StudioException.class, () -> load(bytes));
        assertEquals(code, error.code(), error.getMessage());
        assertTrue(error.what().contains(what), error.getMessage());
        studio.assertClean(0);
    }

    @Test
    void refusesBombsAndDamagedWorkbooks() throws IOException {
        byte[] good = withSheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", false);

        refuses(ErrorCode.FILE_MALFORMED, "damaged ZIP", Arrays.copyOf(good, good.length / 2));
        Map<String, byte[]> spaces = parts(good);
        spaces.put("xl/theme.xml", ("<a>" + "<b/>".repeat(9_000_000) + "</a>").getBytes(StandardCharsets.UTF_8));
        refuses(ErrorCode.LIMIT_EXCEEDED, "unpacks to more than", zip(spaces));
        Map<String, byte[]> text = parts(good);
        text.put("xl/worksheets/sheet1.xml", ("<a>" + "x".repeat(2_000_000) + "</a>").getBytes(StandardCharsets.UTF_8));
        refuses(ErrorCode.FILE_MALFORMED, "longer than any cell", zip(text));
        Map<String, byte[]> none = parts(good);
        none.remove("xl/workbook.xml");
        refuses(ErrorCode.FILE_MALFORMED, "without a workbook", zip(none));
        Map<String, byte[]> sheetless = parts(good);
        sheetless.remove("xl/worksheets/sheet1.xml");
        refuses(ErrorCode.FILE_MALFORMED, "can't be read", zip(sheetless));
    }

    @Test
    void refusesAnEntityThatNamesAFile() throws IOException {
        Path canary = Files.writeString(folder.resolve("canary"), "canary");
        Map<String, byte[]> parts = parts(withSheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", false));
        parts.put(
                "xl/worksheets/sheet1.xml",
                ("<!DOCTYPE x [<!ENTITY e SYSTEM \"" + canary.toUri() + "\">]><worksheet><sheetData>"
                                + "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a&e;</t></is></c></row>"
                                + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>b&e;</t></is></c></row>"
                                + "</sheetData></worksheet>")
                        .getBytes(StandardCharsets.UTF_8));

        refuses(ErrorCode.FILE_MALFORMED, "book.xlsx", zip(parts));
    }

    @Test
    void namesTheRowOfASheetThatCantBeReadAsWanted() {
        byte[] book = workbook(b -> {
            Worksheet sheet = b.newWorksheet("S");
            row(sheet, 0, 0, "A title");
            row(sheet, 2, 0, "a", "b", "c");
            row(sheet, 3, 0, 1, 2, 3);
            row(sheet, 4, 0, "x", 2, 3);
            row(sheet, 5, 0, 4, 2, 3);
        });
        ImportOptions options = ImportOptions.builder()
                .types(Map.of("a", ColumnType.INTEGER))
                .maxRejectedRows(5)
                .build();

        Dataset dataset = studio.datasets().importFile(studio.write("b.xlsx", book), options);

        assertEquals(List.of("1", "4"), studio.column(dataset, 0));
        assertEquals(
                List.of(new ImportReport.RejectedRow(5, "The value of column 'a' is not of type INTEGER.")),
                studio.datasets().report(dataset).firstRejected());
    }

    @Test
    void readsTheWorkbooksOfOtherPrograms() {
        Dataset squares = studio.datasets().importFile(OutsideData.require("data/docs/good/testEXCEL.xlsx"));
        assertEquals(
                List.of("Number", "Square"),
                squares.columns().stream().map(Column::name).toList());
        assertEquals(ColumnType.INTEGER, squares.column("Square").type());

        Dataset formats = studio.datasets().importFile(OutsideData.require("data/docs/good/testEXCEL-formats.xlsx"));
        assertTrue(formats.rowCount() > 5);
    }

    @Test
    void refusesStrictProtectedAndOldWorkbooksWithAMend() {
        Map<String, String> mends = Map.of(
                "good/testEXCEL.strict.xlsx", "Excel Workbook",
                "hostile/testEXCEL_protected_passtika.xlsx", "remove the password",
                "good/testMSG.msg", "Excel Workbook");
        for (Map.Entry<String, String> file : mends.entrySet()) {
            Path path = OutsideData.require("data/docs/" + file.getKey());
            StudioException error =
                    assertThrows(StudioException.class, () -> studio.datasets().importFile(path));

            assertEquals(ErrorCode.FILE_FORMAT_UNKNOWN, error.code(), error.getMessage());
            assertTrue(error.mend().contains(file.getValue()), error.getMessage());
        }
    }

    @Test
    void refusesEveryHostileFile() throws IOException {
        Path docs = OutsideData.require("data/docs/hostile/droste.zip").getParent();
        try (var files = Files.list(docs)) {
            for (Path file : files.filter(f -> !f.toString().matches(".*\\.(html|md|txt|csv|xml|rtf)"))
                    .toList()) {
                assertThrows(StudioException.class, () -> studio.datasets().importFile(file), file.toString());
            }
        }
        studio.assertClean(0);
    }

    @Test
    void keepsMemoryFlatOverALargeSheet() throws IOException {
        Path file = folder.resolve("large.xlsx");
        int count = 30_000;
        try (OutputStream out = Files.newOutputStream(file);
                Workbook book = new Workbook(out, "Test", "1.0")) {
            Worksheet sheet = book.newWorksheet("S");
            row(sheet, 0, 0, "id", "x", "s");
            for (int i = 1; i <= count; i++) {
                row(sheet, i, 0, i, i / 8.0, "v" + i % 100);
            }
        }

        Dataset dataset = studio.datasets().importFile(file);

        assertEquals(count, dataset.rowCount());
        assertEquals(List.of(count * (count + 1L) / 16.0 + ""), studio.query(dataset, "SELECT sum(x) FROM d.data"));
    }
}
