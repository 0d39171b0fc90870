package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Aggregated;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Order.Direction;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.TimeGrain;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts what runs along time, or compares groups with one another, on the measures of finished steps. */
final class ComputedSteps {
    private static final int USUAL_LENGTH = 3;
    private static final int LONGEST = 1000;

    private final Slots slots;
    private final Decisions decisions;

    ComputedSteps(Slots slots, Decisions decisions) {
        this.slots = slots;
        this.decisions = decisions;
    }

    /** Puts time among what is grouped by, where the numbers run along it; what is missing is said as the problem. */
    void prepare() {
        Transform transform = slots.transform;
        if (transform == null || transform == Transform.RANK || transform == Transform.SHARE_WITHIN) {
            return;
        }
        Optional<ColumnEntry> years =
                slots.groups.stream().filter(ColumnEntry::isYearNumber).findFirst();
        years.ifPresent(y -> {
            slots.groups.remove(y);
            slots.groups.add(0, y);
        });
        boolean hasTime = slots.hasTime() || years.isPresent();
        if (!hasTime && new TimeColumns(decisions.index()).main(decisions).isEmpty()) {
            slots.problem = "What runs along time needs a column of dates or years, and there is none.";
            return;
        }
        boolean differs = transform == Transform.CHANGE || transform == Transform.PERCENT_CHANGE;
        if (differs && !hasTime && !slots.groups.isEmpty() && !isInPeriod()) {
            slots.problem = "It is not said over which periods that changes; add \"by year\", or \"from\" one year"
                    + " \"to\" another.";
            return;
        }
        slots.overTime |= !hasTime;
        slots.operations.remove("trend");
        boolean adds = transform == Transform.RUNNING_TOTAL || slots.moving == Aggregate.SUM;
        if (adds) {
            List<ColumnEntry> quantities =
                    slots.bare.stream().filter(ColumnEntry::isQuantity).toList();
            slots.bare.removeAll(quantities);
            quantities.forEach(q -> slots.measures.add(new Slots.MeasureSlot("sum", q)));
        }
    }

    private boolean isInPeriod() {
        Set<Expression.ColumnRef> filtered = PlanColumns.of(slots.filter);
        return decisions.index().columns().stream()
                .anyMatch(c -> (c.isTemporal() || c.isYearNumber()) && filtered.contains(c.ref()));
    }

    List<Step> applied(List<Step> steps) {
        if (slots.transform == null && !slots.periods) {
            return steps;
        }
        boolean named = !slots.measures.isEmpty()
                || !slots.computed.isEmpty()
                || slots.counts
                || slots.counted != null
                || slots.rowsNamed
                || slots.bare.stream().anyMatch(ColumnEntry::isQuantity);
        if (!named) {
            slots.problem = "It is not said of which column of numbers that is wanted.";
            return List.of();
        }
        List<Step> made = new ArrayList<>();
        for (Step step : steps) {
            boolean groups = step.operation() == Operation.AGGREGATE || step.operation() == Operation.TREND;
            if (!groups || step.measures().isEmpty() || step.dimensions().isEmpty()) {
                slots.problem = "What is computed from the numbers of groups needs groups of one and a number to"
                        + " compute of them.";
                return List.of();
            }
            made.add(slots.periods ? compared(step) : transformed(step));
        }
        return made;
    }

    /** The number of each of two periods, and what became of the first. */
    private Step compared(Step step) {
        List<Measure> measures = new ArrayList<>();
        for (Measure measure : step.measures()) {
            measures.add(measure);
            measures.add(with(measure, Transform.CHANGE));
            measures.add(with(measure, Transform.PERCENT_CHANGE));
        }
        return step.toBuilder().measures(measures).build();
    }

    private Step transformed(Step step) {
        Transform transform = slots.transform;
        if (transform == Transform.RANK) {
            return ranked(step);
        }
        if (transform == Transform.CHANGE || transform == Transform.PERCENT_CHANGE) {
            Optional<Step> single = ofSinglePeriod(step);
            if (single.isPresent()) {
                return compared(single.get());
            }
        }
        if (transform == Transform.MOVING_AVERAGE) {
            return step.toBuilder()
                    .measures(step.measures().stream().map(this::moving).toList())
                    .build();
        }
        return step.toBuilder()
                .measures(step.measures().stream()
                        .map(m -> with(m, transform == null ? Transform.NONE : transform))
                        .toList())
                .build();
    }

