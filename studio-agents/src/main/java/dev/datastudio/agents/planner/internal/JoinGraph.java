package dev.datastudio.agents.planner.internal;

import dev.datastudio.api.relation.Relation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The relations between tables, as ways to join them. Immutable. */
final class JoinGraph {
    /** No relation at all. */
    static final JoinGraph NONE = new JoinGraph(List.of());

    /** Relations of nearly one score are equally sure. */
    private static final double ABOUT = 0.1;

    /** So many ways of joining the same tables are told apart. */
    private static final int MOST_WAYS = 4;

    /** So many tables may lie between two that are joined. */
    private static final int MAX_STEPS = 4;

    private final Map<TableEntry, List<Edge>> edges = new HashMap<>();

    private JoinGraph(List<Edge> all) {
        for (Edge edge : all) {
            edges.computeIfAbsent(edge.left().table(), t -> new ArrayList<>()).add(edge);
            edges.computeIfAbsent(edge.right().table(), t -> new ArrayList<>()).add(edge.reversed());
        }
    }

    /** The usable relations of one column each between some tables. */
    static JoinGraph of(List<TableEntry> tables, List<Relation> relations) {
        Map<String, TableEntry> byName = new LinkedHashMap<>();
        tables.forEach(t -> byName.put(t.name().toLowerCase(Locale.ROOT), t));
        List<Edge> edges = new ArrayList<>();
        for (Relation relation : relations) {
            Optional<Side> from = side(relation.from(), byName);
            Optional<Side> to = side(relation.to(), byName);
            boolean joins = relation.isUsable() && from.isPresent() && to.isPresent();
            if (joins && !from.get().table().equals(to.get().table())) {
                boolean isOne = from.get().table().isUnique(from.get().column());
                edges.add(new Edge(from.get(), to.get(), true, isOne, relation.score()));
            }
        }
        return new JoinGraph(edges);
    }

    private static Optional<Side> side(dev.datastudio.api.relation.Key key, Map<String, TableEntry> tables) {
        TableEntry table = tables.get(key.table().table().toLowerCase(Locale.ROOT));
        if (table == null || key.columns().size() != 1) {
            return Optional.empty();
        }
        return table.find(key.columns().get(0)).map(c -> new Side(table, c));
    }

    /** A key column of a table. */
    record Side(TableEntry table, ColumnEntry column) {}

    /**
     * A relation gone in one direction.
     *
     * @param toOne whether a row of the left table meets one row of the right at most
     * @param fromOne whether a row of the right table meets one row of the left at most
     * @param score how sure the relation is, 0 to 1
     */
    record Edge(Side left, Side right, boolean toOne, boolean fromOne, double score) {
        Edge reversed() {
            return new Edge(right, left, fromOne, toOne, score);
        }
    }

    /** The relations that begin at a table. */
    List<Edge> from(TableEntry table) {
        return edges.getOrDefault(table, List.of());
    }

    /** The relations between two tables, gone from the first, without those that are much less sure than the surest. */
    List<Edge> between(TableEntry from, TableEntry to) {
        List<Edge> all =
                from(from).stream().filter(e -> e.right().table().equals(to)).toList();
        double surest = all.stream().mapToDouble(Edge::score).max().orElse(0);
        return all.stream().filter(e -> e.score() > surest - ABOUT).toList();
    }

    /** The column of a table that refers to another table's rows, if there is exactly one. */
    List<ColumnEntry> references(TableEntry from, TableEntry to) {
        return from(from).stream()
                .filter(e -> e.toOne() && e.right().table().equals(to))
                .map(e -> e.left().column())
                .toList();
    }

    /** Whether two columns hold the same values in rows that are joined. */
    boolean areJoined(ColumnEntry a, ColumnEntry b) {
        return edges.values().stream()
                .flatMap(List::stream)
                .anyMatch(e -> e.left().column().equals(a) && e.right().column().equals(b));
    }

