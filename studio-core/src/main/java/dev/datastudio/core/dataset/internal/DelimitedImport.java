package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Fills a table from delimited text.
 *
 * <p>The usual case is one pass of the database over the file. The first rows, all of them in a small file, are read in
 * Java and decide a {@link Conversion} for each column; the database reads everything as text and converts on the way.
 * Conversions are strict: the first value that doesn't fit fails the statement. Then, and when the first rows leave
 * something open, all rows are read in Java, decided upon again, and loaded. So every decision stands on all values,
 * and a large regular file never pays for it.
 */
final class DelimitedImport {
    private static final long SAMPLE_ROWS = 20_000;
    /** Of a large file fewer: its decisions rest on the checks of the load, not on the sample. */
    private static final long LARGE_SAMPLE_ROWS = 1_000;

    private static final long LARGE_BYTES = 16L << 20;
    private static final long ALL_ROWS = Long.MAX_VALUE;

    private final Path file;
    private final String name;
    private final Path scratch;
    private final ImportOptions options;
    private final TableFile table;
    private final Path rejectedFile;
    private long linesBefore;

    /** @param rejectedFile where rows that are left out are written */
    DelimitedImport(Path file, String name, Path scratch, ImportOptions options, TableFile table, Path rejectedFile) {
        this.file = file;
        this.name = name;
        this.scratch = scratch;
        this.options = options;
        this.table = table;
        this.rejectedFile = rejectedFile;
    }

    /** Says that so many lines of the original stand before the text, for the lines it names. */
    DelimitedImport skipping(long lines) {
        this.linesBefore = lines;
        return this;
    }

    ImportedTable run() throws SQLException, IOException {
        CsvDialect dialect = CsvDialect.of(file, name, options);
        CsvScan scan;
        try (RejectedLog sampled = new RejectedLog(scratch.resolve("sampled.csv"), name, options)) {
            scan = new CsvScan(name, dialect, options, sampled).skipping(linesBefore);
            long sample = Files.size(file) > LARGE_BYTES ? LARGE_SAMPLE_ROWS : SAMPLE_ROWS;
            scan.run(file, sample, null, options.cancellation());
        }
        Decision.requireKnownColumns(scan.columns(), options, name);
        if (scan.isRegular() && isDecided(scan)) {
            ImportedTable done = tryToLoad(dialect, scan);
            if (done != null) {
                return done;
            }
        }
        return loadCarefully(dialect);
    }

    private boolean isDecided(CsvScan scan) {
        return scan.isComplete()
                || (options.types().isEmpty() && scan.evidence().stream().noneMatch(ColumnEvidence::needsAllValues));
    }

    /** One pass of the database; null when the file is not what its first rows promised. */
    private @Nullable ImportedTable tryToLoad(CsvDialect dialect, CsvScan scan) throws SQLException {
        Decision decision = Decision.of(scan.columns(), scan.evidence(), options);
        if (!fills(fastSelect(file, dialect, decision, Reading.TYPED))
                && !fills(fastSelect(file, dialect, decision, Reading.TEXT))) {
            return null;
        }
        long rows = table.rowCount();
        if (scan.isComplete() && rows != scan.rows()) {
            table.drop();
            return null;
        }
        return finished(decision, rows, scan.warnings(), Rejected.NONE);
    }

    private boolean fills(String select) throws SQLException {
        try {
            table.fill(select);
            return true;
        } catch (SQLException e) {
            if (DuckDb.isMachineFault(e)) {
                throw e;
            }
            return false;
        }
    }

