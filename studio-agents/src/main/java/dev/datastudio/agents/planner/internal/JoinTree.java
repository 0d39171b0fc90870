package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Source;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joined tables with a root whose rows the joins don't repeat: each relation is gone from many to one. Not thread-safe.
 */
final class JoinTree {
    private final Links links;
    private final List<TableEntry> tables = new ArrayList<>();
    /** The relation by which each table after the first is reached from one before it. */
    private final List<JoinGraph.Edge> edges = new ArrayList<>();

    private JoinTree(Links links, TableEntry root) {
        this.links = links;
        tables.add(root);
    }

    /**
     * Some connected tables as a tree; none when no table can be its root.
     *
     * @param wanted the root where several can be
     */
    static Optional<JoinTree> rooted(List<TableEntry> tables, Links links, @Nullable TableEntry wanted) {
        List<TableEntry> roots = new ArrayList<>(tables);
        if (wanted != null && roots.remove(wanted)) {
            roots.add(0, wanted);
        }
        for (TableEntry root : roots) {
            JoinTree tree = new JoinTree(links, root);
            if (tree.growTo(tables)) {
                return Optional.of(tree);
            }
        }
        return Optional.empty();
    }

    private boolean growTo(List<TableEntry> all) {
        Set<TableEntry> left = new HashSet<>(all);
        left.removeAll(tables);
        boolean grows = true;
        while (grows && !left.isEmpty()) {
            grows = false;
            for (TableEntry table : all) {
                if (left.contains(table) && reach(table)) {
                    left.remove(table);
                    grows = true;
                }
            }
        }
        return left.isEmpty();
    }

    /** Joins a table to one that is there, if a row of that meets one row at most. */
    private boolean reach(TableEntry table) {
        for (TableEntry from : tables) {
            boolean toOne = links.joins().between(from, table).stream().anyMatch(JoinGraph.Edge::toOne);
            if (toOne) {
                tables.add(table);
                edges.add(links.between(from, table));
                return true;
            }
        }
        return false;
    }

    TableEntry root() {
        return tables.get(0);
    }

    List<TableEntry> tables() {
        return tables;
    }

    boolean has(TableEntry table) {
        return tables.contains(table);
    }

    /** Adds the tables between here and another one, if each is reached from many to one. */
    boolean extendTo(TableEntry table, Collection<TableEntry> preferred) {
        if (has(table)) {
            return true;
        }
        List<List<TableEntry>> ways = links.joins().shortest(List.of(root()), table, preferred);
        for (List<TableEntry> way : ways) {
            boolean forward = true;
            for (int i = 1; i < way.size(); i++) {
                forward &= links.joins().between(way.get(i - 1), way.get(i)).stream()
                        .anyMatch(JoinGraph.Edge::toOne);
            }
            if (forward) {
                way.stream().filter(t -> !has(t)).forEach(this::reach);
                return true;
            }
        }
        return tables.stream().anyMatch(t -> reachesDirectly(t, table)) && reach(table);
    }

    private boolean reachesDirectly(TableEntry from, TableEntry to) {
        return links.joins().between(from, to).stream().anyMatch(JoinGraph.Edge::toOne);
    }

    /** Whether a row of a table stands beside one row of the root at most, so that nothing of it is repeated. */
    boolean keepsRows(TableEntry table) {
        if (table.equals(root())) {
            return true;
        }
        int at = tables.indexOf(table);
        JoinGraph.Edge edge = edges.get(at - 1);
        return edge.fromOne() && keepsRows(edge.left().table());
    }

    /** The column that refers to a joined table's rows, where it never lacks a value. */
    Optional<ColumnEntry> keyOf(TableEntry table) {
        int at = tables.indexOf(table);
        if (at < 1) {
            return Optional.empty();
        }
        JoinGraph.Edge edge = edges.get(at - 1);
        boolean isKey = table.isUnique(edge.right().column());
        return isKey ? Optional.of(edge.left().column()) : Optional.empty();
    }

    /**
     * A step over these tables, without those of which only the key is read: that stands in the table that refers to
     * it as well.
     */
    Step withoutNeedlessJoins(Step step) {
        Step lean = step;
        for (int at = tables.size() - 1; at > 0; at--) {
            TableEntry table = tables.get(at);
            JoinGraph.Edge edge = edges.get(at - 1);
            boolean isLeaf = edges.stream().noneMatch(e -> e.left().table().equals(table));
            boolean readsOther = PlanColumns.read(lean).stream()
                    .anyMatch(c -> c.table().equals(table.name())
                            && !c.equals(edge.right().column().ref()));
            boolean complete = edge.left().column().column().nullCount() == 0;
            if (isLeaf && !readsOther && complete && !lean.dimensions().isEmpty()) {
                lean = RefReplacer.replaced(
                        lean, edge.right().column().ref(), edge.left().column().ref());
                tables.remove(at);
                edges.remove(at - 1);
            }
        }
        return lean.toBuilder().source(source()).build();
    }

    private Source source() {
        return new Source(
                tables.stream().map(TableEntry::name).toList(),
                edges.stream()
                        .map(e -> new Source.Join(
                                e.left().column().ref(), e.right().column().ref()))
                        .toList());
    }
}
