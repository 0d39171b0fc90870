package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Joins the tables whose columns a step reads.
 *
 * <p>A step counts and aggregates the rows of one table, its root: the one from which every other joined table is
 * reached from many to one, so that joining repeats no row of it. What is asked of rows on the many side is no join but
 * a condition that such rows are there. Rows of another table than the root are counted once each, and their numbers
 * are not added up.
 */
final class Joiner {
    private final Slots slots;
    private final Decisions decisions;
    private final Scope scope;
    private final JoinGraph joins;
    private final Links links;
    private final Clause clause;
    private final RowGroups rowGroups;
    private final Set<TableEntry> preferred = new LinkedHashSet<>();

    Joiner(Slots slots, Decisions decisions, Clause clause) {
        this.slots = slots;
        this.decisions = decisions;
        this.scope = decisions.index();
        this.joins = scope.joins();
        this.clause = clause;
        this.links = new Links(joins, decisions, clause);
        this.rowGroups = new RowGroups(slots, scope, links, clause);
        preferred.addAll(slots.tables);
        slots.related.forEach(r -> preferred.add(r.table()));
        preferred.addAll(scope.tables());
    }

    /** The steps with their tables joined; none, with a problem in the slots, when they can't be. */
    List<Step> joined(List<Step> steps) {
        if (scope.isSingle()) {
            return steps;
        }
        List<Step> joined = new ArrayList<>();
        for (Step step : steps) {
            Optional<Step> one = joined(step);
            if (one.isEmpty()) {
                return List.of();
            }
            joined.add(one.get());
        }
        return joined;
    }

    private Optional<Step> problem(String sentence) {
        slots.problem = slots.problem.isEmpty() ? sentence : slots.problem;
        return Optional.empty();
    }

    private Optional<Step> joined(Step asked) {
        Step step = rowGroups.namedOnce(asked);
        if (!countsMany(step)) {
            return Optional.empty();
        }
        Set<TableEntry> needed = needed(step);
        List<TableEntry> tables = joins.connecting(List.copyOf(needed), preferred);
        if (tables.isEmpty()) {
            return problem("No relation is known between the tables "
                    + String.join(", ", needed.stream().map(TableEntry::name).toList()) + ".");
        }
        Optional<JoinTree> tree = JoinTree.rooted(tables, links, countedIn(step));
        if (tree.isEmpty()) {
            return problem("Rows of "
                    + String.join(", ", tables.stream().map(TableEntry::name).toList())
                    + " have no common table that each belongs to one row of, so joining them would repeat them.");
        }
        return joined(step, tree.get());
    }

    private Optional<Step> joined(Step step, JoinTree tree) {
        BranchConditions branches = new BranchConditions(scope, links, tree, preferred, slots.related);
        Condition filter = branches.filter(step.filter());
        if (!branches.problem().isEmpty()) {
            return problem(branches.problem());
        }
        Step counted = withCounts(step.toBuilder().filter(filter).build(), tree);
        if (!addsUpOnce(counted, tree)) {
            return Optional.empty();
        }
        Step narrowed = tree.withoutNeedlessJoins(counted);
        Step keyed = rowGroups.noneOfGroup(withKeys(narrowed, tree));
        tellLinkingWords(tree);
        return Optional.of(keyed.toBuilder().filter(ownAverages(keyed)).build());
    }

    /** A verb between tables says no more than that their rows belong together; which ones is said. */
    private void tellLinkingWords(JoinTree tree) {
        Set<TableEntry> linked = new LinkedHashSet<>(tree.tables());
        slots.related.forEach(r -> linked.add(r.table()));
        if (linked.size() > 1) {
            String names =
                    String.join(" and ", linked.stream().map(TableEntry::name).toList());
            clause.items().stream()
                    .filter(i -> i.is(Tag.RELATES))
                    .forEach(i -> decisions.note("'" + i.text() + "' was taken to join " + names + ".", 0));
        }
    }

    /**
     * "The physicians who took appointments, and count them": each physician stands once, so the appointments are
     * counted. Refuses where nothing else is there to be counted, as each number would be 1.
     */
    private boolean countsMany(Step step) {
        Optional<TableEntry> table = rowGroups.countedByRow(step);
        if (table.isEmpty()) {
            return true;
        }
        Set<TableEntry> others = rowGroups.others(step, table.get());
        Optional<TableEntry> many = rowGroups.manyOf(table.get(), others, preferred);
        String name = table.get().name();
        if (many.isPresent()) {
            slots.countedTable = many.get();
            decisions.note(
                    "Each row of " + name + " is there once, so its rows of "
                            + many.get().name() + " are counted.",
                    0.1);
        } else if (!others.isEmpty()) {
            problem("Each group is one row of " + name + ", so their numbers would all be 1; it is not said of what"
                    + " else rows are to be counted.");
            return false;
        }
        return true;
    }

