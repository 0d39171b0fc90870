package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Takes from words the meanings that lie outside the chosen tables, and those that lie in the less likely of them. */
final class Narrowing {
    private static final double BESIDE = 3;
    private static final double NEAR = 1;

    private final List<Item> items;
    private final Scope chosen;
    private final Map<TableEntry, Integer> certain = new HashMap<>();

    private Narrowing(List<Item> items, Scope chosen) {
        this.items = items;
        this.chosen = chosen;
    }

    /** The items with the meanings that they have in the chosen tables. */
    static List<Item> of(List<Item> items, Scope chosen) {
        return new Narrowing(items, chosen).narrowed();
    }

    private List<Item> narrowed() {
        List<Item> inside = items.stream().map(this::inside).toList();
        for (Item item : inside) {
            List<TableEntry> tables = tables(item);
            if (tables.size() == 1) {
                certain.merge(tables.get(0), 1, Integer::sum);
            }
        }
        List<Item> narrowed = new ArrayList<>();
        for (int at = 0; at < inside.size(); at++) {
            narrowed.add(likeliest(inside, at));
        }
        return narrowed;
    }

    private boolean isChosen(ColumnEntry column) {
        return chosen.tables().stream().anyMatch(t -> t.has(column));
    }

    private Item inside(Item item) {
        List<ColumnMatch> columns =
                item.columns().stream().filter(m -> isChosen(m.column())).toList();
        if (item.is(Item.Kind.VALUE)) {
            return Item.values(
                    item.text(),
                    item.values().stream().filter(v -> isChosen(v.column())).toList());
        } else if (item.is(Item.Kind.COLUMN)) {
            return Item.columns(item.text(), columns);
        } else if (!item.is(Item.Kind.TABLE)) {
            return item;
        }
        List<TableMatch> tables = item.tables().stream()
                .filter(m -> chosen.tables().contains(m.table()))
                .toList();
        if (!tables.isEmpty()) {
            return Item.tables(item.text(), tables, columns);
        }
        List<ColumnMatch> keys = columns.isEmpty() ? references(item) : columns;
        return keys.isEmpty() ? Item.word(item.text(), Tag.RELATES, "") : Item.columns(item.text(), keys);
    }

    /** The columns by which the chosen tables refer to the one that is named. */
    private List<ColumnMatch> references(Item item) {
        List<ColumnMatch> keys = new ArrayList<>();
        for (TableMatch match : item.tables()) {
            for (TableEntry table : chosen.tables()) {
                chosen.joins()
                        .references(table, match.table())
                        .forEach(c -> keys.add(new ColumnMatch(c, 0.95, ColumnMatch.How.PART)));
            }
        }
        return keys;
    }

    private List<TableEntry> tables(Item item) {
        if (item.is(Item.Kind.TABLE)) {
            return item.tables().stream().map(TableMatch::table).toList();
        }
        return java.util.stream.Stream.concat(
                        item.columns().stream().map(ColumnMatch::column),
                        item.values().stream().map(ValueMatch::column))
                .map(chosen::tableOf)
                .distinct()
                .toList();
    }

    private Item likeliest(List<Item> inside, int at) {
        Item item = inside.get(at);
        if (tables(item).size() < 2) {
            return item;
        }
        if (item.is(Item.Kind.TABLE)) {
            return Item.tables(item.text(), item.tables().subList(0, 1), item.columns());
        } else if (item.is(Item.Kind.VALUE)) {
            return Item.values(item.text(), likeliest(inside, at, item.values(), ValueMatch::column, v -> 1.0));
        }
        return Item.columns(
                item.text(), likeliest(inside, at, item.columns(), ColumnMatch::column, ColumnMatch::score));
    }

    private <T> List<T> likeliest(
            List<Item> inside, int at, List<T> all, Function<T, ColumnEntry> column, Function<T, Double> score) {
        List<TableEntry> owners = Owners.of(inside, at);
        Owners.Nearest nearest = Owners.nearest(inside, at);
        Map<T, Double> points = new HashMap<>();
        double most = 0;
        for (T match : all) {
            TableEntry table = chosen.tableOf(column.apply(match));
            double sum = 4 * score.apply(match)
                    + (owners.contains(table) ? BESIDE : 0)
                    + (nearest.tables().contains(table) ? NEAR : 0)
                    + 0.1 * Math.min(4, certain.getOrDefault(table, 0));
            points.put(match, sum);
            most = Math.max(most, sum);
        }
        double best = most;
        List<T> kept = all.stream()
                .filter(m -> points.getOrDefault(m, 0.0) > best - 0.05)
                .toList();
        boolean same = kept.stream().allMatch(m -> kept.get(0).equals(m) || isJoined(column, kept.get(0), m));
        return same ? kept.subList(0, 1) : kept;
    }

    /** Keys that are joined hold the same values, so either side will do. */
    private <T> boolean isJoined(Function<T, ColumnEntry> column, T a, T b) {
        return chosen.joins().areJoined(column.apply(a), column.apply(b));
    }
}
