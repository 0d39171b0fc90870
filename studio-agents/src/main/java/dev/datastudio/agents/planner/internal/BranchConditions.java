package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Source;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Conditions on tables beyond the joined ones. A table that is reached from many to one is joined as well; of another
 * one it is asked whether it has rows that belong to a row, so that no row is repeated. Conditions on one such table
 * are asked of the same rows: "customers with an order over 100 in 2020". Not thread-safe; one for each step.
 */
final class BranchConditions {
    private final Scope scope;
    private final Links links;
    private final JoinTree tree;
    private final Collection<TableEntry> preferred;
    private final List<Related> related;
    private String problem = "";

    BranchConditions(Scope scope, Links links, JoinTree tree, Collection<TableEntry> preferred, List<Related> related) {
        this.scope = scope;
        this.links = links;
        this.tree = tree;
        this.preferred = preferred;
        this.related = related;
    }

    /** What can't be said; empty when all can. */
    String problem() {
        return problem;
    }

    /** One branch of tables with what is asked of their rows. */
    private static final class Branch {
        final Set<TableEntry> tables = new LinkedHashSet<>();
        final List<Condition> conditions = new ArrayList<>();
        final List<Related> related = new ArrayList<>();
    }

    /** The filter with what is said of other tables' rows. */
    Condition filter(Condition filter) {
        List<Condition> own = new ArrayList<>();
        Map<TableEntry, Branch> branches = new LinkedHashMap<>();
        for (Related one : related) {
            if (isLimited(one) && tree.has(one.table())) {
                problem = "What is said of " + one.table().name() + " and what is shown of it can't both hold.";
            } else if (isLimited(one)) {
                branch(branches, List.of(one.table())).related.add(one);
            }
        }
        for (Condition part : parts(filter)) {
            if (isJoined(part)) {
                own.add(part);
            } else if (part instanceof Condition.Any || part instanceof Condition.Not) {
                own.add(converted(part));
            } else {
                branch(branches, beyond(part)).conditions.add(part);
            }
        }
        related.stream()
                .filter(r -> !isLimited(r) && !tree.has(r.table()))
                .forEach(r -> branch(branches, List.of(r.table())).related.add(r));
        branches.values().forEach(b -> own.addAll(conditions(b)));
        return Condition.all(own);
    }

    /** Whether there must be none or some number of rows, so that conditions on them belong inside. */
    private static boolean isLimited(Related one) {
        return one.negated() || one.count() != null;
    }

    private static List<Condition> parts(Condition condition) {
        return condition instanceof Condition.All all
                ? all.parts().stream().flatMap(p -> parts(p).stream()).toList()
                : List.of(condition);
    }

    /** Whether a condition reads joined tables only, or such as can be joined without repeating a row. */
    private boolean isJoined(Condition condition) {
        Set<TableEntry> tables = tables(condition);
        boolean isInside = related.stream().anyMatch(r -> isLimited(r) && tables.contains(r.table()));
        return !isInside && tables.stream().allMatch(t -> tree.extendTo(t, preferred));
    }

    private Set<TableEntry> tables(Condition condition) {
        Set<TableEntry> tables = new LinkedHashSet<>();
        PlanColumns.of(condition).forEach(c -> tables.add(scope.table(c.table())));
        return tables;
    }

    private List<TableEntry> beyond(Condition condition) {
        return tables(condition).stream().filter(t -> !tree.has(t)).toList();
    }

    /** "No dog" means that there is none among the rows; "a dog or a cat" that there is either. */
    private Condition converted(Condition condition) {
        if (isJoined(condition)) {
            return condition;
        } else if (condition instanceof Condition.Not not) {
            return new Condition.Not(converted(not.part()));
        } else if (condition instanceof Condition.Any any && beyond(any).size() > 1) {
            return new Condition.Any(any.parts().stream().map(this::converted).toList());
        }
        Branch branch = new Branch();
        branch.tables.addAll(beyond(condition));
        branch.conditions.add(condition);
        return Condition.all(conditions(branch));
    }

    /** The branch that some tables lie on: one for each table that hangs on the joined ones. */
    private Branch branch(Map<TableEntry, Branch> branches, List<TableEntry> tables) {
        List<TableEntry> way = way(tables.get(0));
        TableEntry first = way.isEmpty() ? tables.get(0) : way.get(0);
        Branch branch = branches.computeIfAbsent(first, f -> new Branch());
        branch.tables.addAll(tables);
        return branch;
    }

