package dev.datastudio.agents.eval.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a plan is about: the columns it uses, and its tasks in the words of NL4DV. */
final class PlanMeaning {
    private PlanMeaning() {}

    /** The names of all columns that a plan uses, for whatever; a measure that counts rows uses none. */
    static SortedSet<String> columns(AnalysisPlan plan) {
        return plan.steps().stream()
                .flatMap(PlanMeaning::columns)
                .map(ColumnRef::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<ColumnRef> columns(Step step) {
        Stream<ColumnRef> other =
                step.detail() instanceof Detail.Combination combination ? columns(combination.other()) : Stream.empty();
        return Stream.of(
                        step.dimensions().stream().map(Dimension::of).flatMap(of -> of.columns().stream()),
                        step.measures().stream().flatMap(measure -> measure.columns().stream()),
                        step.filter().columns().stream(),
                        step.having().columns().stream(),
                        step.order().stream().flatMap(PlanMeaning::columns),
                        step.cleaning().stream().flatMap(PlanMeaning::columns),
                        other)
                .flatMap(parts -> parts);
    }

    private static Stream<ColumnRef> columns(Order order) {
        if (order.key() instanceof Order.Key.OfHidden hidden) {
            return hidden.measure().columns().stream();
        }
        return order.key() instanceof Order.Key.OfValue of ? of.value().columns().stream() : Stream.empty();
    }

    private static Stream<ColumnRef> columns(Cleaning cleaning) {
        if (cleaning instanceof Cleaning.WithoutMissing missing) {
            return missing.columns().stream();
        } else if (cleaning instanceof Cleaning.WithoutOutliers outliers) {
            return Stream.of(outliers.column());
        }
        return Stream.empty();
    }

    /**
     * The tasks: what each step does, and {@code filter}, {@code sort} and {@code find_extremum} where rows are chosen,
     * ordered or only the first are kept. Counting rows per group is a distribution there, not a derived value.
     */
    static SortedSet<String> tasks(AnalysisPlan plan) {
        SortedSet<String> tasks = new TreeSet<>();
        for (Step step : plan.steps()) {
            tasks.add(task(step));
            if (!step.filter().equals(Condition.always())) {
                tasks.add("filter");
            }
            if (step.limit() != null && !step.order().isEmpty()) {
                tasks.add("find_extremum");
            } else if (!step.order().isEmpty()) {
                tasks.add("sort");
            }
        }
        return tasks;
    }

    private static String task(Step step) {
        if (step.operation() == Operation.CORRELATION || step.operation() == Operation.REGRESSION) {
            return "correlation";
        } else if (step.operation() == Operation.TREND) {
            return "trend";
        }
        Set<Operation> spread = Set.of(Operation.DISTRIBUTION, Operation.SUMMARY, Operation.LIST);
        boolean counts = step.measures().stream()
                .allMatch(measure -> measure instanceof Measure.Aggregated a && a.aggregate() == Aggregate.COUNT);
        return spread.contains(step.operation()) || counts ? "distribution" : "derived_value";
    }
}
