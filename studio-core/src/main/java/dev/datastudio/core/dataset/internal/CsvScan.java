package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.dataset.ImportOptions;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a delimited text in Java and gathers what each column is. It is slower than the database's reader, and
 * forgiving: it pads short rows, drops empty fields too many, takes any mix of line ends, and names the line of what it
 * can't read. Where asked it writes the table again, regularly, for the database. Not thread-safe.
 */
final class CsvScan {
    private static final int NAMED_LINES = 5;
    private static final int CHECK_EVERY = 4096;

    private final String name;
    private final CsvDialect dialect;
    private final List<String> columns;
    private final List<String> warnings = new ArrayList<>();
    private final List<ColumnEvidence> evidence = new ArrayList<>();
    private final RaggedRows shortRows = new RaggedRows();
    private final RaggedRows longRows = new RaggedRows();
    private final RejectedLog rejected;
    private final List<ColumnType> wanted = new ArrayList<>();
    private long rows;
    private boolean rejecting;
    private long linesBefore;
    private boolean complete;
    private long lastLine;
    private boolean lastIsNote;

    /** @param rejected takes the rows that can't be read, if it takes any */
    CsvScan(String name, CsvDialect dialect, ImportOptions options, RejectedLog rejected) {
        this.name = name;
        this.dialect = dialect;
        this.rejected = rejected;
        if (dialect.hasHeader()) {
            columns = ColumnNames.unique(dialect.first(), warnings);
        } else {
            columns = ColumnNames.numbered(dialect.width());
            warnings.add("The file has no header; its columns are called column_1 to column_" + dialect.width() + ".");
        }
        for (String column : columns) {
            evidence.add(new ColumnEvidence(column));
            wanted.add(options.types().entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(column))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(ColumnType.OTHER));
        }
    }

    /** Says that so many lines of the original stand before the text. */
    CsvScan skipping(long lines) {
        this.linesBefore = lines;
        return this;
    }

    /** How many rows are too short or too long, and the lines of the first ones. */
    private static final class RaggedRows {
        private long count;
        private final List<Long> lines = new ArrayList<>();

        void add(long line) {
            count++;
            if (lines.size() < NAMED_LINES) {
                lines.add(line);
            }
        }

        String where() {
            String list = String.join(", ", lines.stream().map(String::valueOf).toList());
            return (count == 1 ? "Line " : "Lines ") + list + (count > lines.size() ? " and others" : "");
        }
    }

    /**
     * Reads records until the end of the file or a number of rows.
     *
     * @param regular where the table is written again; null for nowhere
     */
    void run(Path file, long maxRows, @Nullable Path regular, Cancellation cancellation) throws IOException {
        try (Reader in = TextFiles.open(file);
                Writer out = regular == null
                        ? Writer.nullWriter()
                        : Files.newBufferedWriter(regular, StandardCharsets.UTF_8)) {
            CsvParser parser = new CsvParser(in, dialect.delimiter());
            List<String> record = new ArrayList<>();
            if (dialect.hasHeader()) {
                parser.next(record);
            }
            boolean more = true;
            long records = 0;
            while (rows < maxRows && more) {
                more = parser.next(record);
                if (more) {
                    if (take(record, linesBefore + parser.recordLine()) && regular != null) {
                        write(record, out);
                    }
                    if (++records % CHECK_EVERY == 0) {
                        cancellation.throwIfCancelled();
                    }
                }
            }
            if (parser.openQuoteLine() > 0) {
                throw openQuote(name, parser.openQuoteLine());
            }
            complete = !more;
        }
        if (complete) {
            finish();
        }
    }

    /** Whether the record is a row of the table. */
    private boolean take(List<String> record, long line) {
        if (rejected.takesRows()) {
            String reason = whyRejected(record);
            if (!reason.isEmpty()) {
                rejecting = true;
                rejected.add(line, reason, joined(record));
                return false;
            }
        }
        rows++;
        lastLine = line;
        lastIsNote = record.size() == 1 && dialect.width() > 2;
        if (record.size() > dialect.width()) {
            cut(record, line);
        } else if (record.size() < dialect.width()) {
            shortRows.add(line);
            while (record.size() < dialect.width()) {
                record.add("");
            }
        }
        for (int i = 0; i < evidence.size(); i++) {
            evidence.get(i).add(record.get(i), line);
        }
        return true;
    }

    /** A whole sentence; empty for a row that can be read. */
    private String whyRejected(List<String> record) {
        if (overflows(record)) {
            return "The row has " + record.size() + " fields, the first line has " + dialect.width() + ".";
        }
        for (int i = 0; i < Math.min(record.size(), wanted.size()); i++) {
            if (wanted.get(i) != ColumnType.OTHER && !TextFit.fits(record.get(i), wanted.get(i))) {
                return "The value of column '" + columns.get(i) + "' is not of type " + wanted.get(i) + ".";
            }
        }
        return "";
    }

    private boolean overflows(List<String> record) {
        for (int i = dialect.width(); i < record.size(); i++) {
            if (!record.get(i).isBlank()) {
                return true;
            }
        }
        return false;
    }

    /** The row as it stood in the file, quotes that were not needed aside. */
    private String joined(List<String> record) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < record.size(); i++) {
            String field = record.get(i);
            boolean quoted =
                    field.indexOf(dialect.delimiter()) >= 0 || field.indexOf('"') >= 0 || field.indexOf('\n') >= 0;
            text.append(i == 0 ? "" : String.valueOf(dialect.delimiter()));
            text.append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
        return text.toString();
    }

    private void cut(List<String> record, long line) {
        if (overflows(record)) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "Line " + line + " of " + StudioException.quote(name) + " has " + record.size()
                            + " fields, the first line has " + dialect.width(),
                    "Put quotes around fields that hold the delimiter '" + dialect.delimiter()
                            + "', complete the header, or allow rejected rows");
        }
        longRows.add(line);
        record.subList(dialect.width(), record.size()).clear();
    }

    private void finish() {
        if (rows == 0) {
            throw new StudioException(
                    ErrorCode.FILE_HAS_NO_ROWS,
                    "The file " + StudioException.quote(name) + " has a header and no rows",
                    "Import a file with at least one row");
        }
        if (lastIsNote) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "Line " + lastLine + " of " + StudioException.quote(name)
                            + " comes after the table: it has 1 field," + " the first line has " + dialect.width(),
                    "Delete the lines after the last row");
        }
        if (shortRows.count > 0) {
            warnings.add(shortRows.where() + (shortRows.count == 1 ? " has" : " have") + " fewer fields than the first"
                    + " line; what is missing was filled with missing values (" + rowsText(shortRows.count) + ").");
        }
        if (longRows.count > 0) {
            warnings.add(longRows.where() + (longRows.count == 1 ? " has" : " have")
                    + " empty fields too many; they were dropped (" + rowsText(longRows.count) + ").");
        }
    }

    private static String rowsText(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }

    /** Writes a record so that every reader takes it alike. */
    static void write(List<String> record, Writer out) throws IOException {
        for (int i = 0; i < record.size(); i++) {
            out.write(i == 0 ? "\"" : ",\"");
            out.write(record.get(i).replace("\"", "\"\""));
            out.write('"');
        }
        out.write('\n');
    }

    /** The error for a quote that is never closed. */
    static StudioException openQuote(String name, long line) {
        return new StudioException(
                ErrorCode.FILE_MALFORMED,
                "A quote that opens in line " + line + " of " + StudioException.quote(name) + " is never closed",
                "Close it, or double it if it belongs to the text");
    }

    boolean isComplete() {
        return complete;
    }

    boolean isRegular() {
        return shortRows.count == 0 && longRows.count == 0 && !rejecting;
    }

    long rows() {
        return rows;
    }

    List<String> columns() {
        return columns;
    }

    List<ColumnEvidence> evidence() {
        return evidence;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
