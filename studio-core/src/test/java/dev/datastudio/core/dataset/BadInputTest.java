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
import dev.datastudio.api.tenant.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a file is said in one line or as a warning, and nothing half-made stays. */
class BadInputTest {
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

    private StudioException refusal(Path file) {
        StudioException error =
                assertThrows(StudioException.class, () -> studio.datasets().importFile(file));
        assertFalse(String.valueOf(error.getMessage()).contains("\n"), error.toString());
        studio.assertClean(0);
        return error;
    }

    private void assertRefused(ErrorCode code, String what, Path file) {
        StudioException error = refusal(file);
        assertEquals(code, error.code(), error.toString());
        assertEquals(what, error.what());
    }

    private void assertRefused(ErrorCode code, String what, String text) {
        assertRefused(code, what, studio.write("data.csv", text));
    }

    @Nested
    class Refuses {
        @Test
        void aMissingFile() {
            Path file = folder.resolve("no.csv");

            assertRefused(ErrorCode.FILE_NOT_FOUND, "The file '" + file + "' is not there", file);
        }

        @Test
        void aFolder() {
            assertRefused(ErrorCode.FILE_NOT_READABLE, "The path '" + folder + "' is a folder", folder);
        }

        @Test
        void anEmptyFile() {
            assertRefused(ErrorCode.FILE_EMPTY, "The file 'data.csv' is empty", "");
        }

        @Test
        void blankLinesOnly() {
            assertRefused(ErrorCode.FILE_EMPTY, "The file 'data.csv' holds nothing but blank lines", "\n\r\n\n");
        }

        @Test
        void aHeaderWithoutRows() {
            assertRefused(ErrorCode.FILE_HAS_NO_ROWS, "The file 'data.csv' has a header and no rows", "a,b,c\n");
        }

        @Test
        void aRowWithFieldsTooMany() {
            assertRefused(
                    ErrorCode.FILE_MALFORMED,
                    "Line 3 of 'data.csv' has 4 fields, the first line has 3",
                    "a,b,c\n1,2,3\n1,2,3,4\n1,2,3\n");
        }

        @Test
        void aQuoteThatIsNeverClosed() {
            assertRefused(
                    ErrorCode.FILE_MALFORMED,
                    "A quote that opens in line 3 of 'data.csv' is never closed",
                    "a,b\n1,x\n2,\"y\n3,z\n");
        }

        @Test
        void linesBeforeTheTable() {
            assertRefused(
                    ErrorCode.FILE_MALFORMED,
                    "The file 'data.csv' begins with something else than its table: lines 1 to 2 have fewer fields"
                            + " than the 3 from line 3 on",
                    "Report of sales\nmade today\na,b,c\n1,2,3\n4,5,6\n7,8,9\n");
        }

        @Test
        void aLineAfterTheTable() {
            assertRefused(
                    ErrorCode.FILE_MALFORMED,
                    "Line 4 of 'data.csv' comes after the table: it has 1 field, the first line has 3",
                    "a,b,c\n1,2,3\n4,5,6\nTotal of all\n");
        }

        @Test
        void aPictureUnderTheNameOfATable() {
            byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0};

            assertRefused(
                    ErrorCode.FILE_IS_BINARY, "The file 'data.csv' is a PNG picture", studio.write("data.csv", png));
        }

        @Test
        void zeroBytes() {
            assertRefused(
                    ErrorCode.FILE_IS_BINARY, "The file 'data.csv' is binary: it has zero bytes", "a,b\n1,x\0y\n");
        }

        @Test
        void aDamagedWorkbook() {
            Path file = studio.write("sales.xlsx", "PK\u0003\u0004..[Content_Types].xml..xl/workbook.xml");

            StudioException error = refusal(file);

            assertEquals(ErrorCode.FILE_MALFORMED, error.code());
            assertEquals("Save it again in Excel, or save the sheet as CSV and import that", error.mend());
        }

        @Test
        void brokenJson() {
            Path file = studio.write("a.json", "[{\"a\":1},{\"a\":");

            StudioException error = refusal(file);

            assertEquals(ErrorCode.FILE_MALFORMED, error.code());
            assertTrue(error.what().startsWith("The file 'a.json' can't be read: Malformed JSON"), error.what());
        }

