package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.Source;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds groups that are rows of one table, where counting those rows says 1 for each. */
final class RowGroups {
    private final Slots slots;
    private final Scope scope;
    private final Links links;
    private final Clause clause;

    RowGroups(Slots slots, Scope scope, Links links, Clause clause) {
        this.clause = clause;
        this.slots = slots;
        this.scope = scope;
        this.links = links;
    }

    /** The table each of whose rows is a group of a step that counts rows and computes nothing else. */
    Optional<TableEntry> countedByRow(Step step) {
        boolean counts = !step.measures().isEmpty()
                && step.measures().stream().allMatch(m -> m instanceof Measure.Aggregated a && a.of() == null);
        if (!counts || slots.countedTable != null || step.dimensions().isEmpty()) {
            return Optional.empty();
        }
        List<ColumnEntry> columns =
                step.dimensions().stream().flatMap(d -> column(d).stream()).toList();
        if (columns.size() < step.dimensions().size()) {
            return Optional.empty();
        }
        TableEntry table = scope.tableOf(columns.get(0));
        boolean ofOne = columns.stream().allMatch(table::has);
        return ofOne && columns.stream().anyMatch(table::isUnique) ? Optional.of(table) : Optional.empty();
    }

    /** The other tables that something was said of, but for those that were said to have no or so many rows. */
    Set<TableEntry> others(Step step, TableEntry table) {
        Set<TableEntry> others = new LinkedHashSet<>();
        PlanColumns.of(step.filter()).forEach(c -> others.add(scope.table(c.table())));
        for (Related related : slots.related) {
            if (related.negated() || related.count() != null) {
                return Set.of();
            }
            others.add(related.table());
        }
        others.remove(table);
        return others;
    }

    /** The one of some tables of which several rows belong to each row of a table. */
    Optional<TableEntry> manyOf(TableEntry table, Set<TableEntry> others, Set<TableEntry> preferred) {
        List<TableEntry> many = others.stream()
                .filter(other -> {
                    List<TableEntry> way = links.joins().connecting(List.of(other, table), preferred);
                    return !way.isEmpty()
                            && JoinTree.rooted(way, links, other)
                                    .filter(t -> t.root().equals(other) && !t.keepsRows(table))
                                    .isPresent();
                })
                .toList();
        return many.size() == 1 ? Optional.of(many.get(0)) : Optional.empty();
    }

    /**
     * A step that groups by a row's key and by what the row is called, by one of them only. "For each company id, what
     * are the companies" asks for the companies; "the document id and the number of paragraphs in each document" for
     * the ids.
     */
    Step namedOnce(Step step) {
        if (step.measures().isEmpty()) {
            return step;
        }
        for (int label = 0; label < step.dimensions().size(); label++) {
            Optional<ColumnEntry> called = column(step.dimensions().get(label));
            if (called.isPresent() && isCalled(called.get())) {
                int key = keyOf(scope.tableOf(called.get()), step, label);
                if (key >= 0 && !isGroupedByBoth(called.get(), step.dimensions().get(key))) {
                    return namedOnce(step, label, key);
                }
            }
        }
        return step;
    }

    private Step namedOnce(Step step, int label, int key) {
        ColumnEntry called = column(step.dimensions().get(label)).orElseThrow();
        ColumnEntry by = column(step.dimensions().get(key)).orElseThrow();
        boolean keyAsked = slots.groupedTables.contains(scope.tableOf(called)) && !slots.groups.contains(by);
        return keyAsked ? without(step, label, key) : without(step, key, label);
    }

    /** "By member id and member name" wants both; "for each member id, what is the name" doesn't. */
    private boolean isGroupedByBoth(ColumnEntry called, Dimension key) {
        int name = clause.indexOf(called);
        int id = column(key).map(clause::indexOf).orElse(-1);
        return name >= 0
                && id >= 0
                && clause.items().subList(Math.min(name, id), Math.max(name, id)).stream()
                        .noneMatch(i -> i.is(Tag.QUESTION) || i.is(Tag.SHOW));
    }

