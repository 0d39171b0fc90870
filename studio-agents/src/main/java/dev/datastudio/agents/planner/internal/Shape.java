package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.TimeGrain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the dimensions of a step from its slots. */
final class Shape {
    private final Slots slots;
    private final Decisions decisions;

    Shape(Slots slots, Decisions decisions) {
        this.slots = slots;
        this.decisions = decisions;
    }

    /** The groups of a column: its values, round bins for a quantity of many values. */
    static Dimension byColumn(ColumnEntry column) {
        if (column.isTemporal()) {
            return Dimension.of(column.ref(), TimeColumns.grainOf(column));
        }
        boolean bins = column.isNumeric() && !column.isCategory();
        return bins ? new Dimension(column.ref(), new Dimension.Grouping.ByBins(0)) : Dimension.of(column.ref());
    }

    static List<Dimension> byColumns(List<ColumnEntry> columns) {
        return columns.stream().distinct().map(Shape::byColumn).toList();
    }

    /** The date column that is meant, when time plays a part. */
    Optional<ColumnEntry> timeColumn() {
        ColumnEntry named = slots.time;
        return named != null ? Optional.of(named) : new TimeColumns(decisions.index()).main(decisions);
    }

    /** The time dimension; none when the table has no time at all. */
    Optional<Dimension> time() {
        return timeColumn().map(this::byTime);
    }

    private Dimension byTime(ColumnEntry column) {
        if (!TimeColumns.canCut(column)) {
            return Dimension.of(column.ref());
        }
        if (slots.datePart != null) {
            return Dimension.of(new Expression.PartOf(slots.datePart, column.ref()));
        }
        TimeGrain grain = slots.grain;
        return Dimension.of(column.ref(), grain != null ? grain : TimeColumns.grainOf(column));
    }

    /** Groups with the time among them, when it was asked for, first. */
    List<Dimension> dimensions(List<ColumnEntry> columns) {
        List<Dimension> dimensions = new ArrayList<>();
        if (slots.hasTime()) {
            time().ifPresent(dimensions::add);
        }
        Dimension ranges = slots.ranges;
        if (ranges != null) {
            dimensions.add(ranges);
        }
        for (Dimension dimension : byColumns(columns)) {
            if (!dimensions.contains(dimension)) {
                dimensions.add(dimension);
            }
        }
        return dimensions;
    }

    /** Whether the first of some dimensions is a run of periods. */
    static boolean beginsWithTime(List<Dimension> dimensions) {
        return !dimensions.isEmpty() && dimensions.get(0).grouping() instanceof Dimension.Grouping.ByTime;
    }
}
