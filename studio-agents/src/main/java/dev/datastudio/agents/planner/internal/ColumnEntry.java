package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Expression;
import java.util.List;
import java.util.Set;

/**
 * A column as the planner sees it.
 *
 * @param table its table's name in SQL
 * @param column the column
 * @param position its index in the table
 * @param parts the words of its name, singular, without a unit in brackets
 * @param core how many of the parts name it; the others, as "name" and "id", are optional
 */
record ColumnEntry(String table, Column column, int position, List<String> parts, List<String> core) {
    private static final int FEW = 50;
    private static final Set<String> VERDICTS =
            Set.of("is", "has", "was", "flag", "active", "alive", "default", "target", "churn");

    Expression.ColumnRef ref() {
        return new Expression.ColumnRef(table, column.name());
    }

    String name() {
        return column.name();
    }

    boolean isNumeric() {
        return column.type().isNumeric();
    }

    boolean isTemporal() {
        return column.type().isTemporal();
    }

    /** Whole numbers that are years: grouped as they are. */
    boolean isYearNumber() {
        return column.type() == ColumnType.INTEGER
                && (column.role() == ColumnRole.TIME || parts.contains("year"))
                && parts.contains("year");
    }

    /** Whether something can be added or averaged over it. */
    boolean isQuantity() {
        return isNumeric() && column.role() != ColumnRole.ID && column.role() != ColumnRole.TIME && !isYearNumber();
    }

    /** Whether it holds the ranges of one of these, as "Sales (bin)" those of Sales. */
    boolean isBinOf(List<ColumnMatch> others) {
        int last = parts.size() - 1;
        return last > 0
                && parts.get(last).equals("bin")
                && others.stream().anyMatch(o -> o.column().parts().equals(parts.subList(0, last)));
    }

    /** True or false, or 0 or 1. */
    boolean isFlag() {
        return column.type() == ColumnType.BOOLEAN
                || (column.type() == ColumnType.INTEGER && column.distinctCount() == 2 && soundsTrueOrFalse());
    }

    /** Two whole numbers may as well be 1 and 2, so the name must say that something holds: survived, is_member. */
    private boolean soundsTrueOrFalse() {
        String last = parts.get(parts.size() - 1);
        return parts.stream().anyMatch(VERDICTS::contains) || (last.length() > 4 && last.endsWith("ed"));
    }

    /** Whether its values make groups by themselves. */
    boolean isCategory() {
        if (column.role() == ColumnRole.TIME && isTemporal()) {
            return false;
        }
        return !isNumeric()
                || column.role() == ColumnRole.DIMENSION
                || column.role() == ColumnRole.ID
                || isYearNumber()
                || isSmallInteger();
    }

    /** Whether it names rows, its own or another table's. */
    boolean isKey() {
        return column.role() == ColumnRole.ID || (core.size() < parts.size() && parts.contains("id"));
    }

    /** Whole numbers. */
    boolean isWhole() {
        return column.type() == ColumnType.INTEGER;
    }

    /** Whole numbers of few different values, such as cylinders. */
    boolean isSmallInteger() {
        return column.type() == ColumnType.INTEGER && column.distinctCount() >= 0 && column.distinctCount() <= FEW;
    }
}
