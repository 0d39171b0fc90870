package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the formulas of taught measures in the place of the columns that stood for them. */
final class TaughtMeasures {
    private final Map<ColumnEntry, Measure> taught;
    private final Set<ColumnEntry> aggregated;
    private String problem = "";

    /** @param aggregated those that the question named another aggregate for */
    TaughtMeasures(Map<ColumnEntry, Measure> taught, Set<ColumnEntry> aggregated) {
        this.taught = taught;
        this.aggregated = aggregated;
    }

    /** Why a formula can't stand where its words do; empty when all can. */
    String problem() {
        return problem;
    }

    /** The steps with the formulas. */
    List<Step> expanded(List<Step> steps) {
        List<Step> expanded = new ArrayList<>(steps);
        for (Map.Entry<ColumnEntry, Measure> entry : taught.entrySet()) {
            expanded.replaceAll(s -> expanded(s, entry.getKey(), entry.getValue()));
        }
        return expanded;
    }

    private Step expanded(Step step, ColumnEntry stands, Measure meaning) {
        boolean grouped = step.operation() == Operation.AGGREGATE
                || step.operation() == Operation.TREND
                || step.operation() == Operation.COMPARISON;
        Step.Builder changed = step.toBuilder();
        if (grouped && !aggregated.contains(stands)) {
            changed.measures(step.measures().stream()
                            .map(m -> reads(m, stands) ? likeIt(m, meaning) : m)
                            .toList())
                    .having(having(step.having(), stands, meaning));
        }
        Step inMeasures = changed.build();
        if (meaning instanceof Measure.Aggregated a && a.of() != null) {
            return RefReplacer.replaced(inMeasures, stands.ref(), a.of());
        }
        if (PlanColumns.read(inMeasures).contains(stands.ref())) {
            problem = "'" + stands.name() + "' is computed for groups, so it has no value for a single row"
                    + " and no other aggregate.";
        }
        return inMeasures;
    }

    private static boolean reads(Measure measure, ColumnEntry stands) {
        return measure instanceof Measure.Aggregated a && stands.ref().equals(a.of());
    }

    private static Measure likeIt(Measure measure, Measure meaning) {
        return meaning instanceof Measure.Ratio r
                ? new Measure.Ratio(r.numerator(), r.denominator(), measure.transform())
                : new Measure.Aggregated(
                        ((Measure.Aggregated) meaning).aggregate(),
                        ((Measure.Aggregated) meaning).of(),
                        ((Measure.Aggregated) meaning).fraction(),
                        measure.transform());
    }

    private Condition having(Condition condition, ColumnEntry stands, Measure meaning) {
        if (condition instanceof Condition.MeasureComparison c && reads(c.measure(), stands)) {
            return new Condition.MeasureComparison(likeIt(c.measure(), meaning), c.comparator(), c.right());
        } else if (condition instanceof Condition.All all) {
            return new Condition.All(
                    all.parts().stream().map(p -> having(p, stands, meaning)).toList());
        } else if (condition instanceof Condition.Any any) {
            return new Condition.Any(
                    any.parts().stream().map(p -> having(p, stands, meaning)).toList());
        } else if (condition instanceof Condition.Not not) {
            return new Condition.Not(having(not.part(), stands, meaning));
        }
        return condition;
    }

    /** Columns that a fragment or question named an aggregate for. */
    static Set<ColumnEntry> named(Slots slots) {
        return slots.measures.stream()
                .filter(m -> !m.aggregate().isEmpty())
                .map(Slots.MeasureSlot::column)
                .collect(Collectors.toSet());
    }

    /** Says what taught words mean, for those that are read. */
    static void explain(List<Step> steps, Map<ColumnEntry, Measure> taught, Decisions decisions) {
        Set<Expression.ColumnRef> read = new HashSet<>();
        steps.forEach(s -> read.addAll(PlanColumns.read(s)));
        taught.forEach((stands, meaning) -> {
            if (read.contains(stands.ref())) {
                decisions.note(
                        "'" + stands.name() + "' is the " + ReadingWriter.measure(meaning) + ", as it was taught.", 0);
            }
        });
    }
}