        @Test
        void brokenGzip() {
            Path file = studio.write("a.csv.gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3});

            assertRefused(ErrorCode.FILE_MALFORMED, "The file 'a.csv.gz' is a damaged gzip file", file);
        }

        @Test
        void brokenParquet() {
            Path file = studio.write("a.parquet", "PAR1 and nothing else");

            assertEquals(ErrorCode.FILE_MALFORMED, refusal(file).code());
        }

        @ParameterizedTest
        @ValueSource(strings = {"../x", "a/b", "a\\b", " ", "a\nb"})
        void aNameThatCouldBeAPath(String name) {
            Path file = studio.write("data.csv", "a,b\n1,2\n");
            ImportOptions options = ImportOptions.builder().name(name).build();

            StudioException error =
                    assertThrows(StudioException.class, () -> studio.datasets().importFile(file, options));

            assertEquals(ErrorCode.INVALID_NAME, error.code());
        }

        @Test
        void aTypeThatTheValuesDontHave() {
            Path file = studio.write("data.csv", "a,b\n1,x\n2,7\n");
            ImportOptions options = ImportOptions.builder()
                    .types(Map.of("b", ColumnType.INTEGER))
                    .build();

            StudioException error =
                    assertThrows(StudioException.class, () -> studio.datasets().importFile(file, options));

            assertEquals("Column 'b' has values that are not of type INTEGER: 'x' in line 2", error.what());
            studio.assertClean(0);
        }
    }

    @Nested
    class Mends {
        @Test
        void duplicateAndEmptyColumnNames() {
            Dataset dataset = studio.importText("a,A,,a_2,\n1,2,3,4,5\n6,7,8,9,0\n");

            assertEquals(
                    List.of("a", "A_3", "column_3", "a_2", "column_5"),
                    dataset.columns().stream().map(Column::name).toList());
            assertEquals(3, dataset.warnings().size(), dataset.warnings().toString());
            assertEquals(
                    "The header names more than one column 'A'; column 2 is called 'A_3'.",
                    dataset.warnings().get(0));
        }

        @Test
        void shortRows() {
            Dataset dataset = studio.importText("a,b,c\n1,2,3\n4,5\n6\n7,8,9\n");

            assertEquals(List.of("3", "null", "null", "9"), text(dataset, 2));
            assertEquals(
                    "Lines 3, 4 have fewer fields than the first line; what is missing was filled with missing values"
                            + " (2 rows).",
                    dataset.warnings().get(0));
        }

        @Test
        void emptyFieldsTooMany() {
            Dataset dataset = studio.importText("a,b\n1,2,,\n4,5\n");

            assertEquals(List.of("2", "5"), text(dataset, 1));
            assertEquals(
                    "Line 2 has empty fields too many; they were dropped (1 row).",
                    dataset.warnings().get(0));
        }

        @Test
        void aFileWithoutAHeader() {
            Dataset dataset = studio.importText("1,2.5\n3,4.5\n");

            assertEquals(2, dataset.rowCount());
            assertEquals("column_1", dataset.columns().get(0).name());
            assertEquals(
                    List.of("The file has no header; its columns are called column_1 to column_2."),
                    dataset.warnings());
        }

        @Test
        void yearsInTheHeader() {
            Dataset dataset = studio.importText("country,2019,2020\nA,1.5,2\nB,3,4\n");

            assertEquals("2019", dataset.columns().get(1).name());
        }

        @ParameterizedTest
        @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-16LE", "UTF-16BE"})
        void otherEncodings(String charset) {
            boolean wide = charset.startsWith("UTF-16");
            String text = (wide ? "\uFEFF" : "") + "stadt,größe\nKöln,5\nÉvry,7\n";

            Dataset dataset =
                    studio.datasets().importFile(studio.write("a.csv", text.getBytes(Charset.forName(charset))));

            assertEquals(List.of("Köln", "Évry"), text(dataset, 0));
            assertEquals("größe", dataset.columns().get(1).name());
            assertTrue(dataset.warnings().get(0).contains(wide ? "UTF-16" : "Windows-1252"));
        }

        @Test
        void aByteOrderMark() {
            Dataset dataset = studio.importText("\uFEFFa,b\n1,2\n");

            assertEquals("a", dataset.columns().get(0).name());
        }

        @Test
        void quotedLineEndsDelimitersAndQuotes() {
            Dataset dataset = studio.importText("a,b\n1,\"x\ny, \"\"z\"\"\"\n2,\"\"\n");

            assertEquals(List.of("x\ny, \"z\"", "null"), text(dataset, 1));
        }

