package dev.datastudio.agents.planner.model;

import dev.datastudio.agents.planner.ValueLookup;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.text.internal.OutsideText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A table as a model is told of it, in a line each of three lengths. Names and values are written as JSON texts
 * that show what can't be seen, so that nothing in them can end the line. Immutable.
 */
final class TableText {
    private static final int MOST_CATEGORIES = 12;
    private static final int MOST_MENTIONED = 5;
    private static final int LONGEST_VALUE = 40;
    private static final int LONGEST_NAME = 120;
    private static final Pattern PLAIN_NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    /** Of a wider table, the columns that the question names come first, and the others are left out. */
    private static final int MOST_COLUMNS = 40;

    private final Dataset table;
    private final ValueLookup lookup;
    private final ShownValues shown;
    private final QuestionWords question;
    private final Map<String, List<String>> mentioned = new HashMap<>();

    TableText(Dataset table, ValueLookup lookup, ShownValues shown, QuestionWords question) {
        this.table = table;
        this.lookup = lookup;
        this.shown = shown;
        this.question = question;
        if (shown != ShownValues.NONE) {
            for (Column column : table.columns()) {
                mentioned.put(column.name(), mentions(column));
            }
        }
    }

    String name() {
        return table.table();
    }

    /** How much of the question is about this table; 0 when nothing seems to be. */
    double relevance() {
        double score = 2.0 * question.sharedWith(table.table());
        for (Column column : table.columns()) {
            score += question.sharedWith(column.name());
            score += mentioned(column).isEmpty() ? 0 : 2;
        }
        return score;
    }

    /** The table with columns and values, at its full length. */
    String full() {
        return line(shown);
    }

    /** The table with columns alone, and the values that the question names. */
    String columns() {
        return line(shown == ShownValues.NONE ? ShownValues.NONE : ShownValues.MENTIONED);
    }

    private String line(ShownValues values) {
        List<Column> told = told();
        StringBuilder line = new StringBuilder(name(table.table()))
                .append(", ")
                .append(String.format(Locale.ROOT, "%,d", table.rowCount()))
                .append(" rows: ");
        for (int i = 0; i < told.size(); i++) {
            line.append(i == 0 ? "" : "; ").append(column(told.get(i), values));
        }
        int more = table.columns().size() - told.size();
        return more == 0
                ? line.toString()
                : line.append("; and ").append(more).append(" more columns").toString();
    }

    private List<Column> told() {
        if (table.columns().size() <= MOST_COLUMNS) {
            return table.columns();
        }
        List<Column> first = table.columns().stream()
                .sorted(Comparator.comparingLong(
                        c -> -question.sharedWith(c.name()) - mentioned(c).size()))
                .limit(MOST_COLUMNS)
                .toList();
        return table.columns().stream().filter(first::contains).toList();
    }

    private String column(Column column, ShownValues values) {
        StringBuilder text = new StringBuilder(name(column.name())).append(type(column));
        if (!column.unit().isEmpty()) {
            text.append(" in ").append(value(column.unit()));
        }
        List<String> examples = values(column, values);
        if (!examples.isEmpty()) {
            text.append(" (")
                    .append(String.join(
                            ", ", examples.stream().map(TableText::value).toList()))
                    .append(')');
        }
        return text.toString();
    }

    /** Nothing for numbers, which are most columns of most tables. */
    private static String type(Column column) {
        String type = switch (column.type()) {
            case INTEGER, DECIMAL -> "";
            case TIMESTAMP -> " datetime";
            default -> " " + column.type().name().toLowerCase(Locale.ROOT);
        };
        boolean saysSo = column.name().toLowerCase(Locale.ROOT).endsWith("id");
        return column.role() == ColumnRole.ID && !saysSo ? type + " id" : type;
    }

    private List<String> values(Column column, ShownValues values) {
        if (values == ShownValues.NONE || column.type() != ColumnType.TEXT) {
            return List.of();
        }
        List<String> stored = lookup.values(table, column);
        boolean few = values == ShownValues.CATEGORIES && stored.size() <= MOST_CATEGORIES;
        return few ? stored : mentioned(column);
    }

    private List<String> mentioned(Column column) {
        return mentioned.getOrDefault(column.name(), List.of());
    }

    private List<String> mentions(Column column) {
        List<String> found = new ArrayList<>();
        if (column.type() == ColumnType.TEXT) {
            for (String value : lookup.values(table, column)) {
                if (found.size() < MOST_MENTIONED && question.mention(value)) {
                    found.add(value);
                }
            }
        }
        return found;
    }

    /** A name: bare where it is but letters, digits and _, otherwise as a JSON text. */
    static String name(String name) {
        return PLAIN_NAME.matcher(name).matches() && name.length() <= LONGEST_NAME
                ? name
                : OutsideText.json(name, LONGEST_NAME);
    }

    private static String value(String value) {
        return OutsideText.json(value, LONGEST_VALUE);
    }
}
