package dev.datastudio.agents.reporter.internal.repair;

import dev.datastudio.core.analysis.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;

/** Groups by what is shown beside aggregates and stands in no group, where the engine says that it misses that. */
final class Grouping {
    private static final Set<String> AGGREGATES = Set.of(
            "any_value",
            "array_agg",
            "avg",
            "bool_and",
            "bool_or",
            "count",
            "group_concat",
            "list",
            "max",
            "median",
            "min",
            "mode",
            "percentile_cont",
            "percentile_disc",
            "quantile_cont",
            "quantile_disc",
            "std",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "string_agg",
            "sum",
            "total",
            "var_pop",
            "var_samp",
            "variance");

    private Grouping() {}

    static Optional<Repair> mend(Faulty faulty) {
        if (!faulty.error().what().toUpperCase(Locale.ROOT).contains("GROUP BY")) {
            return Optional.empty();
        }
        return faulty.parse().flatMap(Grouping::mend);
    }

    /**
     * What a lenient engine would show of any row of each group: SQLite and MySQL run such a statement.
     *
     * @return the first of them; empty when there is none, or the engine refuses it itself
     */
    static Optional<String> arbitrary(String sql, SqlDialect dialect) {
        if (dialect != SqlDialect.SQLITE && dialect != SqlDialect.MYSQL) {
            return Optional.empty();
        }
        Optional<ParsedSql> parsed = ParsedSql.read(sql);
        for (PlainSelect select :
                parsed.map(p -> SqlNodes.all(p.select(), PlainSelect.class)).orElse(List.of())) {
            boolean known = dialect == SqlDialect.SQLITE && isOfOneExtreme(select);
            List<SelectItem<?>> missing = known ? List.of() : ungrouped(select);
            if (!missing.isEmpty()) {
                return Optional.of(missing.get(0).getExpression().toString());
            }
        }
        return Optional.empty();
    }

    /** SQLite takes the other columns from the row of the only min() or max(), which its manual promises. */
    private static boolean isOfOneExtreme(PlainSelect select) {
        List<Function> aggregates = select.getSelectItems().stream()
                .flatMap(item -> SqlNodes.all(item.getExpression(), Function.class).stream())
                .filter(function ->
                        AGGREGATES.contains(String.valueOf(function.getName()).toLowerCase(Locale.ROOT)))
                .toList();
        return aggregates.size() == 1
                && Set.of("min", "max").contains(aggregates.get(0).getName().toLowerCase(Locale.ROOT));
    }

    private static Optional<Repair> mend(ParsedSql parsed) {
        List<String> added = new ArrayList<>();
        for (PlainSelect select : SqlNodes.all(parsed.select(), PlainSelect.class)) {
            mend(select, added);
        }
        return added.isEmpty()
                ? Optional.empty()
                : Optional.of(new Repair(
                        "ungrouped column",
                        parsed.text(),
                        "The rows are grouped by " + String.join(", ", added)
                                + " too, which stood beside aggregates in no group."));
    }

    private static void mend(PlainSelect select, List<String> added) {
        for (SelectItem<?> item : ungrouped(select)) {
            select.addGroupByColumnReference(item.getExpression());
            added.add(item.getExpression().toString());
        }
    }

    private static List<SelectItem<?>> ungrouped(PlainSelect select) {
        boolean aggregates = select.getSelectItems().stream().anyMatch(item -> hasAggregate(item.getExpression()));
        List<SelectItem<?>> ungrouped = new ArrayList<>();
        if (aggregates || select.getGroupBy() != null) {
            for (SelectItem<?> item : select.getSelectItems()) {
                Expression expression = item.getExpression();
                if (!hasAggregate(expression)
                        && !hasWindow(expression)
                        && hasColumn(expression)
                        && !isGrouped(select, item)) {
                    ungrouped.add(item);
                }
            }
        }
        return ungrouped;
    }

    private static boolean isGrouped(PlainSelect select, SelectItem<?> item) {
        if (select.getGroupBy() == null) {
            return false;
        }
        ExpressionList<?> groups = select.getGroupBy().getGroupByExpressionList();
        int place = select.getSelectItems().indexOf(item) + 1;
        for (Object group : groups == null ? List.of() : groups) {
            boolean named =
                    group.toString().equalsIgnoreCase(item.getExpression().toString())
                            || (item.getAliasName() != null && group.toString().equalsIgnoreCase(item.getAliasName()))
                            || (group instanceof LongValue number && number.getValue() == place);
            if (named) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasColumn(Expression expression) {
        return expression instanceof Column
                || !SqlNodes.all(expression, Column.class).isEmpty();
    }

    /** Whether an aggregate stands in an expression itself, not in a query or a window within it. */
    private static boolean hasAggregate(Expression expression) {
        boolean[] found = new boolean[1];
        SqlNodes.visit(expression, node -> {
            if (node instanceof Select || node instanceof AnalyticExpression) {
                return false;
            }
            found[0] |= node instanceof Function function
                    && function.getName() != null
                    && AGGREGATES.contains(function.getName().toLowerCase(Locale.ROOT));
            return !found[0];
        });
        return found[0];
    }

    private static boolean hasWindow(Expression expression) {
        return !SqlNodes.all(expression, AnalyticExpression.class).isEmpty();
    }
}
