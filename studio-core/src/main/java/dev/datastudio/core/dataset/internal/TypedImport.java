package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.ImportOptions;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Fills a table from what says itself what its columns are: a Parquet file or a table of the database. On demand its
 * texts are looked at, for they may hold more than texts. Not thread-safe.
 */
final class TypedImport {
    private final String name;
    private final String reader;
    private final TableFile table;
    private final @Nullable ImportOptions recognition;
    private final List<String> warnings = new ArrayList<>();

    /** Reads a table or table function of the database, whose texts stay texts. */
    TypedImport(String reader, String name, TableFile table) {
        this(reader, name, table, null);
    }

    private TypedImport(String reader, String name, TableFile table, @Nullable ImportOptions recognition) {
        this.name = name;
        this.reader = reader;
        this.table = table;
        this.recognition = recognition;
    }

    /** Reads a table or table function, and looks at its texts. */
    static TypedImport recognising(String reader, String name, TableFile table, ImportOptions options) {
        return new TypedImport(reader, name, table, options);
    }

    /** Reads a Parquet file. */
    static TypedImport ofParquet(Path file, String name, TableFile table, ImportOptions options) {
        return recognising("read_parquet(" + Sql.text(DuckDb.escapeGlob(file)) + ")", name, table, options);
    }

    /** A column of the file and how it is taken over. */
    private record Source(String name, ColumnType type, String sql, String unit) {
        Source(String name, ColumnType type, String sql) {
            this(name, type, sql, "");
        }
    }

    ImportedTable run() throws SQLException {
        try {
            List<Source> sources = sources();
            Decision decision = decide(sources);
            List<Source> filled = fill(sources, decision);
            long rows = table.rowCount();
            if (rows == 0) {
                throw new StudioException(
                        ErrorCode.FILE_HAS_NO_ROWS,
                        "The file " + StudioException.quote(name) + " has no rows",
                        "Import a file with at least one row");
            }
            List<TableFile.Shape> shapes = filled.stream()
                    .map(s -> new TableFile.Shape(s.name(), s.type(), s.unit()))
                    .toList();
            return new ImportedTable(rows, table.columns(shapes, rows), warnings);
        } catch (SQLException e) {
            throw malformed(e, name);
        }
    }

    /** The error for a file that the database can't read; a failure that is not the file's fault is thrown on. */
    static StudioException malformed(SQLException failure, String name) throws SQLException {
        if (DuckDb.isMachineFault(failure)) {
            throw failure;
        }
        return new StudioException(
                ErrorCode.FILE_MALFORMED,
                "The file " + StudioException.quote(name) + " can't be read: "
                        + DuckDb.reason(failure).replaceAll("in file \"[^\"]*\", ", ""),
                "Mend the file, or get it again from where it came from",
                failure);
    }

    private Decision decide(List<Source> sources) throws SQLException {
        if (recognition == null) {
            return new Decision(List.of(), List.of(), List.of());
        }
        Decision.requireKnownColumns(sources.stream().map(Source::name).toList(), recognition, name);
        List<TextColumns.Texts> texts = new ArrayList<>();
        for (Source source : sources) {
            if (isText(source)) {
                boolean plain = source.type() == ColumnType.TEXT;
                String sql = plain ? source.sql() : "CAST(" + source.sql() + " AS VARCHAR)";
                texts.add(new TextColumns.Texts(source.name(), sql, plain));
            }
        }
        return texts.isEmpty()
                ? new Decision(List.of(), List.of(), List.of())
                : new TextColumns(table, reader, recognition).decide(texts);
    }

    /** Whether the values are to be looked at: texts, and what shall be of another type than it is. */
    private boolean isText(Source source) {
        ColumnType wanted = recognition == null ? null : Decision.wantedType(source.name(), recognition);
        return wanted == null ? source.type() == ColumnType.TEXT : source.type() != wanted;
    }

    /** Fills the table; a column with a value that its decision did not foresee becomes text. */
    private List<Source> fill(List<Source> sources, Decision decided) throws SQLException {
        Decision decision = decided;
        for (int attempt = 0; ; attempt++) {
            List<Source> converted = converted(sources, decision);
            try {
                table.fill(select(converted));
                warnings.addAll(decision.warnings());
                return converted;
            } catch (SQLException e) {
                OptionalInt failed = Decision.failedColumn(e);
                if (failed.isEmpty()
                        || recognition == null
                        || attempt > decision.columns().size()) {
                    throw e;
                }
                decision = decision.withoutRange(failed.getAsInt(), recognition);
            }
        }
    }

