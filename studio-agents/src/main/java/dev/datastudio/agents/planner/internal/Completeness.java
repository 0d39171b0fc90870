package dev.datastudio.agents.planner.internal;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Whether words are a question of their own: they name what is computed and of what. */
final class Completeness {
    private static final Set<String> OF_ALL = Set.of("summary", "missing", "duplicates", "columns", "outliers");
    private static final Set<String> MODIFIERS = Set.of("share", "list", "comparison");

    private final List<Item> items;

    Completeness(List<Item> items) {
        this.items = items;
    }

    boolean isQuestion() {
        boolean hasColumn = has(Item.Kind.COLUMN);
        boolean hasRows = has(Item.Kind.TABLE) || has(Tag.ROWS) || has(Tag.PERSON);
        boolean aggregates = has(Tag.AGGREGATE) && hasColumn;
        boolean counts = has(Tag.COUNT) && (hasColumn || hasRows);
        boolean extremes = has(Tag.MORE_OF) || has(Tag.LESS_OF) || (hasQuantity() && ranks());
        return aggregates || counts || extremes || operates() || groups() || draws();
    }

    private boolean ranks() {
        return has(Tag.HIGHEST) || has(Tag.LOWEST) || has(Tag.TOP) || has(Tag.BOTTOM) || has(Tag.JUDGED);
    }

    private boolean operates() {
        long columns = items.stream().filter(i -> i.is(Item.Kind.COLUMN)).count();
        return items.stream()
                .filter(i -> i.is(Tag.OPERATION) && !MODIFIERS.contains(i.argument()))
                .anyMatch(i -> OF_ALL.contains(i.argument())
                        || columns >= (i.argument().equals("correlation") ? 2 : 1));
    }

    /** "Profit by region", "monthly sales", not "by region" alone. */
    private boolean groups() {
        int column = first(Item.Kind.COLUMN);
        int group = IntStream.range(0, items.size())
                .filter(i -> items.get(i).is(Tag.GROUP))
                .findFirst()
                .orElse(-1);
        boolean alongTime = has(Tag.GRAIN_ADJECTIVE) || has(Tag.OVER_TIME);
        return column >= 0 && hasQuantity() && ((group > column) || (alongTime && group < 0));
    }

    /** "Histogram of fare", not "as a pie by region". */
    private boolean draws() {
        int column = first(Item.Kind.COLUMN);
        boolean grouped = IntStream.range(0, Math.max(0, column))
                .anyMatch(i -> items.get(i).is(Tag.GROUP));
        return has(Tag.CHART) && column >= 0 && !grouped;
    }

    private int first(Item.Kind kind) {
        return IntStream.range(0, items.size())
                .filter(i -> items.get(i).is(kind))
                .findFirst()
                .orElse(-1);
    }

    private boolean has(Item.Kind kind) {
        return items.stream().anyMatch(i -> i.is(kind));
    }

    private boolean has(Tag tag) {
        return items.stream().anyMatch(i -> i.is(tag));
    }

    private boolean hasQuantity() {
        return items.stream()
                .anyMatch(i -> i.is(Item.Kind.COLUMN)
                        && i.columns().stream().anyMatch(m -> m.column().isQuantity()));
    }
}