    /**
     * "The types that no document uses": a type is left out as soon as one of its rows is used, so the whole group is
     * asked for, where rows of the table itself were not asked for.
     */
    Step noneOfGroup(Step step) {
        Optional<ColumnEntry> group =
                step.dimensions().size() == 1 ? column(step.dimensions().get(0)) : Optional.empty();
        boolean listsGroups = step.operation() == Operation.AGGREGATE
                && step.measures().isEmpty()
                && step.having().equals(Condition.always())
                && group.isPresent()
                && slots.related.stream().anyMatch(Related::negated);
        if (!listsGroups
                || !(step.filter() instanceof Condition.Not not)
                || !(not.part() instanceof Condition.Among among)) {
            return step;
        }
        TableEntry table = scope.tableOf(group.get());
        Step rows = among.rows();
        boolean ofRows = table.isUnique(group.get())
                || table.labels().contains(group.get())
                || slots.tables.contains(table)
                || !(among.value() instanceof Expression.ColumnRef key
                        && key.table().equals(table.name()));
        boolean plain = rows.operation() == Operation.LIST
                && step.source().tables().equals(List.of(table.name()))
                && !rows.source().tables().contains(table.name())
                && rows.dimensions().get(0).of() instanceof Expression.ColumnRef;
        return ofRows || !plain ? step : withoutGroupsOf(step, group.get(), among);
    }

    private static Step withoutGroupsOf(Step step, ColumnEntry group, Condition.Among among) {
        Step rows = among.rows();
        List<String> tables = new ArrayList<>(rows.source().tables());
        tables.add(group.table());
        List<Source.Join> joins = new ArrayList<>(rows.source().joins());
        joins.add(new Source.Join(
                (Expression.ColumnRef) rows.dimensions().get(0).of(), (Expression.ColumnRef) among.value()));
        Step used = rows.toBuilder()
                .source(new Source(tables, joins))
                .dimensions(List.of(Dimension.of(group.ref())))
                .build();
        return step.toBuilder()
                .filter(new Condition.Not(new Condition.Among(group.ref(), used)))
                .build();
    }

    private boolean isCalled(ColumnEntry column) {
        TableEntry table = scope.tableOf(column);
        return table.isUnique(column) && !column.isKey() && table.labels().equals(List.of(column));
    }

    private int keyOf(TableEntry table, Step step, int label) {
        for (int i = 0; i < step.dimensions().size(); i++) {
            Optional<ColumnEntry> column = column(step.dimensions().get(i));
            boolean isKey =
                    i != label && column.isPresent() && (table.key().equals(column) || refersTo(column.get(), table));
            if (isKey) {
                return i;
            }
        }
        return -1;
    }

    private boolean refersTo(ColumnEntry column, TableEntry table) {
        return links.joins().between(scope.tableOf(column), table).stream()
                .anyMatch(e -> e.toOne() && e.left().column().equals(column));
    }

    private Optional<ColumnEntry> column(Dimension dimension) {
        boolean isPlain = dimension.grouping() instanceof Dimension.Grouping.ByValue;
        return isPlain && dimension.of() instanceof Expression.ColumnRef ref
                ? scope.find(ref.table(), ref.name())
                : Optional.empty();
    }

    /** One dimension less; what was sorted by it is sorted by another one. */
    private static Step without(Step step, int at, int instead) {
        List<Dimension> dimensions = new ArrayList<>(step.dimensions());
        dimensions.remove(at);
        List<Order> order = new ArrayList<>();
        for (Order one : step.order()) {
            Direction direction = one.direction();
            order.add(
                    one.key() instanceof Order.Key.OfDimension d
                            ? Order.byDimension(moved(d.index() == at ? instead : d.index(), at), direction)
                            : one);
        }
        Limit limit = step.limit();
        Limit moved = limit == null || limit.perDimension() < at ? limit : limit.per(limit.perDimension() - 1);
        return step.toBuilder().dimensions(dimensions).order(order).limit(moved).build();
    }

    private static int moved(int index, int removed) {
        return index > removed ? index - 1 : index;
    }
}