    private List<Source> converted(List<Source> sources, Decision decision) {
        List<Source> converted = new ArrayList<>();
        for (Source source : sources) {
            int index = decision.columns().indexOf(source.name());
            if (index < 0) {
                converted.add(source);
            } else {
                Conversion conversion = decision.conversions().get(index);
                String text = "CAST(" + source.sql() + " AS VARCHAR)";
                converted.add(
                        new Source(source.name(), conversion.type(), conversion.sql(text, index), conversion.unit()));
            }
        }
        return converted;
    }

    private String select(List<Source> sources) {
        StringBuilder select = new StringBuilder();
        for (Source source : sources) {
            select.append(select.isEmpty() ? "SELECT " : ", ")
                    .append(source.sql())
                    .append(" AS ")
                    .append(Sql.name(source.name()));
        }
        return select + " FROM " + reader;
    }

    private List<Source> sources() throws SQLException {
        List<String> found = new ArrayList<>();
        List<String> types = new ArrayList<>();
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + reader)) {
            while (rows.next()) {
                found.add(rows.getString(1));
                types.add(rows.getString(2));
            }
        }
        List<String> names = ColumnNames.unique(found, warnings);
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            sources.add(source(found.get(i), names.get(i), types.get(i).toUpperCase(Locale.ROOT)));
        }
        return sources;
    }

    private Source source(String found, String name, String type) throws SQLException {
        String column = Sql.name(found);
        if (DuckDb.isNested(type)) {
            return nested(name, "CAST(to_json(" + column + ") AS VARCHAR)");
        }
        if (type.startsWith("DECIMAL")) {
            return new Source(name, ColumnType.DECIMAL, column);
        }
        return switch (type) {
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
                new Source(name, ColumnType.INTEGER, "CAST(" + column + " AS BIGINT)");
            case "UBIGINT", "HUGEINT", "UHUGEINT" ->
                new Source(name, ColumnType.DECIMAL, "CAST(" + column + " AS DECIMAL(38,0))");
            case "FLOAT", "DOUBLE" -> floating(column, name);
            case "BOOLEAN" -> new Source(name, ColumnType.BOOLEAN, column);
            case "DATE" -> new Source(name, ColumnType.DATE, column);
            case "TIME" -> new Source(name, ColumnType.TIME, column);
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                new Source(name, ColumnType.TIMESTAMP, "CAST(" + column + " AS TIMESTAMP)");
            case "TIMESTAMP WITH TIME ZONE" -> zoned(column, name);
            case "VARCHAR", "UUID" -> new Source(name, ColumnType.TEXT, "CAST(" + column + " AS VARCHAR)");
            case "JSON" -> nested(name, "nullif(CAST(" + column + " AS VARCHAR), 'null')");
            default -> other(column, name, type);
        };
    }

    private Source nested(String name, String sql) {
        warnings.add("Column '" + name + "' holds lists or structures; it is kept as JSON text.");
        return new Source(name, ColumnType.OTHER, sql);
    }

    private Source zoned(String column, String name) {
        warnings.add("Column '" + name + "' has times with a zone; they are stored as UTC.");
        return new Source(name, ColumnType.TIMESTAMP, "timezone('UTC', " + column + ")");
    }

    private Source other(String column, String name, String type) {
        if (type.startsWith("ENUM")) {
            return new Source(name, ColumnType.TEXT, "CAST(" + column + " AS VARCHAR)");
        }
        warnings.add("Column '" + name + "' is of type " + type + "; it is kept as text.");
        return new Source(name, ColumnType.OTHER, "CAST(" + column + " AS VARCHAR)");
    }

    private Source floating(String column, String name) throws SQLException {
        long notFinite;
        try (Statement statement = table.connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT count(*) FILTER (WHERE NOT isfinite(" + column + ")) FROM " + reader)) {
            rows.next();
            notFinite = rows.getLong(1);
        }
        String value = "CAST(" + column + " AS DOUBLE)";
        if (notFinite == 0) {
            return new Source(name, ColumnType.DECIMAL, value);
        }
        warnings.add("Column '" + name + "' has " + notFinite + (notFinite == 1 ? " value that is" : " values that are")
                + " no finite number, read as missing.");
        return new Source(name, ColumnType.DECIMAL, "CASE WHEN isfinite(" + column + ") THEN " + value + " END");
    }
}
