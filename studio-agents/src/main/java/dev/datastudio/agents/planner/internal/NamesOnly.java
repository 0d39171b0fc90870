package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.List;
import java.util.Set;

/**
 * Leaves out a number that only chooses groups: "which region has the most stations" asks for a region, "how many
 * stations has each region" for numbers. A chart always shows the number.
 */
final class NamesOnly {
    private static final Set<Tag> CHOOSING =
            Set.of(Tag.HIGHEST, Tag.LOWEST, Tag.WITH, Tag.RELATIVE, Tag.MOST_COMMON, Tag.LEAST_COMMON, Tag.RELATES);

    private final Slots slots;
    private final Clause clause;

    NamesOnly(Slots slots, Clause clause) {
        this.slots = slots;
        this.clause = clause;
    }

    List<Step> of(List<Step> steps) {
        return steps.size() == 1 && choosesGroups(steps.get(0)) && !asksForNumber()
                ? List.of(hidden(steps.get(0)))
                : steps;
    }

    /** The step as it stands with the numbers shown that it hides. */
    static Step shown(Step step) {
        boolean hides = step.operation() == Operation.AGGREGATE
                && step.measures().isEmpty()
                && step.order().size() == 1;
        if (!hides || !(step.order().get(0).key() instanceof Order.Key.OfHidden hidden)) {
            return step;
        }
        return step.toBuilder()
                .measures(List.of(hidden.measure()))
                .order(List.of(Order.byMeasure(0, step.order().get(0).direction())))
                .build();
    }

    private boolean choosesGroups(Step step) {
        boolean isPlain = step.operation() == Operation.AGGREGATE
                && step.measures().size() == 1
                && step.measures().get(0).transform() == Measure.Transform.NONE
                && !step.dimensions().isEmpty()
                && step.dimensions().stream().allMatch(d -> d.grouping() instanceof Grouping.ByValue)
                && slots.chart.isEmpty()
                && slots.operations.stream().allMatch("list"::equals)
                && !clause.has(Tag.GROUP);
        boolean ranks = step.limit() != null && slots.superlative && !slots.cut && isRanked(step);
        boolean compares = step.limit() == null
                && step.order().isEmpty()
                && slots.sort == null
                && step.having() instanceof Condition.MeasureComparison m
                && m.measure().equals(step.measures().get(0));
        return isPlain && (ranks || compares);
    }

    private static boolean isRanked(Step step) {
        return step.order().size() == 1 && step.order().get(0).key().equals(new Order.Key.OfMeasure(0));
    }

    private static Step hidden(Step step) {
        Measure measure = step.measures().get(0);
        return step.toBuilder()
                .measures(List.of())
                .order(step.order().stream()
                        .map(o -> new Order(new Order.Key.OfHidden(measure), o.direction()))
                        .toList())
                .build();
    }

    /** Whether a number is named for itself, and not after "most", "with" or "who have". */
    private boolean asksForNumber() {
        for (int at = 0; at < clause.size(); at++) {
            Item item = clause.get(at);
            boolean names = item.is(Tag.COUNT) || item.is(Tag.AGGREGATE) || item.is(Tag.RATE);
            if (names && !isChoosing(at)) {
                return true;
            }
        }
        return false;
    }

    private boolean isChoosing(int at) {
        for (int i = at - 1; i >= 0; i--) {
            Item item = clause.get(i);
            if (item.is(Tag.AND) || item.is(Tag.QUESTION) || item.isMark(",")) {
                return false;
            } else if (item.is(Item.Kind.WORD) && CHOOSING.contains(item.tag())) {
                return true;
            }
        }
        return false;
    }
}
