package dev.datastudio.core.export.internal;

import static dev.datastudio.core.query.internal.DuckDbDriver.identifier;
import static dev.datastudio.core.query.internal.DuckDbDriver.literal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.export.ExportOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The COPY statement of an export that DuckDB writes itself. */
final class CopyStatement {
    private final List<ResultColumn> columns;
    private final ExportOptions options;

    CopyStatement(List<ResultColumn> columns, ExportOptions options) {
        this.columns = columns;
        this.options = options;
    }

    String sql(String relation, Path target) {
        String select = columns.stream().map(this::column).collect(Collectors.joining(", "));
        return "COPY (SELECT " + select + " FROM " + relation + ") TO " + literal(target.toString()) + " (" + format()
                + ", USE_TMP_FILE false)";
    }

    private String format() {
        return switch (options.format()) {
            case CSV -> "FORMAT csv, HEADER true";
            case TSV -> "FORMAT csv, HEADER true, DELIMITER '\t'";
            case JSON -> "FORMAT json, ARRAY true";
            case JSON_LINES -> "FORMAT json";
            case PARQUET -> "FORMAT parquet";
            case EXCEL -> throw new IllegalArgumentException("DuckDB does not write Excel");
        };
    }

    private String column(ResultColumn column) {
        String name = identifier(column.name());
        String value = switch (options.format()) {
            case CSV, TSV -> inText(column, name);
            case JSON, JSON_LINES -> inJson(column, name);
            case PARQUET, EXCEL -> name;
        };
        String heading = options.neutralises() ? FormulaCells.neutral(column.name()) : column.name();
        return value + " AS " + identifier(heading);
    }

    private String inText(ResultColumn column, String name) {
        boolean text = column.type() == ColumnType.TEXT;
        return text && options.neutralises() ? FormulaCells.neutralSql(name) : name;
    }

    /** JSON has no infinite numbers, and points in time are texts of ISO 8601. */
    private static String inJson(ResultColumn column, String name) {
        if (column.type() == ColumnType.TIMESTAMP) {
            return "replace(CAST(" + name + " AS VARCHAR), ' ', 'T')";
        } else if (column.type() == ColumnType.DECIMAL) {
            return "CASE WHEN isfinite(CAST(" + name + " AS DOUBLE)) THEN " + name + " END";
        }
        return name;
    }
}
