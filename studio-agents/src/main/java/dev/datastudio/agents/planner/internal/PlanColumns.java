package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.TimeGrain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which columns steps read; a column that was asked for and isn't read would have been ignored. */
final class PlanColumns {
    private PlanColumns() {}

    /** Names of columns in the slots that no step reads. */
    static List<String> missing(Slots slots, List<Step> steps) {
        boolean readsAll = steps.stream()
                .anyMatch(s -> s.operation() == Operation.LIST && s.dimensions().isEmpty());
        if (readsAll) {
            return List.of();
        }
        Set<Expression.ColumnRef> read = new HashSet<>();
        steps.forEach(s -> addAll(s, read));
        return slots.all().stream()
                .filter(c -> !read.contains(c.ref()))
                .map(ColumnEntry::name)
                .toList();
    }

    /** The words for conditions on groups, limits and grains that no step has. */
    static List<String> missingConditions(Slots slots, List<Step> steps) {
        boolean isThere = steps.stream().anyMatch(s -> s.having().equals(slots.having));
        List<String> missing = new ArrayList<>(isThere ? List.of() : List.of("groups with"));
        if (slots.limit > 0 && steps.stream().allMatch(s -> s.limit() == null)) {
            missing.add(String.valueOf(slots.limit));
        }
        if (slots.skipped > 0
                && steps.stream().noneMatch(s -> s.limit() != null && s.limit().skipped() == slots.skipped)) {
            missing.add("number " + (slots.skipped + 1));
        }
        TimeGrain grain = slots.grain;
        if (grain != null && steps.stream().noneMatch(PlanColumns::runsAlongTime)) {
            missing.add(grain.name().toLowerCase(Locale.ROOT));
        }
        return missing;
    }

    private static boolean runsAlongTime(Step step) {
        return step.operation() == Operation.TREND
                || step.dimensions().stream().anyMatch(d -> d.grouping() instanceof Dimension.Grouping.ByTime);
    }

    private static void addAll(Step step, Set<Expression.ColumnRef> read) {
        step.dimensions().forEach(d -> read.addAll(d.of().columns()));
        step.measures().forEach(m -> read.addAll(m.columns()));
        addAll(step.filter(), read);
        for (Order order : step.order()) {
            if (order.key() instanceof Order.Key.OfValue value) {
                read.addAll(value.value().columns());
            }
        }
        if (step.detail() instanceof Detail.Combination combination) {
            addAll(combination.other(), read);
        }
    }

    /** The columns that a step reads. */
    static Set<Expression.ColumnRef> read(Step step) {
        Set<Expression.ColumnRef> read = new HashSet<>();
        addAll(step, read);
        addMeasures(step.having(), read);
        return read;
    }

    private static void addMeasures(Condition having, Set<Expression.ColumnRef> read) {
        if (having instanceof Condition.MeasureComparison m) {
            read.addAll(m.measure().columns());
        }
        having.children().forEach(c -> addMeasures(c, read));
    }

    /** The columns that a condition is about, not those that they are compared with. */
    static Set<Expression.ColumnRef> of(Condition condition) {
        Set<Expression.ColumnRef> read = new HashSet<>();
        addAll(condition, read);
        return read;
    }

    private static void addAll(Condition condition, Set<Expression.ColumnRef> read) {
        if (!(condition instanceof Condition.MeasureComparison)) {
            condition.operands().limit(1).forEach(o -> read.addAll(o.columns()));
        }
        condition.children().forEach(c -> addAll(c, read));
    }
}