        @Test
        void mixedLineEnds() {
            Dataset dataset = studio.importText("a,b\r\n1,x\n2,y\r3,z\r\n\r\n4,w");

            assertEquals(List.of("1", "2", "3", "4"), text(dataset, 0));
        }

        @ParameterizedTest
        @ValueSource(strings = {",", ";", "\t", "|"})
        void otherDelimiters(String delimiter) {
            Dataset dataset = studio.importText("a,b,c\n1,x y,2\n3,z,4\n".replace(",", delimiter));

            assertEquals(List.of("x y", "z"), text(dataset, 1));
        }

        @Test
        void twoThousandColumns() {
            StringBuilder csv = new StringBuilder();
            for (int row = 0; row < 4; row++) {
                for (int i = 0; i < 2000; i++) {
                    csv.append(i == 0 ? "" : ",").append(row == 0 ? "c" + i : String.valueOf(row * i));
                }
                csv.append('\n');
            }

            Dataset dataset = studio.importText(csv.toString());

            assertEquals(2000, dataset.columns().size());
            assertEquals(List.of("1999", "3998", "5997"), text(dataset, 1999));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a;b.csv", "a'b.csv", "日本.csv", "a[b]*.csv", "a b.csv", "-x.csv", "$(x).csv"})
        void oddFileNames(String name) {
            Dataset dataset = studio.datasets().importFile(studio.write(name, "a,b\n1,2\n"));

            assertEquals(name, dataset.name());
            assertTrue(dataset.table().matches("[a-z][a-z0-9_]*"), dataset.table());
            assertEquals(List.of("1"), text(dataset, 0));
        }

        @Test
        void compressedText() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
                out.write("a,b\n1,x\n".getBytes(StandardCharsets.UTF_8));
            }

            Dataset dataset = studio.datasets().importFile(studio.write("a.csv.gz", bytes.toByteArray()));

            assertEquals(List.of("x"), text(dataset, 1));
            assertEquals("a", dataset.table());
        }

        @Test
        void oneColumnWithBlankLines() {
            Dataset dataset = studio.importText("a\n1\n\n3\n");

            assertEquals(List.of("1", "3"), text(dataset, 0));
        }
    }

    @Test
    void readsJsonArraysAndLines() {
        Dataset array = studio.datasets()
                .importFile(studio.write(
                        "a.json", "[{\"n\":1,\"d\":\"2020-01-31\",\"x\":{\"y\":1}},{\"n\":2.5,\"d\":null}]"));
        Dataset lines = studio.datasets().importFile(studio.write("b.jsonl", "{\"n\":1}\n{\"n\":2}\n"));

        assertEquals(
                List.of(ColumnType.DECIMAL, ColumnType.DATE, ColumnType.OTHER),
                array.columns().stream().map(Column::type).toList());
        assertEquals(List.of("{\"y\":1}", "null"), text(array, 2));
        assertEquals(List.of("Column 'x' holds lists or structures; it is kept as JSON text."), array.warnings());
        assertEquals(List.of("1", "2"), text(lines, 0));
    }

    @Test
    void readsParquet() {
        Dataset csv = studio.importText("n,d,s\n1,2020-01-31,x\n,2020-02-01,y\n");
        Path parquet = folder.resolve("p.parquet");
        studio.copy(csv, parquet);

        Dataset dataset = studio.datasets().importFile(parquet);

        assertEquals(
                csv.columns().stream().map(Column::type).toList(),
                dataset.columns().stream().map(Column::type).toList());
        assertEquals(List.of("1", "null"), text(dataset, 0));
    }

    @Test
    void leavesNothingAndChangesNothingWhenTheWorkspaceIsReadOnly() throws IOException {
        Dataset before = studio.importText("a,b\n1,2\n");
        Path blocked = folder.resolve("tenants/local/other");
        Files.createDirectories(blocked.getParent());
        Files.writeString(blocked, "a file where a folder has to be");
        Datasets other = studio.datasets().as(new Caller("local", "other"));
        Path file = studio.write("b.csv", "a,b\n1,2\n");

        StudioException error = assertThrows(StudioException.class, () -> other.importFile(file));

        assertTrue(error.code().name().startsWith("STORAGE_"), error.toString());
        assertEquals(List.of(before), studio.datasets().list());
    }

    private List<String> text(Dataset dataset, int column) {
        return studio.column(dataset, column).stream().map(String::valueOf).toList();
    }
}
