package dev.datastudio.core.tool.internal;

import static dev.datastudio.core.tool.DataTools.MAX_ROWS;

import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.core.table.TableInfo;
import dev.datastudio.core.table.TableSource;
import dev.datastudio.core.table.TableSources;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Groups the rows of a table and aggregates a column. */
public final class AggregateData extends DataTool {
    private static final Pattern CALL = Pattern.compile("\\s*(\\w+)\\s*(?:\\(\\s*(.*?)\\s*\\))?\\s*", Pattern.DOTALL);
    private static final Set<String> FUNCTIONS = Set.of("sum", "avg", "min", "max", "count", "count_distinct");

    public AggregateData(TableSources sources) {
        super(
                sources,
                "aggregate_data",
                "Groups the rows of a table of a source by columns and computes one aggregate a group, the greatest"
                        + " first.",
                new InputSchema()
                        .texts("group_by", "Names of the columns to group by")
                        .required(
                                "agg_func",
                                "count, or one of sum, avg, min, max, count, count_distinct with a column,"
                                        + " such as sum(amount)")
                        .optional(TABLE, "The table; may be left out when the source has only one"));
    }

    @Override
    String answer(TableSource source, Arguments arguments, ToolContext context) {
        TableInfo table = source.table(arguments.text(TABLE));
        String value = aggregate(table, arguments.required("agg_func"));
        String groups = arguments.texts("group_by").stream()
                .map(name -> table.column(name).sql())
                .collect(Collectors.joining(", "));
        String sql = groups.isEmpty()
                ? "SELECT " + value + " FROM " + table.sql()
                : "SELECT " + groups + ", " + value + " FROM " + table.sql() + " GROUP BY " + groups
                        + " ORDER BY agg_value DESC, " + groups;
        Query query = new Query(sql, List.of(), QueryLimits.DEFAULT.withMaxRows(MAX_ROWS));
        return RowText.of(source.engine().execute(query, context.cancellation()));
    }

    private static String aggregate(TableInfo table, String written) {
        Matcher call = CALL.matcher(written);
        String function = call.matches() ? call.group(1).toLowerCase(Locale.ROOT) : "";
        if (!FUNCTIONS.contains(function)) {
            throw Arguments.invalid(
                    "The aggregate '" + written + "' is unknown",
                    "Use one of " + FUNCTIONS.stream().sorted().toList() + " with a column, such as sum(amount)");
        }
        String column = call.group(2);
        if (column == null || column.isEmpty() || column.equals("*")) {
            if (!function.equals("count")) {
                throw Arguments.invalid(
                        "'" + written + "' names no column", "Name one, such as " + function + "(amount)");
            }
            return "COUNT(*) AS agg_value";
        }
        String sql = table.column(column.replaceAll("^\"|\"$", "")).sql();
        return function.equals("count_distinct")
                ? "COUNT(DISTINCT " + sql + ") AS agg_value"
                : function.toUpperCase(Locale.ROOT) + "(" + sql + ") AS agg_value";
    }
}
