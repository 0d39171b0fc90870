package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds steps whose rows are drawn one by one: the pairs of a scatter chart, the values of a line with a date for each.
 * Only of tables that are small enough to be drawn whole; of larger ones a sample or an aggregate is shown.
 */
final class PointsAssembler {
    private static final long MOST_ROWS = 5_000;
    private static final double NEARLY_ALL = 0.9;
    private static final Set<String> OF_PAIRS = Set.of("correlation", "list");
    private static final Set<String> OF_LINES = Set.of("trend", "list");

    private final StepAssembler steps;
    private final Slots slots;
    private final Decisions decisions;

    PointsAssembler(StepAssembler steps, Slots slots, Decisions decisions) {
        this.steps = steps;
        this.slots = slots;
        this.decisions = decisions;
    }

    /** The step, if the question asks for points and nothing has to be computed for them. */
    Optional<List<Step>> assemble() {
        boolean computes = slots.counts
                || slots.counted != null
                || slots.rank != null
                || slots.limit > 0
                || (slots.versus && !slots.chart.equals("scatter"))
                || slots.grain != null
                || slots.datePart != null
                || !slots.having.equals(Condition.always())
                || slots.measures.stream().anyMatch(m -> !m.aggregate().isEmpty());
        if (computes || !decisions.index().isSingle() || isLarge()) {
            return Optional.empty();
        }
        return slots.chart.equals("scatter") ? pairs() : line();
    }

    private boolean isLarge() {
        return decisions.index().dataset().rowCount() > MOST_ROWS;
    }

    /** Two columns row by row; a third that groups them becomes their colour. */
    private Optional<List<Step>> pairs() {
        List<ColumnEntry> columns = new ArrayList<>(slots.mentioned());
        slots.groups.stream().filter(c -> !columns.contains(c)).forEach(columns::add);
        long numbers = columns.stream().filter(ColumnEntry::isNumeric).count();
        boolean isColoured = columns.size() == 3
                && numbers >= 2
                && slots.groups.size() == 1
                && !columns.subList(0, 2).contains(slots.groups.get(0));
        boolean isPair = columns.size() == 2
                && (numbers == 2 || (numbers == 1 && columns.stream().anyMatch(this::tellsRows)));
        if (!OF_PAIRS.containsAll(slots.operations) || slots.hasTime() || !(isPair || isColoured)) {
            return Optional.empty();
        }
        Slots.SortSlot sort = slots.sort;
        Step.Builder step = steps.step(Operation.LIST)
                .dimensions(columns.stream().map(c -> Dimension.of(c.ref())).toList());
        if (sort != null) {
            ColumnEntry by = RowsAssembler.sortedBy(sort, columns);
            step.order(List.of(new Order(new Order.Key.OfValue(by.ref()), sort.direction())));
        }
        return Optional.of(List.of(step.build()));
    }

    /** A value for each date, where each row has a date of its own, so that nothing is to be averaged. */
    private Optional<List<Step>> line() {
        ColumnEntry time = slots.time;
        boolean along = slots.chart.equals("line") || slots.isOperation("trend");
        List<ColumnEntry> columns = slots.mentioned();
        boolean isOne = columns.size() == 1 && columns.get(0).isNumeric() && slots.groups.isEmpty();
        if (time == null || !along || !isOne || !OF_LINES.containsAll(slots.operations) || !tellsRows(time)) {
            return Optional.empty();
        }
        Slots.SortSlot sort = slots.sort;
        boolean byValue =
                sort != null && (sort.axis().equals("y") || columns.get(0).equals(sort.column()));
        Direction direction = sort == null ? Direction.ASCENDING : sort.direction();
        ColumnEntry by = byValue ? columns.get(0) : time;
        decisions.note("Each row has its own " + time.name() + ", so nothing was averaged.", 0.05);
        return Optional.of(List.of(steps.step(Operation.LIST)
                .dimensions(List.of(
                        Dimension.of(time.ref()), Dimension.of(columns.get(0).ref())))
                .order(List.of(new Order(new Order.Key.OfValue(by.ref()), direction)))
                .chart(ChartHint.LINE)
                .build()));
    }

    private boolean tellsRows(ColumnEntry column) {
        return tellsRows(column, decisions);
    }

    /** Whether (nearly) each row has a value of its own in a column, so that it groups nothing. */
    static boolean tellsRows(ColumnEntry column, Decisions decisions) {
        long rows = decisions.index().tableOf(column).dataset().rowCount();
        return rows > 1 && column.column().distinctCount() >= NEARLY_ALL * rows;
    }
}
