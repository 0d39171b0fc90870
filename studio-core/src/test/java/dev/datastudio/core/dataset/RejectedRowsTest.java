package dev.datastudio.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.dataset.ImportReport.RejectedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedRowsTest {
    private static final String BAD =
            "n,d,s\n1,2020-01-01,a\n2,never,b\n3,2020-01-03,\"c\n,d\",e,f\nx,2020-01-04,g\n5,,h\n";

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

    private static ImportOptions.Builder typed() {
        return ImportOptions.builder().types(Map.of("n", ColumnType.INTEGER, "D", ColumnType.DATE));
    }

    @Test
    void leavesBadRowsOutAndReportsEach() throws IOException {
        Path file = studio.write("bad.csv", BAD);

        Dataset dataset =
                studio.datasets().importFile(file, typed().maxRejectedRows(3).build());

        assertEquals(List.of("1", "5"), studio.column(dataset, 0));
        assertEquals(ColumnType.DATE, dataset.column("d").type());
        ImportReport report = studio.datasets().report(dataset);
        assertEquals(2, report.storedRows());
        assertEquals(3, report.rejectedRows());
        assertEquals(
                List.of(
                        new RejectedRow(3, "The value of column 'd' is not of type DATE."),
                        new RejectedRow(4, "The row has 5 fields, the first line has 3."),
                        new RejectedRow(6, "The value of column 'n' is not of type INTEGER.")),
                report.firstRejected());
        Path rejected = studio.datasets().rejectedFile(dataset).orElseThrow();
        assertEquals("""
                line,reason,raw\r
                3,"The value of column 'd' is not of type DATE.","2,never,b"\r
                4,"The row has 5 fields, the first line has 3.","3,2020-01-03,""c
                ,d"",e,f"\r
                6,"The value of column 'n' is not of type INTEGER.","x,2020-01-04,g"\r
                """, Files.readString(rejected));
        assertTrue(
                dataset.warnings()
                        .contains("3 rows were left out because they can't be read, the first in line 3; see the report"
                                + " of the import."),
                dataset.warnings().toString());
    }

    @Test
    void refusesThemUnlessTheyAreAllowed() {
        Path file = studio.write("bad.csv", "a,b\n1,2\n1,2,3\n1,2\n");

        StudioException none =
                assertThrows(StudioException.class, () -> studio.datasets().importFile(file));

        assertEquals(ErrorCode.FILE_MALFORMED, none.code());
        studio.assertClean(0);
    }

    @Test
    void refusesTooManyOrTooHighAShare() {
        Path file = studio.write("bad.csv", BAD);

        StudioException many = assertThrows(
                StudioException.class,
                () -> studio.datasets()
                        .importFile(file, typed().maxRejectedRows(2).build()));
        StudioException share = assertThrows(
                StudioException.class,
                () -> studio.datasets()
                        .importFile(
                                file,
                                typed().maxRejectedRows(100)
                                        .maxRejectedShare(0.5)
                                        .build()));

        assertEquals(
                "The file 'bad.csv' has more than the 2 rows that may be left out; the first is in line 3:"
                        + " The value of column 'd' is not of type DATE.",
                many.what());
        assertEquals(
                "The file 'bad.csv' has 3 rows of 5 that can't be read, a higher share than 0.5; the first is in line"
                        + " 3: The value of column 'd' is not of type DATE.",
                share.what());
        studio.assertClean(0);
    }

    @Test
    void listsTheFirstHundredsAndKeepsAllInTheFile() throws IOException {
        String csv = "a,b\n" + "1,2\n".repeat(100) + "1,2,3\n".repeat(1_000) + "1,2\n".repeat(30_000) + "7,8,9\n";
        Path file = studio.write("bad.csv", csv);

        Dataset dataset = studio.datasets()
                .importFile(file, ImportOptions.builder().maxRejectedRows(5_000).build());

        ImportReport report = studio.datasets().report(dataset);
        assertEquals(1_001, report.rejectedRows());
        assertEquals(ImportReport.MAX_LISTED, report.firstRejected().size());
        assertEquals(30_100, dataset.rowCount());
        List<String> lines =
                Files.readAllLines(studio.datasets().rejectedFile(dataset).orElseThrow());
        assertEquals(1_002, lines.size());
        assertEquals("31102,\"The row has 3 fields, the first line has 2.\",\"7,8,9\"", lines.get(1_001));
    }

    @Test
    void reportsNothingOfAGoodFileAndHidesReportsFromOthers() {
        Dataset dataset = studio.importText("a\n1\n");

        assertEquals(new ImportReport(1, 0, List.of()), studio.datasets().report(dataset));
        assertEquals(Optional.empty(), studio.datasets().rejectedFile(dataset));
        Datasets theirs = studio.datasets().as(new Caller("local", "other"));
        assertThrows(StudioException.class, () -> theirs.report(dataset));
        assertThrows(StudioException.class, () -> theirs.rejectedFile(dataset));
    }
}