    /** The tables from the joined ones to another, without the joined one where it begins. */
    private List<TableEntry> way(TableEntry table) {
        List<List<TableEntry>> ways = links.joins().shortest(tree.tables(), table, preferred);
        if (ways.isEmpty()) {
            problem = "No relation is known between the tables " + tree.root().name() + " and " + table.name() + ".";
            return List.of();
        }
        return ways.get(0).subList(1, ways.get(0).size());
    }

    private List<Condition> conditions(Branch branch) {
        List<Related> none = branch.related.stream().filter(Related::negated).toList();
        List<Related> counted = branch.related.stream()
                .filter(r -> !r.negated() && r.count() != null)
                .toList();
        if (none.size() + counted.size() > 1) {
            problem = "Several conditions on the number of rows of one table are more than one question.";
            return List.of();
        } else if (none.size() == 1) {
            return List.of(new Condition.Not(among(branch, Condition.always())));
        } else if (counted.size() == 1) {
            return List.of(counted(branch, counted.get(0)));
        }
        return List.of(among(branch, Condition.always()));
    }

    /** "Fewer than 3" holds without any, too, so it is asked as "not at least 3". */
    private Condition counted(Branch branch, Related counted) {
        Comparator comparator = counted.count() == null ? Comparator.EQUAL : counted.count();
        boolean holdsForNone = switch (comparator) {
            case LESS, LESS_OR_EQUAL, NOT_EQUAL -> true;
            case EQUAL -> counted.number() == 0;
            default -> false;
        };
        Comparator asked = holdsForNone ? opposite(comparator) : comparator;
        ColumnEntry of = counted.counted();
        Measure number = of == null ? Measure.count() : Measure.of(Aggregate.COUNT_DISTINCT, of.ref());
        Condition having = new Condition.MeasureComparison(number, asked, new Expression.Constant(counted.number()));
        Condition among = among(branch, having);
        return holdsForNone ? new Condition.Not(among) : among;
    }

    private static Comparator opposite(Comparator comparator) {
        return switch (comparator) {
            case LESS -> Comparator.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Comparator.GREATER;
            case NOT_EQUAL -> Comparator.EQUAL;
            case EQUAL -> Comparator.NOT_EQUAL;
            default -> comparator;
        };
    }

    /** That a row's key is among those of the branch's rows. */
    private Condition among(Branch branch, Condition having) {
        List<TableEntry> wanted = new ArrayList<>(tree.tables());
        branch.tables.stream().filter(t -> !wanted.contains(t)).forEach(wanted::add);
        List<TableEntry> all = links.joins().connecting(wanted, preferred);
        List<TableEntry> added = all.stream().filter(t -> !tree.has(t)).toList();
        if (all.isEmpty() || added.isEmpty()) {
            problem = "No relation is known to the table "
                    + branch.tables.iterator().next().name() + ".";
            return Condition.always();
        }
        JoinGraph.Edge first = firstEdge(added.get(0));
        List<TableEntry> tables = new ArrayList<>(List.of(added.get(0)));
        List<Source.Join> joins = new ArrayList<>();
        for (TableEntry table : added.subList(1, added.size())) {
            TableEntry from = tables.stream()
                    .filter(t -> !links.joins().between(t, table).isEmpty())
                    .findFirst()
                    .orElse(null);
            if (from == null) {
                problem = "The tables " + added.get(0).name() + " and " + table.name() + " are not related.";
                return Condition.always();
            }
            JoinGraph.Edge edge = links.between(from, table);
            joins.add(new Source.Join(
                    edge.left().column().ref(), edge.right().column().ref()));
            tables.add(table);
        }
        boolean counts = !having.equals(Condition.always());
        Step rows = Step.of(
                        counts ? Operation.AGGREGATE : Operation.LIST,
                        new Source(tables.stream().map(TableEntry::name).toList(), joins))
                .dimensions(List.of(Dimension.of(first.right().column().ref())))
                .filter(Condition.all(branch.conditions))
                .having(having)
                .build();
        return new Condition.Among(first.left().column().ref(), rows);
    }

    private JoinGraph.Edge firstEdge(TableEntry table) {
        TableEntry from = tree.tables().stream()
                .filter(t -> !links.joins().between(t, table).isEmpty())
                .findFirst()
                .orElse(tree.root());
        return links.between(from, table);
    }
}
