package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.dataset.FileFormat;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fills a table from a file that says itself what its columns are: Parquet and JSON. */
final class TypedImport {
    private static final String JSON_OPTIONS =
            ", format = 'auto', records = 'auto', sample_size = -1," + " maximum_object_size = 67108864";

    private final String name;
    private final String reader;
    private final TableFile table;
    private final List<String> warnings = new ArrayList<>();

    TypedImport(Path file, FileFormat format, String name, TableFile table) {
        this(reader(file, format), name, table);
    }

    /** Reads a table or table function of the database. */
    TypedImport(String reader, String name, TableFile table) {
        this.name = name;
        this.reader = reader;
        this.table = table;
    }

    private static String reader(Path file, FileFormat format) {
        String path = Sql.text(DuckDb.escapeGlob(file));
        return format == FileFormat.PARQUET ? "read_parquet(" + path + ")" : "read_json(" + path + JSON_OPTIONS + ")";
    }

    /** A column of the file and how it is taken over. */
    private record Source(String name, ColumnType type, String sql) {}

    ImportedTable run() throws SQLException {
        try {
            List<Source> sources = sources();
            List<TableFile.Shape> shapes = new ArrayList<>();
            StringBuilder select = new StringBuilder();
            for (Source source : sources) {
                select.append(select.isEmpty() ? "SELECT " : ", ")
                        .append(source.sql())
                        .append(" AS ")
                        .append(Sql.name(source.name()));
                shapes.add(new TableFile.Shape(source.name(), source.type(), ""));
            }
            table.fill(select + " FROM " + reader);
            long rows = table.rowCount();
            if (rows == 0) {
                throw new StudioException(
                        ErrorCode.FILE_HAS_NO_ROWS,
                        "The file " + StudioException.quote(name) + " has no rows",
                        "Import a file with at least one row");
            }
            return new ImportedTable(rows, table.columns(shapes, rows), warnings);
        } catch (SQLException e) {
            if (DuckDb.isMachineFault(e)) {
                throw e;
            }
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "The file " + StudioException.quote(name) + " can't be read: "
                            + DuckDb.reason(e).replaceAll("in file \"[^\"]*\", ", ""),
                    "Mend the file, or get it again from where it came from",
                    e);
        }
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
        if (type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP") || type.startsWith("UNION")) {
            warnings.add("Column '" + name + "' holds lists or structures; it is kept as JSON text.");
            return new Source(name, ColumnType.OTHER, "CAST(to_json(" + column + ") AS VARCHAR)");
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
            default -> other(column, name, type);
        };
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