    /** The tables whose rows or columns the step itself shows or computes with. */
    private Set<TableEntry> needed(Step step) {
        Set<TableEntry> needed = new LinkedHashSet<>();
        step.dimensions().forEach(d -> addTables(d.of().columns(), needed));
        step.measures().forEach(m -> addTables(m.columns(), needed));
        measures(step.having()).forEach(m -> addTables(m.columns(), needed));
        for (Order order : step.order()) {
            if (order.key() instanceof Order.Key.OfValue value) {
                addTables(value.value().columns(), needed);
            }
        }
        if (step.detail() instanceof Detail.Combination combination) {
            needed.addAll(needed(combination.other()));
        }
        TableEntry counted = countedIn(step);
        if (counted != null) {
            needed.add(counted);
        }
        TableEntry subject = slots.subject;
        if (needed.isEmpty()) {
            needed.add(subject != null ? subject : firstOf(step));
        }
        return needed;
    }

    private TableEntry firstOf(Step step) {
        return PlanColumns.of(step.filter()).stream()
                .findFirst()
                .map(c -> scope.table(c.table()))
                .orElse(scope.tables().get(0));
    }

    private void addTables(Collection<ColumnRef> columns, Set<TableEntry> needed) {
        columns.forEach(c -> needed.add(scope.table(c.table())));
    }

    private static Stream<Measure> measures(Condition having) {
        return having instanceof Condition.MeasureComparison m
                ? Stream.of(m.measure())
                : having.children().flatMap(Joiner::measures);
    }

    /** The table whose rows the step counts; null when it counts none, or it isn't said which. */
    private @Nullable TableEntry countedIn(Step step) {
        boolean counts =
                Stream.concat(step.measures().stream(), measures(step.having())).anyMatch(Joiner::countsRows);
        if (!counts) {
            return null;
        }
        TableEntry counted = slots.countedTable;
        boolean nothingElse = step.dimensions().isEmpty() && step.measures().size() == 1;
        return counted != null ? counted : nothingElse ? slots.subject : null;
    }

    private static boolean countsRows(Measure measure) {
        if (measure instanceof Measure.Ratio ratio) {
            return countsRows(ratio.numerator()) || countsRows(ratio.denominator());
        } else if (measure instanceof Measure.Moving moving) {
            return countsRows(moving.of());
        } else if (measure instanceof Measure.Nested nested) {
            return countsRows(nested.of());
        }
        return measure instanceof Measure.Aggregated a && a.of() == null;
    }

    /** Rows of a table that joining repeats are counted by their key, each once. */
    private Step withCounts(Step step, JoinTree tree) {
        TableEntry counted = countedIn(step);
        if (counted == null || counted.equals(tree.root()) || tree.keepsRows(counted)) {
            return step;
        }
        Optional<ColumnEntry> key = tree.keyOf(counted).or(counted::key);
        if (key.isEmpty()) {
            decisions.note(
                    "Rows of " + counted.name() + " have no key, so they are counted once for each row of "
                            + tree.root().name() + ".",
                    0.2);
            return step;
        }
        Measure each = Measure.of(Aggregate.COUNT_DISTINCT, key.get().ref());
        return step.toBuilder()
                .measures(step.measures().stream().map(m -> recounted(m, each)).toList())
                .having(recounted(step.having(), each))
                .build();
    }

    private static Measure recounted(Measure measure, Measure each) {
        if (measure instanceof Measure.Aggregated a && a.of() == null && each instanceof Measure.Aggregated e) {
            return new Measure.Aggregated(e.aggregate(), e.of(), 0, a.transform());
        }
        return measure;
    }

    private static Condition recounted(Condition condition, Measure each) {
        if (condition instanceof Condition.MeasureComparison m) {
            return new Condition.MeasureComparison(recounted(m.measure(), each), m.comparator(), m.right());
        } else if (condition instanceof Condition.All all) {
            return new Condition.All(
                    all.parts().stream().map(p -> recounted(p, each)).toList());
        } else if (condition instanceof Condition.Any any) {
            return new Condition.Any(
                    any.parts().stream().map(p -> recounted(p, each)).toList());
        } else if (condition instanceof Condition.Not not) {
            return new Condition.Not(recounted(not.part(), each));
        }
        return condition;
    }