    /** All rows in Java first, written again without irregularities. */
    private ImportedTable loadCarefully(CsvDialect dialect) throws SQLException, IOException {
        Path regular = scratch.resolve("regular.csv");
        CsvScan scan;
        List<String> scanned = new ArrayList<>();
        Rejected rejected;
        try (RejectedLog log = new RejectedLog(rejectedFile, name, options)) {
            scan = new CsvScan(name, dialect, options, log).skipping(linesBefore);
            scan.run(file, ALL_ROWS, regular, options.cancellation());
            scanned.addAll(scan.warnings());
            rejected = log.conclude(scan.rows(), scanned);
        }
        Decision decision = Decision.of(scan.columns(), scan.evidence(), options);
        CsvDialect plain = new CsvDialect(',', false, dialect.first());
        for (int attempt = 0; ; attempt++) {
            try {
                table.fill(select(regular, plain, decision));
                return finished(decision, table.rowCount(), scanned, rejected);
            } catch (SQLException e) {
                OptionalInt failed = Decision.failedColumn(e);
                if (failed.isEmpty() || attempt > decision.conversions().size()) {
                    if (DuckDb.isMachineFault(e)) {
                        throw e;
                    }
                    throw malformed(e);
                }
                decision = decision.withoutRange(failed.getAsInt(), options);
            }
        }
    }

    private StudioException malformed(SQLException cause) {
        return new StudioException(
                ErrorCode.FILE_MALFORMED,
                "The file " + StudioException.quote(name) + " can't be read: " + DuckDb.reason(cause),
                "Mend the file, or name its delimiter",
                cause);
    }

    /** Checks each value, and names the column of one that is not valid. */
    private static String select(Path file, CsvDialect dialect, Decision decision) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < decision.columns().size(); i++) {
            values.append(i == 0 ? "SELECT " : ", ");
            values.append(decision.conversions().get(i).sql("c" + i, i));
            values.append(" AS ").append(Sql.name(decision.columns().get(i)));
        }
        return values
                + reader(file, dialect, Collections.nCopies(decision.columns().size(), "VARCHAR"));
    }

    /** Whether the database's reader may give values of a type, or only text. */
    private enum Reading {
        TYPED,
        TEXT
    }

    /**
     * The same with values cast once and looked at afterwards, or not cast at all where the reader's own types change
     * nothing; up to a half faster, but some failures name no column.
     */
    private static String fastSelect(Path file, CsvDialect dialect, Decision decision, Reading reading) {
        List<String> values = new ArrayList<>();
        List<String> casts = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (int i = 0; i < decision.columns().size(); i++) {
            Conversion conversion = decision.conversions().get(i);
            String type = reading == Reading.TYPED ? conversion.readerType() : "";
            String read = "c" + i;
            String value = "v" + i;
            if (!type.isEmpty()) {
                values.add(conversion.readSql(value, i));
                casts.add(read);
            } else if (conversion.canCheckAfterwards()) {
                values.add(conversion.checkedSql(read, value, i));
                casts.add(read + ", " + conversion.uncheckedSql(read));
            } else {
                values.add(value);
                casts.add(conversion.sql(read, i));
            }
            values.set(i, values.get(i) + " AS " + Sql.name(decision.columns().get(i)));
            casts.set(i, casts.get(i) + " AS " + value);
            types.add(type.isEmpty() ? "VARCHAR" : type);
        }
        return "SELECT " + String.join(", ", values) + " FROM (SELECT " + String.join(", ", casts)
                + reader(file, dialect, types) + ")";
    }

    private static String reader(Path file, CsvDialect dialect, List<String> types) {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < types.size(); i++) {
            columns.append(i == 0 ? "'c" : ", 'c")
                    .append(i)
                    .append("': '")
                    .append(types.get(i))
                    .append('\'');
        }
        return " FROM read_csv(" + Sql.text(DuckDb.escapeGlob(file)) + ", auto_detect = false, header = "
                + dialect.hasHeader() + ", delim = " + Sql.text(String.valueOf(dialect.delimiter()))
                + ", quote = '\"', escape = '\"', dateformat = '%Y-%m-%d', columns = {" + columns + "})";
    }

    private ImportedTable finished(Decision decision, long rows, List<String> scanned, Rejected rejected)
            throws SQLException {
        List<TableFile.Shape> shapes = new ArrayList<>();
        for (int i = 0; i < decision.columns().size(); i++) {
            Conversion conversion = decision.conversions().get(i);
            shapes.add(new TableFile.Shape(decision.columns().get(i), conversion.type(), conversion.unit()));
        }
        List<Column> columns = table.columns(shapes, rows);
        List<String> warnings = new ArrayList<>(scanned);
        warnings.addAll(decision.warnings());
        return new ImportedTable(rows, columns, warnings, rejected);
    }
}
