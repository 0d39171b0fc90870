package dev.datastudio.agents.reporter.internal.repair;

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
        boolean aggregates = select.getSelectItems().stream().anyMatch(item -> hasAggregate(item.getExpression()));
        if (!aggregates && select.getGroupBy() == null) {
            return;
        }
        for (SelectItem<?> item : select.getSelectItems()) {
            Expression expression = item.getExpression();
            if (!hasAggregate(expression) && hasColumn(expression) && !isGrouped(select, item)) {
                select.addGroupByColumnReference(expression);
                added.add(expression.toString());
            }
        }
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

    /** Whether an aggregate stands in an expression itself, not in a query within it. */
    static boolean hasAggregate(Expression expression) {
        boolean[] found = new boolean[1];
        SqlNodes.visit(expression, node -> {
            if (node instanceof Select) {
                return false;
            }
            boolean aggregate = node instanceof AnalyticExpression
                    || (node instanceof Function function
                            && function.getName() != null
                            && AGGREGATES.contains(function.getName().toLowerCase(Locale.ROOT)));
            found[0] |= aggregate;
            return !aggregate;
        });
        return found[0];
    }
}