    /** Whether no number of a repeated row is added up; a mean over repeated rows is said. */
    private boolean addsUpOnce(Step step, JoinTree tree) {
        for (Measure measure : step.measures()) {
            for (Measure.Aggregated part : parts(measure)) {
                Optional<TableEntry> repeated = part.columns().stream()
                        .map(c -> scope.table(c.table()))
                        .filter(t -> !t.equals(tree.root()) && !tree.keepsRows(t))
                        .findFirst();
                boolean once = repeated.isPresent() && isOnceInGroups(step, repeated.get(), tree);
                if (once) {
                    decisions.note(
                            "A row of " + repeated.get().name() + " counts in each group that it belongs to.", 0.05);
                } else if (repeated.isPresent() && part.aggregate() == Aggregate.SUM) {
                    problem("A total over " + repeated.get().name() + " would count its rows once for each row of "
                            + tree.root().name() + ".");
                    return false;
                } else if (repeated.isPresent() && !isIdempotent(part.aggregate())) {
                    decisions.note(
                            "A row of " + repeated.get().name() + " counts once for each of its rows of "
                                    + tree.root().name() + ".",
                            0.1);
                }
            }
        }
        return true;
    }

    /** Whether each group holds a row once: the root does no more than link the groups' table with the row's. */
    private boolean isOnceInGroups(Step step, TableEntry repeated, JoinTree tree) {
        boolean isLink = tree.root().columns().size() == 2
                && tree.root().columns().stream()
                        .allMatch(c -> joins.from(tree.root()).stream()
                                .anyMatch(e -> e.left().column().equals(c)));
        return isLink
                && step.dimensions().stream()
                        .flatMap(d -> d.of().columns().stream())
                        .map(c -> scope.table(c.table()))
                        .anyMatch(t -> !t.equals(repeated) && !t.equals(tree.root()) && groupsByRow(step, t));
    }

    /** Whether the groups of a table's columns are its rows. */
    private static boolean groupsByRow(Step step, TableEntry table) {
        return step.dimensions().stream()
                .flatMap(d -> d.of().columns().stream())
                .flatMap(c -> table.columns().stream().filter(e -> e.ref().equals(c)))
                .anyMatch(c -> table.isUnique(c) || table.labels().contains(c));
    }

    private static List<Measure.Aggregated> parts(Measure measure) {
        if (measure instanceof Measure.Ratio ratio) {
            return List.of(ratio.numerator(), ratio.denominator());
        }
        if (measure instanceof Measure.Moving moving) {
            return List.of(moving.of());
        } else if (measure instanceof Measure.Nested nested) {
            return List.of(nested.of());
        }
        return measure instanceof Measure.Aggregated aggregated ? List.of(aggregated) : List.of();
    }

    private static boolean isIdempotent(Aggregate aggregate) {
        return switch (aggregate) {
            case MIN, MAX, RANGE, COUNT_DISTINCT -> true;
            default -> false;
        };
    }

    /** Groups by a name that several rows share get the rows' key beside it, so that they stay apart. */
    private Step withKeys(Step step, JoinTree tree) {
        if (step.measures().isEmpty() || step.dimensions().isEmpty()) {
            return step;
        }
        for (TableEntry table : tree.tables()) {
            List<ColumnEntry> labels = table.labels();
            int at = indexOf(step, labels);
            boolean shared = labels.size() == 1 && !table.isUnique(labels.get(0));
            Optional<ColumnEntry> key = table.key();
            boolean groupsRows = at >= 0 && !table.equals(tree.root()) && shared && key.isPresent();
            if (groupsRows && clause.names(labels.get(0))) {
                decisions.note(
                        "Several rows of " + table.name() + " share one "
                                + labels.get(0).name() + " and are taken together.",
                        0.1);
            } else if (groupsRows && indexOf(step, List.of(key.get())) < 0) {
                decisions.note(
                        "Several rows of " + table.name() + " share one "
                                + labels.get(0).name() + ", so " + key.get().name() + " tells them apart.",
                        0.05);
                return withDimension(step, at, Dimension.of(key.get().ref()));
            }
        }
        return step;
    }

    private static int indexOf(Step step, List<ColumnEntry> columns) {
        for (int i = 0; i < step.dimensions().size(); i++) {
            Expression of = step.dimensions().get(i).of();
            if (columns.stream().anyMatch(c -> c.ref().equals(of))) {
                return i;
            }
        }
        return -1;
    }

    /** One more dimension, put at a place; what points to the later ones points to them still. */
    private static Step withDimension(Step step, int at, Dimension dimension) {
        List<Dimension> dimensions = new ArrayList<>(step.dimensions());
        dimensions.add(at, dimension);
        List<Order> order = step.order().stream()
                .map(o -> o.key() instanceof Order.Key.OfDimension d && d.index() >= at
                        ? Order.byDimension(d.index() + 1, o.direction())
                        : o)
                .toList();
        Limit limit = step.limit();
        Limit moved = limit == null || limit.perDimension() < at ? limit : limit.per(limit.perDimension() + 1);
        return step.toBuilder().dimensions(dimensions).order(order).limit(moved).build();
    }

    /** "Above the average age" means that of the table's own rows, not of joined ones. */
    private Condition ownAverages(Step step) {
        return step.source().tables().size() == 1 ? step.filter() : OwnResults.of(step.filter());
    }
}
