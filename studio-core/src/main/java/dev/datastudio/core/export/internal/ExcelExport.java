package dev.datastudio.core.export.internal;

import static dev.datastudio.core.query.internal.DuckDbDriver.identifier;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.export.ExportOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as an Excel workbook of one sheet, a row at a time. What Excel can't hold as what it is, a number of more
 * than 15 digits or a day before March 1900, is written as text and noted.
 */
final class ExcelExport {
    /** Of a sheet, with the header: the limits of Excel 2007 and later. */
    static final int MAX_ROWS = 1_048_576;

    static final int MAX_COLUMNS = 16_384;
    static final int MAX_CHARACTERS = 32_767;

    private static final long EXACT_WHOLE = 999_999_999_999_999L;
    private static final int EXACT_DIGITS = 15;
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 3, 1);
    private static final int FLUSH_EVERY = 500;
    /** Packing takes most of the time; higher levels make files a few per cent smaller and take twice as long. */
    private static final int COMPRESSION = 2;

    private static final int WIDEST = 50;
    private static final int NARROWEST = 11;

    private final List<ResultColumn> columns;
    private final long total;
    private final ExportOptions options;
    private final Set<String> notes = new LinkedHashSet<>();

    private ExcelExport(List<ResultColumn> columns, long total, ExportOptions options) {
        this.columns = columns;
        this.total = total;
        this.options = options;
    }

    /** @throws StudioException when there are more rows or columns than a sheet has */
    static ExcelExport of(List<ResultColumn> columns, long rows, ExportOptions options) {
        if (rows >= MAX_ROWS) {
            throw tooMuch("%,d rows and a header are more than the %,d rows of an Excel sheet", rows, MAX_ROWS);
        }
        if (columns.size() > MAX_COLUMNS) {
            throw tooMuch("%,d columns are more than the %,d of an Excel sheet", columns.size(), MAX_COLUMNS);
        }
        return new ExcelExport(columns, rows, options);
    }

    Written write(Connection connection, String relation, Path target) throws SQLException {
        String names = columns.stream().map(c -> identifier(c.name())).collect(Collectors.joining(", "));
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + names + " FROM " + relation)) {
            Workbook workbook = new Workbook(file, "Studio", null);
            workbook.setCompressionLevel(COMPRESSION);
            Worksheet sheet = workbook.newWorksheet("data");
            writeHeader(sheet);
            int count = writeRows(sheet, rows);
            sheet.finish();
            workbook.finish();
            return new Written(count, List.copyOf(notes));
        } catch (IOException e) {
            throw FinishedFile.failed(target, e);
        }
    }

    private void writeHeader(Worksheet sheet) {
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            sheet.inlineString(0, i, text(name, 0, i));
            sheet.style(0, i).bold().set();
            sheet.width(i, Math.min(WIDEST, Math.max(NARROWEST, name.length() + 2)));
        }
        sheet.freezePane(0, 1);
    }

    private int writeRows(Worksheet sheet, ResultSet rows) throws SQLException, IOException {
        int row = 0;
        while (rows.next()) {
            row++;
            for (int i = 0; i < columns.size(); i++) {
                write(sheet, rows, row, i);
            }
            if (row % FLUSH_EVERY == 0) {
                formatTimes(sheet, row - FLUSH_EVERY + 1, row);
                sheet.flush();
                options.cancellation().throwIfCancelled();
                options.progress().onProgress(new Progress("writing", row, total, "rows"));
            }
        }
        formatTimes(sheet, row - row % FLUSH_EVERY + 1, row);
        options.progress().onProgress(new Progress("writing", row, total, "rows"));
        return row;
    }

    /** Many cells at once: each call looks the style up anew. */
    private void formatTimes(Worksheet sheet, int first, int last) {
        for (int i = 0; i < columns.size() && first <= last; i++) {
            ColumnType type = columns.get(i).type();
            if (type.isTemporal()) {
                String format = type == ColumnType.DATE ? "yyyy-mm-dd" : "yyyy-mm-dd hh:mm:ss";
                sheet.range(first, i, last, i).style().format(format).set();
            }
        }
    }

    private void write(Worksheet sheet, ResultSet rows, int row, int column) throws SQLException {
        int index = column + 1;
        ColumnType type = columns.get(column).type();
        switch (type) {
            case BOOLEAN -> {
                boolean value = rows.getBoolean(index);
                if (!rows.wasNull()) {
                    sheet.value(row, column, value);
                }
            }
            case INTEGER, DECIMAL -> writeNumber(sheet, rows.getObject(index), row, column);
            case DATE -> writeDay(sheet, rows.getObject(index, LocalDate.class), row, column);
            case TIMESTAMP -> writeTime(sheet, rows.getObject(index, LocalDateTime.class), row, column);
            case TIME, TEXT, OTHER -> {
                String text = rows.getString(index);
                if (text != null) {
                    sheet.inlineString(row, column, text(text, row, column));
                }
            }
        }
    }

    private void writeNumber(Worksheet sheet, @Nullable Object value, int row, int column) {
        if (value == null) {
            return;
        }
        if (fits(value)) {
            sheet.value(row, column, (Number) value);
        } else {
            sheet.inlineString(
                    row, column, value instanceof BigDecimal number ? number.toPlainString() : value.toString());
            notes.add("Numbers of column '" + columns.get(column).name()
                    + "' that Excel can't hold, of more than 15 digits or not finite, are written as text.");
        }
    }

    private static boolean fits(Object value) {
        if (value instanceof BigDecimal number) {
            return number.precision() <= EXACT_DIGITS;
        } else if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue());
        }
        return value instanceof Long whole ? Math.abs(whole) <= EXACT_WHOLE : value instanceof Integer;
    }

    private void writeDay(Worksheet sheet, @Nullable LocalDate day, int row, int column) {
        if (day == null) {
            return;
        }
        if (day.isBefore(FIRST_DAY)) {
            writeEarly(sheet, day.toString(), row, column);
        } else {
            sheet.value(row, column, day);
        }
    }

    private void writeTime(Worksheet sheet, @Nullable LocalDateTime time, int row, int column) {
        if (time == null) {
            return;
        }
        if (time.toLocalDate().isBefore(FIRST_DAY)) {
            writeEarly(sheet, time.toString(), row, column);
        } else {
            sheet.value(row, column, time);
        }
    }

    private void writeEarly(Worksheet sheet, String text, int row, int column) {
        sheet.inlineString(row, column, text);
        notes.add("Dates of column '" + columns.get(column).name()
                + "' before March 1900, which Excel counts wrong or not at all, are written as text.");
    }

    private String text(String text, int row, int column) {
        String safe = options.neutralises() ? FormulaCells.neutral(text) : text;
        if (safe.length() > MAX_CHARACTERS) {
            throw tooMuch(
                    "The text of column '%s' in row %,d has %,d characters, more than the %,d of an Excel cell",
                    columns.get(column).name(), row, safe.length(), MAX_CHARACTERS);
        }
        return safe;
    }

    private static StudioException tooMuch(String what, Object... values) {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED,
                String.format(Locale.ROOT, what, values),
                "Export to CSV or Parquet, or export fewer rows or columns");
    }
}
