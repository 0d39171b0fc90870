package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds steps that show rows as they are. */
final class RowsAssembler {
    private static final int DEFAULT_TOP = 10;

    private final StepAssembler steps;
    private final Slots slots;
    private final Decisions decisions;
    private final Shape shape;

    RowsAssembler(StepAssembler steps, Slots slots, Decisions decisions, Shape shape) {
        this.steps = steps;
        this.slots = slots;
        this.decisions = decisions;
        this.shape = shape;
    }

    /** "When was the highest price": the rows that have it, with their date. */
    Optional<List<Step>> when() {
        boolean isOne = slots.measures.size() == 1 && slots.bare.isEmpty() && slots.groups.isEmpty();
        if (!isOne || !slots.entities.isEmpty()) {
            return Optional.empty();
        }
        Slots.MeasureSlot measure = slots.measures.get(0);
        boolean isExtreme =
                measure.aggregate().equals("max") || measure.aggregate().equals("min");
        Direction direction = measure.aggregate().equals("min") ? Direction.ASCENDING : rank();
        Optional<ColumnEntry> time = shape.timeColumn();
        if (time.isEmpty()
                || !(isExtreme || (slots.rank != null && measure.aggregate().isEmpty()))) {
            return Optional.of(steps.problem("When that was can't be told from the columns that were named."));
        }
        return Optional.of(rowsOf(measure.column(), direction, List.of(time.get(), measure.column())));
    }

    /** The first rows by a column, some columns shown. */
    List<Step> rowsOf(ColumnEntry by, Direction direction, List<ColumnEntry> shown) {
        return List.of(steps.step(Operation.LIST)
                .dimensions(shown.stream().map(c -> Dimension.of(c.ref())).toList())
                .order(List.of(new Order(new Order.Key.OfValue(by.ref()), direction)))
                .limit(rowLimit())
                .build());
    }

    /** Rows with the columns that were named, ranked or sorted when that was asked. */
    List<Step> list() {
        rankByOnlyQuantity();
        List<ColumnEntry> columns = new ArrayList<>(slots.mentioned());
        if (slots.perRow && !columns.isEmpty() && columns.stream().allMatch(ColumnEntry::isQuantity)) {
            columns.addAll(0, steps.labelOf(columns.get(0)).stream().toList());
        }
        ColumnEntry time = slots.time;
        if (time != null) {
            columns.add(time);
        }
        Direction rank = slots.rank;
        Step.Builder step = steps.step(Operation.LIST);
        if (rank != null && !slots.measures.isEmpty()) {
            ColumnEntry by = slots.measures.get(0).column();
            step.order(List.of(new Order(new Order.Key.OfValue(by.ref()), rank)));
            step.limit(rowLimit());
            columns = rankedColumns(by);
        } else {
            Slots.SortSlot sort = slots.sort;
            if (sort != null && (sort.column() != null || !columns.isEmpty())) {
                ColumnEntry by = sortedBy(sort, columns);
                step.order(List.of(new Order(new Order.Key.OfValue(by.ref()), sort.direction())));
            }
            if (slots.limit > 0) {
                step.limit(Limit.of(slots.limit));
            }
        }
        return List.of(
                step.dimensions(columns.stream().map(c -> Dimension.of(c.ref())).toList())
                        .build());
    }

    /** "The 5 largest countries and their area": what is shown of them is what ranks them, when it is one number. */
    private void rankByOnlyQuantity() {
        List<ColumnEntry> quantities =
                slots.bare.stream().filter(ColumnEntry::isQuantity).toList();
        if (slots.rank != null && slots.measures.isEmpty() && quantities.size() == 1 && slots.sort == null) {
            decisions.note("Ranked by " + quantities.get(0).name() + ", the only number that was named.", 0.05);
            slots.measures.add(new Slots.MeasureSlot("", quantities.get(0)));
        }
    }