    private Measure moving(Measure measure) {
        int length = slots.window == 0 ? USUAL_LENGTH : Math.max(2, Math.min(LONGEST, slots.window));
        if (slots.window == 0) {
            decisions.note("No length was named, so it moves over " + USUAL_LENGTH + " periods.", 0.1);
        }
        decisions.note("Periods without rows are skipped, and the first ones have none until there are enough.", 0.02);
        Aggregate aggregate = slots.moving == null ? Aggregate.MEAN : slots.moving;
        return measure instanceof Aggregated a
                ? new Measure.Moving(
                        new Aggregated(a.aggregate(), a.of(), a.fraction(), Transform.NONE), aggregate, length)
                : measure;
    }

    /** The measure with its place beside it, the groups of the others in order. */
    private static Step ranked(Step step) {
        Measure first = step.measures().get(0);
        List<Measure> measures = List.of(first, with(first, Transform.RANK));
        List<Order> order = new ArrayList<>();
        for (int i = 0; i + 1 < step.dimensions().size(); i++) {
            order.add(Order.byDimension(i, Direction.ASCENDING));
        }
        order.add(Order.byMeasure(0, Direction.DESCENDING));
        return step.toBuilder()
                .operation(Operation.AGGREGATE)
                .measures(measures)
                .order(order)
                .build();
    }

    static Measure with(Measure measure, Transform transform) {
        if (measure instanceof Aggregated a) {
            return new Aggregated(a.aggregate(), a.of(), a.fraction(), transform);
        } else if (measure instanceof Measure.Ratio r) {
            return new Measure.Ratio(r.numerator(), r.denominator(), transform);
        } else if (measure instanceof Measure.Portion p) {
            return new Measure.Portion(p.of(), transform);
        }
        return measure;
    }

    /** "The growth of sales in 2017": a single period has nothing before it, so the one before is read as well. */
    private Optional<Step> ofSinglePeriod(Step step) {
        Dimension first = step.dimensions().get(0);
        if (slots.grain != null || !(first.grouping() instanceof Dimension.Grouping.ByTime)) {
            return Optional.empty();
        }
        List<Condition> parts = new ArrayList<>(Draft.conjuncts(step.filter()));
        for (int i = 0; i + 1 < parts.size(); i++) {
            Optional<LocalDate> from = bound(parts.get(i), first, Condition.Comparator.GREATER_OR_EQUAL);
            Optional<LocalDate> to = bound(parts.get(i + 1), first, Condition.Comparator.LESS);
            if (from.isPresent() && to.isPresent()) {
                Optional<TimeGrain> grain = grain(from.get(), to.get());
                if (grain.isPresent()) {
                    LocalDate before = before(from.get(), grain.get());
                    parts.set(
                            i,
                            new Condition.Comparison(
                                    first.of(),
                                    Condition.Comparator.GREATER_OR_EQUAL,
                                    new Expression.Constant(before)));
                    List<Dimension> dimensions = new ArrayList<>(step.dimensions());
                    dimensions.set(0, Dimension.of(first.of(), grain.get()));
                    decisions.note("The period before it is read as well, as growth is against it.", 0.05);
                    return Optional.of(step.toBuilder()
                            .filter(Condition.all(parts))
                            .dimensions(dimensions)
                            .build());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> bound(Condition part, Dimension time, Condition.Comparator comparator) {
        return part instanceof Condition.Comparison c
                        && c.comparator() == comparator
                        && c.left().equals(time.of())
                        && c.right() instanceof Expression.Constant constant
                        && constant.value() instanceof LocalDate date
                ? Optional.of(date)
                : Optional.empty();
    }

    private static Optional<TimeGrain> grain(LocalDate from, LocalDate to) {
        if (from.plusYears(1).equals(to)) {
            return Optional.of(TimeGrain.YEAR);
        } else if (from.plusMonths(3).equals(to)) {
            return Optional.of(TimeGrain.QUARTER);
        }
        return from.plusMonths(1).equals(to) ? Optional.of(TimeGrain.MONTH) : Optional.empty();
    }

    private static LocalDate before(LocalDate from, TimeGrain grain) {
        return switch (grain) {
            case YEAR -> from.minusYears(1);
            case QUARTER -> from.minusMonths(3);
            default -> from.minusMonths(1);
        };
    }
}
