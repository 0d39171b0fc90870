package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.Expression;
import java.util.List;

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

    /** True or false, or 0 or 1. */
    boolean isFlag() {
        return column.type() == ColumnType.BOOLEAN
                || (column.type() == ColumnType.INTEGER && column.distinctCount() == 2);
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

    /** Whole numbers of few different values, such as cylinders. */
    boolean isSmallInteger() {
        return column.type() == ColumnType.INTEGER && column.distinctCount() >= 0 && column.distinctCount() <= FEW;
    }
}
