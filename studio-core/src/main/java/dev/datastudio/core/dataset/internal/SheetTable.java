package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellAddress;
import org.dhatim.fastexcel.reader.Row;

/**
 * Where the table of a sheet lies: below titles, in the columns that hold something. Not thread-safe.
 *
 * <p>The first rows are looked at. A title fills few cells, a row of the table most of them: the table begins with the
 * first row that fills at least half as many cells as the fullest one. Columns without a value there are left out, and
 * what stands in them further down is counted and told.
 */
final class SheetTable {
    private static final int SAMPLE_ROWS = 200;
    private static final int CHECK_EVERY = 1024;

    private final String sheet;
    private final ExcelCells cells;
    private final int firstRow;
    private final List<Integer> columns;
    private final Map<Integer, Long> errors = new TreeMap<>();
    private final List<List<String>> notes = new ArrayList<>();
    private int firstNote;
    private long outside;
    private String firstOutside = "";

    private SheetTable(String sheet, ExcelCells cells, int firstRow, List<Integer> columns) {
        this.sheet = sheet;
        this.cells = cells;
        this.firstRow = firstRow;
        this.columns = columns;
    }

    /** Finds the table by the first rows of a sheet. */
    static SheetTable find(Stream<Row> rows, String sheet, ExcelCells cells) {
        List<Row> sample = new ArrayList<>();
        for (Iterator<Row> it = rows.iterator(); it.hasNext() && sample.size() < SAMPLE_ROWS; ) {
            Row row = it.next();
            if (filled(row) > 0) {
                sample.add(row);
            }
        }
        if (sample.isEmpty()) {
            throw new StudioException(
                    ErrorCode.FILE_EMPTY,
                    "The sheet " + StudioException.quote(sheet) + " has no value",
                    "Name another sheet");
        }
        int widest = sample.stream().mapToInt(SheetTable::filled).max().orElseThrow();
        int first = 0;
        while (isTitle(sample.get(first), widest)) {
            first++;
        }
        NavigableSet<Integer> columns = new TreeSet<>();
        for (Row row : sample.subList(first, sample.size())) {
            for (Cell cell : row) {
                if (hasValue(cell) && !isTitle(row, widest)) {
                    columns.add(cell.getColumnIndex());
                }
            }
        }
        return new SheetTable(sheet, cells, sample.get(first).getRowNum(), List.copyOf(columns));
    }

    /** A lone cell further right is rather the header of a table whose first column has no name. */
    private static boolean isTitle(Row row, int widest) {
        int filled = filled(row);
        return filled * 2 < widest || (filled == 1 && widest == 2 && !startsBeforeItsCell(row));
    }

    private static boolean startsBeforeItsCell(Row row) {
        return row.getFirstNonEmptyCell().map(c -> c.getColumnIndex() > 0).orElse(false);
    }

    private static boolean hasValue(@org.jspecify.annotations.Nullable Cell cell) {
        return cell != null && cell.getValue() != null && !cell.getValue().equals("");
    }

    private static int filled(Row row) {
        int filled = 0;
        for (Cell cell : row) {
            filled += hasValue(cell) ? 1 : 0;
        }
        return filled;
    }

    /** The number of the table's first row, from 1. */
    int firstRow() {
        return firstRow;
    }

    /** Writes the table as comma-separated text, a line for each row of the sheet from the first one on. */
    void write(Stream<Row> rows, Path text, Cancellation cancellation, List<String> warnings) throws IOException {
        int last = firstRow - 1;
        List<String> header = List.of();
        try (Writer out = Files.newBufferedWriter(text, StandardCharsets.UTF_8)) {
            for (Iterator<Row> it = rows.iterator(); it.hasNext(); ) {
                Row row = it.next();
                if (row.getRowNum() % CHECK_EVERY == 0) {
                    cancellation.throwIfCancelled();
                }
                List<String> values = row.getRowNum() < firstRow ? List.of() : values(row);
                if (values.stream().allMatch(String::isEmpty)) {
                    continue;
                }
                header = header.isEmpty() ? values : header;
                boolean gap = row.getRowNum() > last + 1;
                if (isNote(values) && (gap || !notes.isEmpty())) {
                    firstNote = notes.isEmpty() ? row.getRowNum() : firstNote;
                    notes.add(values);
                    continue;
                }
                flushNotes(out);
                blankLines(out, row.getRowNum() - last - 1);
                CsvScan.write(values, out);
                last = row.getRowNum();
            }
        }
        tell(header, warnings);
    }

    /** A single text below the table is no row of it, unless rows follow. */
    private boolean isNote(List<String> values) {
        return columns.size() > 2 && values.stream().filter(v -> !v.isEmpty()).count() == 1;
    }

    private void flushNotes(Writer out) throws IOException {
        for (List<String> note : notes) {
            CsvScan.write(note, out);
        }
        notes.clear();
    }

    /** So that line numbers stay row numbers; in a table of one column a blank line would be a row. */
    private void blankLines(Writer out, int count) throws IOException {
        if (columns.size() > 1 && count > 0) {
            out.write("\n".repeat(Math.min(count, 10_000)));
        }
    }

    private List<String> values(Row row) {
        List<String> values = new ArrayList<>(columns.size());
        int found = 0;
        for (int i = 0; i < columns.size(); i++) {
            int column = columns.get(i);
            Cell cell = column < row.getCellCount() ? row.getCell(column) : null;
            found += hasValue(cell) ? 1 : 0;
            if (ExcelCells.isError(cell)) {
                errors.merge(i, 1L, Long::sum);
            }
            values.add(cells.text(cell));
        }
        if (filled(row) > found) {
            noteOutside(row, filled(row) - found);
        }
        return values;
    }

    private void noteOutside(Row row, int count) {
        outside += count;
        for (Cell cell : row) {
            if (firstOutside.isEmpty() && hasValue(cell) && !columns.contains(cell.getColumnIndex())) {
                firstOutside = new CellAddress(row.getRowNum() - 1, cell.getColumnIndex()).toString();
            }
        }
    }

    private void tell(List<String> header, List<String> warnings) {
        if (firstRow > 1) {
            warnings.add("The table begins in row " + firstRow + " of sheet '" + sheet
                    + "'; what stands above it was left out.");
        }
        errors.forEach((index, count) -> warnings.add("Column '" + header.get(index) + "' has " + count
                + (count == 1 ? " error value such as #N/A, which is" : " error values such as #N/A, which are")
                + " read as missing."));
        if (!notes.isEmpty()) {
            warnings.add("The text from row " + firstNote + " on, below the table, was left out.");
        }
        if (outside > 0) {
            warnings.add(outside + (outside == 1 ? " cell" : " cells") + " beside the table, the first at "
                    + firstOutside + ", " + (outside == 1 ? "was" : "were") + " left out.");
        }
    }
}
