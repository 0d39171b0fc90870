package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/**
 * Fills a table from one sheet of a workbook: finds the table in it, writes that as delimited text, and goes on as with
 * a text file, so that types are recognised in one way only.
 */
final class ExcelImport {
    private final Path file;
    private final String name;
    private final Path scratch;
    private final ImportOptions options;
    private final TableFile table;
    private final List<String> warnings = new ArrayList<>();

    ExcelImport(Path file, String name, Path scratch, ImportOptions options, TableFile table) {
        this.file = file;
        this.name = name;
        this.scratch = scratch;
        this.options = options;
        this.table = table;
    }

    ImportedTable run() throws SQLException, IOException {
        new WorkbookGuard(name, options.cancellation()).check(file);
        Path text = scratch.resolve("sheet.csv");
        ImportOptions plain = options.toBuilder().delimiter(',').build();
        long skipped = write(text);
        ImportedTable done = new DelimitedImport(
                        text, name, scratch, plain, table, scratch.resolveSibling(Rejected.FILE))
                .skipping(skipped)
                .run();
        warnings.addAll(done.warnings());
        return new ImportedTable(done.rowCount(), done.columns(), warnings, done.rejected());
    }

    /** Writes the table of the sheet; how many rows stand above it. */
    private long write(Path text) throws IOException {
        try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true))) {
            Sheet sheet = sheet(workbook);
            SheetTable found;
            try (Stream<Row> rows = sheet.openStream()) {
                found = SheetTable.find(rows, sheet.getName(), new ExcelCells(workbook.isDate1904()));
            }
            try (Stream<Row> rows = sheet.openStream()) {
                found.write(rows, text, options.cancellation(), warnings);
            }
            return found.firstRow() - 1;
        } catch (StudioException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(e); // the reader meets a part that is not as the format wants it with exceptions of any class
        }
    }

    private StudioException damaged(RuntimeException cause) {
        return new StudioException(
                ErrorCode.FILE_MALFORMED,
                "The workbook " + StudioException.quote(name) + " can't be read: " + cause.getMessage(),
                "Save it again in Excel, or save the sheet as CSV and import that",
                cause);
    }

    private Sheet sheet(ReadableWorkbook workbook) throws IOException {
        List<Sheet> sheets = workbook.getSheets().toList();
        if (!options.sheet().isEmpty()) {
            return sheets.stream()
                    .filter(s -> s.getName().equalsIgnoreCase(options.sheet()))
                    .findFirst()
                    .orElseThrow(() -> new StudioException(
                            ErrorCode.INVALID_ARGUMENT,
                            "The workbook " + StudioException.quote(name) + " has no sheet "
                                    + StudioException.quote(options.sheet()),
                            "Use one of " + sheets.stream().map(Sheet::getName).toList()));
        }
        List<String> others = new ArrayList<>();
        Optional<Sheet> first = Optional.empty();
        for (Sheet sheet : sheets) {
            if (sheet.getVisibility() == SheetVisibility.VISIBLE && hasValue(sheet)) {
                if (first.isEmpty()) {
                    first = Optional.of(sheet);
                } else {
                    others.add(sheet.getName());
                }
            }
        }
        if (!others.isEmpty()) {
            warnings.add(
                    "Sheet '" + first.orElseThrow().getName() + "' was read; the workbook also has " + others + ".");
        }
        return first.orElseThrow(() -> new StudioException(
                ErrorCode.FILE_EMPTY,
                "The workbook " + StudioException.quote(name) + " has no visible sheet with a value",
                "Name the sheet to be read, or show it in Excel and save"));
    }

    private static boolean hasValue(Sheet sheet) throws IOException {
        try (Stream<Row> rows = sheet.openStream()) {
            for (Iterator<Row> it = rows.iterator(); it.hasNext(); ) {
                for (Cell cell : it.next()) {
                    if (cell != null && cell.getValue() != null) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
