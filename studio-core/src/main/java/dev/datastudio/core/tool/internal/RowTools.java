package dev.datastudio.core.tool.internal;

import static dev.datastudio.core.tool.DataTools.DEFAULT_ROWS;
import static dev.datastudio.core.tool.DataTools.MAX_ROWS;

import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.core.table.TableInfo;
import dev.datastudio.core.table.TableSource;
import dev.datastudio.core.table.TableSources;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The tools that are one SELECT each. */
public final class RowTools {
    private static final String LIMIT = "limit";
    private static final String TABLE_NAME = "The table; may be left out when the source has only one";

    private RowTools() {}

    /** Runs a statement as it is given. */
    public static Tool executeSqlQuery(TableSources sources) {
        return new Select(
                sources,
                "execute_sql_query",
                "Runs one SQL SELECT over the tables of a source and gives its rows. Only reads.",
                new InputSchema().required("sql", "One SELECT statement").rows(LIMIT, DEFAULT_ROWS, MAX_ROWS),
                LIMIT,
                (source, arguments) -> arguments.required("sql"));
    }

    /** Gives the first rows of a table, all columns or some. */
    public static Tool readSourceData(TableSources sources) {
        return new Select(
                sources,
                "read_source_data",
                "Gives the first rows of a table of a source, with all columns or the named ones.",
                new InputSchema()
                        .rows(LIMIT, DEFAULT_ROWS, MAX_ROWS)
                        .optional(DataTool.TABLE, TABLE_NAME)
                        .texts("columns", "Names of the columns; all when left out"),
                LIMIT,
                (source, arguments) -> {
                    TableInfo table = source.table(arguments.text(DataTool.TABLE));
                    return "SELECT " + columns(table, arguments.texts("columns")) + " FROM " + table.sql();
                });
    }

    private static String columns(TableInfo table, List<String> names) {
        return names.isEmpty()
                ? "*"
                : names.stream().map(name -> table.column(name).sql()).collect(Collectors.joining(", "));
    }

    /** Gives random rows of a table. */
    public static Tool sampleSourceData(TableSources sources) {
        return new Select(
                sources,
                "sample_source_data",
                "Gives some rows of a table of a source, to see what its values look like.",
                new InputSchema().rows("n", DEFAULT_ROWS, MAX_ROWS).optional(DataTool.TABLE, TABLE_NAME),
                "n",
                (source, arguments) -> {
                    TableInfo table = source.table(arguments.text(DataTool.TABLE));
                    int count = arguments.count("n", DEFAULT_ROWS, MAX_ROWS);
                    return SampleSql.of(source, table, count);
                });
    }

    /** Counts the rows of a table, all or those of a condition. */
    public static Tool countRows(TableSources sources) {
        return new Select(
                sources,
                "count_rows",
                "Counts the rows of a table of a source, all or those that meet a condition.",
                new InputSchema()
                        .optional(DataTool.TABLE, TABLE_NAME)
                        .optional("condition", "An SQL condition, as after WHERE"),
                LIMIT,
                (source, arguments) -> "SELECT COUNT(*) AS row_count FROM "
                        + source.table(arguments.text(DataTool.TABLE)).sql()
                        + where(arguments.text("condition")));
    }

    /** Gives the rows of a table that meet a condition. */
    public static Tool filterData(TableSources sources) {
        return new Select(
                sources,
                "filter_data",
                "Gives the rows of a table of a source that meet a condition.",
                new InputSchema()
                        .required("condition", "An SQL condition, as after WHERE")
                        .rows(LIMIT, DEFAULT_ROWS, MAX_ROWS)
                        .optional(DataTool.TABLE, TABLE_NAME),
                LIMIT,
                (source, arguments) -> "SELECT * FROM "
                        + source.table(arguments.text(DataTool.TABLE)).sql()
                        + where(arguments.required("condition")));
    }

    /** A line end keeps a comment in the condition from taking the bracket with it. */
    static String where(String condition) {
        return condition.isBlank() ? "" : " WHERE (" + condition + "\n)";
    }

    private static final class Select extends DataTool {
        private final String limit;
        private final BiFunction<TableSource, Arguments, String> sql;

        Select(
                TableSources sources,
                String name,
                String description,
                InputSchema schema,
                String limit,
                BiFunction<TableSource, Arguments, String> sql) {
            super(sources, name, description, schema);
            this.limit = limit;
            this.sql = sql;
        }

        @Override
        String answer(TableSource source, Arguments arguments, ToolContext context) {
            QueryLimits limits = QueryLimits.DEFAULT.withMaxRows(arguments.count(limit, DEFAULT_ROWS, MAX_ROWS));
            Query query = new Query(sql.apply(source, arguments), List.of(), limits);
            return RowText.of(source.engine().execute(query, context.cancellation()));
        }
    }
}