    /**
     * The shortest ways from one of some tables to another table, over tables that are preferred where ways are
     * equally long; empty when there is none.
     */
    List<List<TableEntry>> shortest(Collection<TableEntry> from, TableEntry to, Collection<TableEntry> preferred) {
        Map<TableEntry, Integer> distances = new HashMap<>();
        Deque<List<TableEntry>> open = new ArrayDeque<>();
        List<List<TableEntry>> found = new ArrayList<>();
        for (TableEntry start : from) {
            distances.put(start, 0);
            open.add(List.of(start));
        }
        while (!open.isEmpty()) {
            List<TableEntry> path = open.poll();
            TableEntry last = path.get(path.size() - 1);
            if (last.equals(to)) {
                found.add(path);
            } else if (path.size() <= MAX_STEPS
                    && (found.isEmpty() || path.size() < found.get(0).size())) {
                Set<TableEntry> next = new LinkedHashSet<>();
                from(last).forEach(e -> next.add(e.right().table()));
                for (TableEntry table : next) {
                    if (distances.getOrDefault(table, path.size()) >= path.size()) {
                        distances.put(table, path.size());
                        List<TableEntry> longer = new ArrayList<>(path);
                        longer.add(table);
                        open.add(longer);
                    }
                }
            }
        }
        if (found.isEmpty()) {
            return found;
        }
        int shortest = found.get(0).size();
        long most = found.stream().mapToLong(p -> count(p, preferred)).max().orElse(0);
        return found.stream()
                .filter(p -> p.size() == shortest && count(p, preferred) == most)
                .toList();
    }

    private static long count(List<TableEntry> path, Collection<TableEntry> preferred) {
        return path.stream().filter(preferred::contains).count();
    }

    /** The sets of tables that connect some tables equally shortly, a few at most; empty when none do. */
    List<List<TableEntry>> connections(List<TableEntry> tables) {
        Set<Set<TableEntry>> seen = new HashSet<>();
        List<List<TableEntry>> all = new ArrayList<>();
        for (int i = 0; i < MOST_WAYS; i++) {
            int at = i;
            List<TableEntry> joined = connecting(tables, tables, ways -> {
                List<List<TableEntry>> rooted =
                        ways.stream().filter(this::hasRoot).toList();
                List<List<TableEntry>> open = rooted.isEmpty() ? ways.subList(0, 1) : rooted;
                return open.get(Math.min(at, open.size() - 1));
            });
            if (!joined.isEmpty() && seen.add(Set.copyOf(joined))) {
                all.add(joined);
            }
        }
        return all;
    }

    /** Whether some table of a way meets one row of each other table at most, so that joining repeats none of its rows. */
    private boolean hasRoot(List<TableEntry> way) {
        return IntStream.range(0, way.size())
                .anyMatch(root -> IntStream.range(1, way.size())
                        .allMatch(i ->
                                i <= root ? isToOne(way.get(i), way.get(i - 1)) : isToOne(way.get(i - 1), way.get(i))));
    }

    private boolean isToOne(TableEntry from, TableEntry to) {
        return between(from, to).stream().anyMatch(Edge::toOne);
    }

    /** Tables that connect some tables, those included, in an order in which each meets one before it; empty when none do. */
    List<TableEntry> connecting(List<TableEntry> tables, Collection<TableEntry> preferred) {
        return connecting(tables, preferred, ways -> ways.get(0));
    }

    /** As {@link #connecting(List, Collection)}, with a choice of one of the ways to a table that are equally short. */
    private List<TableEntry> connecting(
            List<TableEntry> tables,
            Collection<TableEntry> preferred,
            Function<List<List<TableEntry>>, List<TableEntry>> choice) {
        List<TableEntry> joined = new ArrayList<>(tables.subList(0, Math.min(1, tables.size())));
        List<TableEntry> left = new ArrayList<>(tables.subList(joined.size(), tables.size()));
        while (!left.isEmpty()) {
            List<List<TableEntry>> best = List.of();
            for (TableEntry table : left) {
                List<List<TableEntry>> ways = shortest(joined, table, preferred);
                if (!ways.isEmpty()
                        && (best.isEmpty() || ways.get(0).size() < best.get(0).size())) {
                    best = ways;
                }
            }
            if (best.isEmpty()) {
                return List.of();
            }
            choice.apply(best).stream().filter(t -> !joined.contains(t)).forEach(joined::add);
            left.removeAll(joined);
        }
        return joined;
    }
}
