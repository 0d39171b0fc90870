package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Decides what is computed: aggregates that were named, those that fit, counts and shares. */
final class MeasureAssembler {
    private final Slots slots;
    private final Decisions decisions;

    MeasureAssembler(Slots slots, Decisions decisions) {
        this.slots = slots;
        this.decisions = decisions;
    }

    /** The measures that were named, bare quantities with the aggregate that fits them, and counts. */
    List<Measure> measures() {
        List<Measure> measures = new ArrayList<>(slots.computed);
        ColumnEntry counted = slots.counted;
        if (counted != null) {
            measures.add(counting(counted));
        } else if (slots.counts) {
            measures.add(Measure.count());
        }
        for (Slots.MeasureSlot measure : slots.measures) {
            measures.add(
                    measure.aggregate().isEmpty()
                            ? byDefault(measure.column())
                            : Measures.of(measure.aggregate(), measure.column()));
        }
        if (slots.comparesGroups && measures.isEmpty()) {
            measures.addAll(compared(slots.having));
        }
        boolean addBare = !slots.counts || slots.isOperation("trend");
        if (addBare) {
            slots.bare.stream().filter(ColumnEntry::isQuantity).forEach(c -> measures.add(byDefault(c)));
        }
        return slots.isOperation("share")
                ? shares(measures)
                : measures.stream().distinct().toList();
    }

    private static List<Measure> compared(Condition having) {
        return having instanceof Condition.MeasureComparison c
                ? List.of(c.measure())
                : having.children().flatMap(c -> compared(c).stream()).toList();
    }

    /** "The brands and how many of each", "the number of brands as a pie": one number makes no chart and no order. */
    private boolean isGroupedByCounted(ColumnEntry counted) {
        boolean named = slots.bare.remove(counted);
        boolean alone = slots.groups.isEmpty() && slots.bare.isEmpty() && slots.entities.isEmpty() && !slots.hasTime();
        boolean drawn = !slots.chart.isEmpty() || slots.sort != null || slots.isOperation("comparison");
        if (alone && counted.isCategory() && (named || drawn)) {
            slots.groups.add(counted);
            return true;
        }
        return false;
    }

    private Measure counting(ColumnEntry counted) {
        if (slots.groups.contains(counted) || isGroupedByCounted(counted)) {
            return Measure.count();
        }
        boolean isTally = counted.parts().contains("number")
                || counted.parts().contains("num")
                || Measures.defaultAggregate(counted) == Aggregate.SUM;
        boolean isOfGroups = (!slots.groups.isEmpty() || slots.bare.stream().anyMatch(ColumnEntry::isCategory))
                && !Measures.isIntensive(counted);
        boolean isAmount = counted.isQuantity()
                && !slots.distinct
                && !refersToRows(counted)
                && (isTally || !counted.isSmallInteger() || isOfGroups || ofOneRow());
        if (isAmount) {
            decisions.note(counted.name() + " is a number, so its values are added up.", 0.1);
            return Measure.of(Aggregate.SUM, counted.ref());
        }
        if (!slots.distinct) {
            decisions.note("Each different " + counted.name() + " is counted once.", 0.05);
        }
        return Measure.of(Aggregate.COUNT_DISTINCT, counted.ref());
    }

    /** Whether a number names a row of another table, so that adding it up means nothing. */
    private boolean refersToRows(ColumnEntry column) {
        Scope scope = decisions.index();
        return !scope.isSingle()
                && scope.joins().from(scope.tableOf(column)).stream()
                        .anyMatch(e -> e.toOne() && e.left().column().equals(column));
    }

    /** "How many laps did Senna drive", where each driver has one row, asks for what stands in that row. */
    private boolean ofOneRow() {
        return slots.filter instanceof Condition.Comparison c
                && c.comparator() == Condition.Comparator.EQUAL
                && c.left() instanceof Expression.ColumnRef ref
                && decisions
                        .index()
                        .find(ref.table(), ref.name())
                        .filter(column -> PointsAssembler.tellsRows(column, decisions))
                        .isPresent();
    }

    private Measure byDefault(ColumnEntry column) {
        if (!column.isNumeric()) {
            return Measure.of(slots.rank == Direction.ASCENDING ? Aggregate.MIN : Aggregate.MAX, column.ref());
        }
        if (Measures.isStock(column) && spansTime()) {
            decisions.note(column.name() + " is averaged, as adding it up over time would count it again.", 0.1);
            return Measure.of(Aggregate.MEAN, column.ref());
        }
        Aggregate aggregate = Measures.defaultAggregate(column);
        String how = aggregate == Aggregate.SUM ? "added up" : "averaged";
        decisions.note(column.name() + " is " + how + ", as no aggregate was named.", 0.05);
        return Measure.of(aggregate, column.ref());
    }

    /** Whether each group holds rows of several dates. */
    private boolean spansTime() {
        List<ColumnEntry> times = decisions.index().columns().stream()
                .filter(c -> c.isTemporal() || c.isYearNumber())
                .toList();
        Set<Expression.ColumnRef> filtered = PlanColumns.of(slots.filter);
        return !times.isEmpty()
                && !slots.hasTime()
                && times.stream()
                        .noneMatch(t -> slots.groups.contains(t)
                                || slots.entities.contains(t)
                                || slots.bare.contains(t)
                                || filtered.contains(t.ref()));
    }

    private List<Measure> shares(List<Measure> measures) {
        List<Measure> base = measures.isEmpty() ? List.of(Measure.count()) : measures;
        return base.stream()
                .<Measure>map(m -> m instanceof Measure.Aggregated a
                        ? new Measure.Aggregated(
                                a.aggregate(),
                                a.of(),
                                a.fraction(),
                                slots.transform == Measure.Transform.SHARE_WITHIN
                                        ? Measure.Transform.SHARE_WITHIN
                                        : Measure.Transform.SHARE_OF_TOTAL)
                        : m)
                .toList();
    }
}