    /** "The first winner": the row with the earliest date or year; of a table without any, its first row. */
    List<Step> ordinal(Direction direction) {
        boolean computes = !slots.measures.isEmpty()
                || !slots.groups.isEmpty()
                || slots.grain != null
                || slots.sort != null
                || !slots.operations.stream().allMatch("list"::equals);
        List<ColumnEntry> shown = new ArrayList<>(slots.mentioned());
        if (shown.isEmpty()) {
            shown.addAll(steps.label().stream().toList());
        }
        Optional<ColumnEntry> time = shape.timeColumn().filter(c -> !shown.contains(c));
        boolean isLast = direction == Direction.DESCENDING;
        if (computes || shown.isEmpty() || (isLast && time.isEmpty())) {
            return steps.problem("By what the " + (isLast ? "last" : "first") + " one is meant can't be told.");
        }
        Step.Builder step = steps.step(Operation.LIST)
                .dimensions(shown.stream().map(c -> Dimension.of(c.ref())).toList());
        if (time.isPresent()) {
            decisions.note(
                    (isLast ? "The last" : "The first") + " one is that by "
                            + time.get().name() + ".",
                    0.1);
            step.order(List.of(new Order(new Order.Key.OfValue(time.get().ref()), direction)));
            step.limit(new Limit(1, Limit.Ties.KEEP, -1));
        } else {
            decisions.note("The first one is the first row of the table.", 0.1);
            step.limit(Limit.of(1));
        }
        return List.of(step.build());
    }

    /** The column that is sorted by: the one that was named, the last one for the y-axis, else the first. */
    static ColumnEntry sortedBy(Slots.SortSlot sort, List<ColumnEntry> columns) {
        ColumnEntry named = sort.column();
        if (named != null) {
            return named;
        }
        return columns.get(sort.axis().equals("y") ? columns.size() - 1 : 0);
    }

    /** What is shown of ranked rows: all columns, or for "which film has the highest rating" its name and the rating. */
    private List<ColumnEntry> rankedColumns(ColumnEntry by) {
        List<ColumnEntry> named = new ArrayList<>(slots.bare);
        if (slots.ranksRows) {
            slots.entities.stream().filter(c -> !named.contains(c)).forEach(named::add);
            if (!slots.chart.isEmpty() && !named.isEmpty() && !named.contains(by)) {
                named.add(by);
            }
        }
        if (slots.ranksRows && !named.isEmpty()) {
            return named;
        }
        Optional<ColumnEntry> label = steps.label();
        boolean single = slots.asks && label.isPresent();
        if (!single && named.isEmpty()) {
            return List.of();
        }
        label.filter(l -> !named.contains(l)).ifPresent(l -> named.add(0, l));
        if (!named.contains(by)) {
            named.add(by);
        }
        return named;
    }

    /** How many come first: the number that was said, one for a superlative, else a default that is noted. */
    Limit rowLimit() {
        if (slots.limit > 0) {
            return Limit.of(slots.limit);
        } else if (slots.skipped > 0) {
            return new Limit(1, Limit.Ties.KEEP, -1, slots.skipped);
        }
        return slots.superlative ? new Limit(1, Limit.Ties.KEEP, -1) : defaultTop();
    }

    private Limit defaultTop() {
        decisions.note("No number was given, so the first " + DEFAULT_TOP + " are shown.", 0.05);
        return Limit.of(DEFAULT_TOP);
    }

    /** From the highest, unless said otherwise. */
    Direction rank() {
        Direction rank = slots.rank;
        return rank == null ? Direction.DESCENDING : rank;
    }

    /** "The capacity for each cinema": a row for each, with its name. */
    List<Step> eachRow(List<ColumnEntry> shown, ColumnEntry quantity) {
        Slots.SortSlot sort = slots.sort;
        Step.Builder step = steps.step(Operation.LIST)
                .dimensions(shown.stream().map(c -> Dimension.of(c.ref())).toList());
        if (sort != null) {
            step.order(List.of(new Order(new Order.Key.OfValue(quantity.ref()), sort.direction())));
        }
        return List.of(step.build());
    }

    /** The rows of a filter by itself. */
    List<Step> rowsOnly() {
        boolean showsRows = !slots.filter.equals(Condition.always());
        return showsRows
                ? List.of(steps.step(Operation.LIST).build())
                : steps.problem("It is not said what is to be computed.");
    }
}
