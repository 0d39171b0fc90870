package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.StepColumn;
import dev.datastudio.core.analysis.StepColumn.Origin;
import dev.datastudio.core.analysis.StepColumn.Role;
import java.util.ArrayList;
import java.util.List;

/** The columns of a result as they are put together, each under a label of its own. Not thread-safe. */
final class Output {
    private final Dialect dialect;
    private final List<StepColumn> columns = new ArrayList<>();

    Output(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Adds a column, and gives its quoted name. */
    Sql add(String label, String unit, ColumnType type, Origin origin) {
        String free = cut(label, dialect.maxLabelLength());
        for (int i = 2; isTaken(free); i++) {
            String ending = " (" + i + ")";
            free = cut(label, dialect.maxLabelLength() - ending.length()) + ending;
        }
        columns.add(new StepColumn(free, unit, type, origin));
        return dialect.name(free);
    }

    /** Adds a column that the operation itself computes. */
    Sql add(String label, String unit, ColumnType type, Role role) {
        return add(label, unit, type, new Origin.OfOperation(role));
    }

    /** A quoted name that no column has, for what only the statement itself reads. */
    Sql spare(String name) {
        String free = name;
        for (int i = 2; isTaken(free); i++) {
            free = name + "_" + i;
        }
        return dialect.name(free);
    }

    List<StepColumn> columns() {
        return columns;
    }

    /** The quoted names of all columns. */
    List<Sql> names() {
        return columns.stream().map(c -> dialect.name(c.label())).toList();
    }

    private boolean isTaken(String label) {
        return columns.stream().anyMatch(c -> c.label().equalsIgnoreCase(label));
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
        return text.substring(0, end) + "…";
    }
}
