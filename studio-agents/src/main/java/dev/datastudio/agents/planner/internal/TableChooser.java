package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tables a question is about: the smallest sets of tables that hold a meaning for each of its words and are
 * connected by relations, those with the better meanings first.
 */
final class TableChooser {
    /** What each further table costs, beside which a full name of a column costs nothing and half a name costs as much. */
    private static final double FURTHER = 1;

    /** What a table costs that only connects two others. */
    private static final double LINK = 0.3;

    private static final double NEVER = 1_000;
    private static final int MOST_TABLES = 4;
    private static final int MOST_CANDIDATES = 12;
    private static final double WORTH_TRYING = 2.5;
    private static final int MOST_CHOICES = 6;

    private final List<Item> items;
    private final Scope scope;

    private TableChooser(List<Item> items, Scope scope) {
        this.items = items;
        this.scope = scope;
    }

    /**
     * Tables to be tried.
     *
     * @param cost how badly they fit, 0 for perfectly
     */
    record Choice(List<TableEntry> tables, double cost) {}

    /** The sets of tables that fit the words, the best first; empty when none holds all of them. */
    static List<Choice> rank(List<Item> items, Scope scope) {
        return new TableChooser(items, scope).rank();
    }

    private List<Choice> rank() {
        List<TableEntry> candidates = candidates();
        if (candidates.isEmpty()) {
            return scope.tables().stream()
                    .limit(MOST_CANDIDATES)
                    .map(t -> new Choice(List.of(t), 0))
                    .toList();
        }
        double[][] costs = costs(candidates);
        List<Choice> choices = new ArrayList<>();
        int all = 1 << candidates.size();
        for (int set = 1; set < all; set++) {
            int size = Integer.bitCount(set);
            if (size <= MOST_TABLES) {
                double cost = (size - 1) * FURTHER + fit(costs, set);
                if (cost < NEVER) {
                    choices.add(new Choice(tables(candidates, set), cost));
                }
            }
        }
        choices.sort(Comparator.comparingDouble(Choice::cost));
        return connected(choices);
    }

    /** The cheapest choices whose tables can be joined, with what lies between them. */
    private List<Choice> connected(List<Choice> choices) {
        List<Choice> kept = new ArrayList<>();
        for (Choice choice : choices) {
            double best = kept.isEmpty() ? choice.cost() : kept.get(0).cost();
            if (kept.size() >= MOST_CHOICES || choice.cost() > best + WORTH_TRYING) {
                break;
            }
            List<List<TableEntry>> ways = choice.tables().size() == 1
                    ? List.of(choice.tables())
                    : JoinWords.named(scope.joins().connections(choice.tables()), items);
            for (List<TableEntry> joined : ways) {
                double links = LINK * (joined.size() - choice.tables().size());
                kept.add(new Choice(joined, choice.cost() + links));
            }
        }
        kept.sort(Comparator.comparingDouble(Choice::cost));
        return kept;
    }

    private static List<TableEntry> tables(List<TableEntry> candidates, int set) {
        List<TableEntry> tables = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            if ((set & (1 << i)) != 0) {
                tables.add(candidates.get(i));
            }
        }
        return tables;
    }

    /** The tables that most words have a meaning in. */
    private List<TableEntry> candidates() {
        Map<TableEntry, Integer> words = new LinkedHashMap<>();
        for (Item item : items) {
            item.columns().stream()
                    .map(m -> scope.tableOf(m.column()))
                    .distinct()
                    .forEach(t -> words.merge(t, 1, Integer::sum));
            item.values().stream()
                    .map(v -> scope.tableOf(v.column()))
                    .distinct()
                    .forEach(t -> words.merge(t, 1, Integer::sum));
            item.tables().forEach(t -> words.merge(t.table(), 2, Integer::sum));
        }
        return words.entrySet().stream()
                .sorted(Map.Entry.<TableEntry, Integer>comparingByValue().reversed())
                .limit(MOST_CANDIDATES)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static double fit(double[][] costs, int set) {
        double sum = 0;
        for (double[] item : costs) {
            double least = NEVER;
            for (int t = 0; t < item.length; t++) {
                if ((set & (1 << t)) != 0) {
                    least = Math.min(least, item[t]);
                }
            }
            sum += least;
        }
        return sum;
    }

    /** For each item that has a meaning in tables, what it costs to take it from each. */
    private double[][] costs(List<TableEntry> candidates) {
        List<double[]> costs = new ArrayList<>();
        for (int at = 0; at < items.size(); at++) {
            Item item = items.get(at);
            if (item.is(Item.Kind.COLUMN)
                    || item.is(Item.Kind.VALUE)
                    || !item.tables().isEmpty()) {
                double[] row = new double[candidates.size()];
                Arrays.fill(row, NEVER);
                List<TableEntry> owners = Owners.of(items, at);
                for (int t = 0; t < candidates.size(); t++) {
                    TableEntry table = candidates.get(t);
                    double elsewhere = owners.isEmpty() || owners.contains(table) ? 0 : 0.5;
                    row[t] = Math.min(NEVER, cost(item, at, table) + elsewhere);
                }
                costs.add(row);
            }
        }
        return costs.toArray(new double[0][]);
    }

    private double cost(Item item, int at, TableEntry table) {
        if (item.is(Item.Kind.VALUE)) {
            return item.values().stream().anyMatch(v -> table.has(v.column())) ? 0 : NEVER;
        }
        double asColumn = item.columns().stream()
                .filter(m -> table.has(m.column()) && !isKeyFor(m.column(), item))
                .mapToDouble(m -> 2 * (1 - m.score()))
                .min()
                .orElse(NEVER);
        if (item.is(Item.Kind.COLUMN)) {
            return asColumn;
        }
        boolean isWhole = item.tables().get(0).score() == 1;
        return Math.min(named(item, at, table), asColumn + (isWhole && asColumn > 0 ? 0.7 : 0.1));
    }

    /** A column that holds no more than the keys of the table that an item names. */
    private boolean isKeyFor(ColumnEntry column, Item item) {
        return item.tables().stream()
                .anyMatch(m -> scope.joins()
                        .references(scope.tableOf(column), m.table())
                        .contains(column));
    }

    /** A table costs little itself; a column that refers to it does for counting, but hides what its rows are called. */
    private double named(Item item, int at, TableEntry table) {
        double cost = NEVER;
        for (TableMatch match : item.tables()) {
            if (match.table().equals(table)) {
                return 0.5 * (1 - match.score());
            }
            boolean refers = !scope.joins().references(table, match.table()).isEmpty();
            boolean isCounted = isCounted(at);
            boolean hasName = hasMoreThanKey(table, match.table());
            boolean isAkin = match.score() < TableMatch.NAMED;
            if (refers) {
                cost = Math.min(cost, isCounted || !hasName ? 0.4 : 1.2);
            } else if (isAkin) {
                cost = Math.min(cost, 0.8);
            }
        }
        return cost;
    }

    /** Whether a table's rows are called something else than the key by which the other table refers to them. */
    private boolean hasMoreThanKey(TableEntry from, TableEntry to) {
        return !to.labels().isEmpty()
                && scope.joins().between(from, to).stream()
                        .noneMatch(e -> to.labels().equals(List.of(e.right().column())));
    }

    private boolean isCounted(int at) {
        int before = at - 1;
        while (before >= 0 && items.get(before).isFiller()) {
            before--;
        }
        return before >= 0
                && (items.get(before).is(Tag.COUNT) || items.get(before).is(Tag.HIGHEST));
    }
}
