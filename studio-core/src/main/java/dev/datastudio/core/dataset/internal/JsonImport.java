package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Fills a table from JSON: an array of objects, or objects one after the other, mostly one in each line.
 *
 * <p>The database tells which names the objects have and of what kind the values are. They are read once, numbers and
 * texts as they are written, and decided upon by all of them. Lines that hold no object are left out where the options
 * allow it. Not thread-safe.
 */
final class JsonImport {
    private static final String RAW = "memory.main.json_raw";
    private static final String TYPED = "memory.main.json_typed";
    private static final String OPTIONS = ", format = 'auto', maximum_object_size = " + JsonLines.MAX_LINE;
    private static final String NO_RECORDS = "expected records";
    private static final String WHOLE = "'-?(?:0|[1-9]\\d{0,37})'";

    private final Path file;
    private final String name;
    private final Path scratch;
    private final ImportOptions options;
    private final TableFile table;
    private final Path rejectedFile;

    /** @param rejectedFile where lines that are left out are written */
    JsonImport(Path file, String name, Path scratch, ImportOptions options, TableFile table, Path rejectedFile) {
        this.file = file;
        this.name = name;
        this.scratch = scratch;
        this.options = options;
        this.table = table;
        this.rejectedFile = rejectedFile;
    }

    /** A name that objects have, and the type that the database finds for its values. */
    private record Field(String name, String type) {
        /** What the values are read as. */
        String readerType() {
            if (DuckDb.isNested(type)) {
                return "JSON";
            }
            return type.equals("BIGINT") || type.equals("BOOLEAN") ? type : "VARCHAR";
        }

        /** Whether they are numbers that the database might not hold exactly. */
        boolean isLooseNumber() {
            return Set.of("DOUBLE", "HUGEINT", "UHUGEINT", "UBIGINT").contains(type);
        }
    }

    ImportedTable run() throws SQLException, IOException {
        boolean rejects = options.maxRejectedRows() > 0 && new JsonLines(name, options).isLines(file);
        if (rejects && !options.types().isEmpty()) {
            return withoutBadLines();
        }
        try {
            return load(file);
        } catch (SQLException e) {
            if (rejects && !DuckDb.isMachineFault(e)) {
                return withoutBadLines();
            }
            throw e.getMessage() != null && e.getMessage().contains(NO_RECORDS)
                    ? noObjects(e)
                    : TypedImport.malformed(e, name);
        }
    }

    private StudioException noObjects(SQLException cause) {
        return new StudioException(
                ErrorCode.FILE_MALFORMED,
                "The file " + StudioException.quote(name) + " can't be read: it holds values beside its objects",
                "Make each record an object with a name for each value, or allow rejected rows if each stands in a"
                        + " line of its own",
                cause);
    }

    private ImportedTable withoutBadLines() throws SQLException, IOException {
        Path regular = scratch.resolve("regular.jsonl");
        List<String> warnings = new ArrayList<>();
        Rejected rejected;
        try (RejectedLog log = new RejectedLog(rejectedFile, name, options)) {
            long rows = new JsonLines(name, options).sift(file, regular, log);
            rejected = log.conclude(rows, warnings);
        }
        try {
            ImportedTable done = load(regular);
            warnings.addAll(done.warnings());
            return new ImportedTable(done.rowCount(), done.columns(), warnings, rejected);
        } catch (SQLException e) {
            throw TypedImport.malformed(e, name);
        } finally {
            Files.deleteIfExists(regular);
        }
    }

    private ImportedTable load(Path source) throws SQLException {
        String path = Sql.text(DuckDb.escapeGlob(source));
        List<Field> fields = fields(path);
        table.execute("CREATE OR REPLACE TABLE " + RAW + " AS SELECT * FROM read_json(" + path + OPTIONS
                + columns(fields) + ")");
        table.execute(
                "CREATE OR REPLACE VIEW " + TYPED + " AS SELECT " + String.join(", ", typed(fields)) + " FROM " + RAW);
        ImportedTable done =
                TypedImport.recognising(TYPED, name, table, options).run();
        table.execute("DROP VIEW " + TYPED);
        table.execute("DROP TABLE " + RAW);
        return done;
    }

    /** Looks at all records. */
    private List<Field> fields(String path) throws SQLException {
        try {
            return fields(path, "true");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains(NO_RECORDS)) {
                throw e;
            }
            List<Field> found = fields(path, "auto");
            if (found.size() == 1 && found.get(0).type().equals("JSON") && !isEmpty(path)) {
                throw e; // objects and other values mixed
            }
            return found;
        }
    }

    private List<Field> fields(String path, String records) throws SQLException {
        List<Field> fields = new ArrayList<>();
        String sql = "DESCRIBE SELECT * FROM read_json(" + path + OPTIONS + ", sample_size = -1, records = '" + records
                + "')";
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                fields.add(new Field(rows.getString(1), rows.getString(2).toUpperCase(Locale.ROOT)));
            }
        }
        return fields;
    }

    private boolean isEmpty(String path) throws SQLException {
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM read_json(" + path + OPTIONS + ") LIMIT 1")) {
            return !rows.next();
        }
    }

    /** How the fields are read; nothing when the database had to rename some, as it can't be told their own names. */
    private static String columns(List<Field> fields) {
        if (isRenamed(fields)) {
            return ", sample_size = -1";
        }
        List<String> columns = fields.stream()
                .map(f -> Sql.text(f.name()) + ": '" + f.readerType() + "'")
                .toList();
        return ", columns = {" + String.join(", ", columns) + "}";
    }

    /** Names that differ in letter case only get a number behind them. */
    private static boolean isRenamed(List<Field> fields) {
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            names.add(field.name().toLowerCase(Locale.ROOT));
        }
        return names.stream().anyMatch(n -> n.matches("(?s).*_\\d+") && names.contains(n.replaceFirst("_\\d+$", "")));
    }

    private List<String> typed(List<Field> fields) throws SQLException {
        List<String> typed = new ArrayList<>();
        boolean renamed = isRenamed(fields);
        for (Field field : fields) {
            String column = Sql.name(field.name());
            typed.add(renamed || !field.isLooseNumber() ? column : number(column) + " AS " + column);
        }
        return typed;
    }

    /** Whole numbers exactly as far as that goes, otherwise floating point; what is beyond that is infinite. */
    private String number(String column) throws SQLException {
        String sql = "SELECT bool_and(regexp_full_match(" + column + ", " + WHOLE + ")), bool_and(TRY_CAST(" + column
                + " AS BIGINT) IS NOT NULL) FROM " + RAW + " WHERE " + column + " IS NOT NULL";
        boolean whole;
        boolean small;
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            whole = rows.getBoolean(1);
            small = rows.getBoolean(2);
        }
        if (whole) {
            return "CAST(" + column + " AS " + (small ? "BIGINT" : "HUGEINT") + ")";
        }
        return "CASE WHEN " + column + " IS NOT NULL THEN coalesce(TRY_CAST(" + column
                + " AS DOUBLE), CAST('Infinity' AS DOUBLE)) END";
    }
}
