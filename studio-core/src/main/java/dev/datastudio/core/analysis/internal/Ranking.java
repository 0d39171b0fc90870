package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Limit;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rankings: the first few groups by a measure, in which rows without a group's name have no place. */
public final class Ranking {
    private final StepQueries queries;
    private final Schema schema;
    private final ValueText values = new ValueText(Locale.US);

    public Ranking(StepQueries queries, Schema schema) {
        this.queries = queries;
        this.schema = schema;
    }

    /** Whether a step keeps the first groups by a measure. */
    static boolean isRanking(Step step, Schema schema) {
        Limit limit = step.limit();
        if (step.operation() != Operation.AGGREGATE
                || limit == null
                || step.dimensions().isEmpty()) {
            return false;
        }
        return step.order().isEmpty()
                ? GroupCompiler.isBiggestFirst(step, schema)
                : step.order().stream()
                        .anyMatch(o -> o.key() instanceof Order.Key.OfMeasure || o.key() instanceof Order.Key.OfHidden);
    }

    /**
     * The step without the rows that have no name to be ranked by, and a warning that says how many they were; the same
     * step when there are none, or when its numbers are relative to all rows.
     */
    public Step named(Step step, List<String> warnings) {
        boolean plain = step.measures().stream().map(Measure::transform).allMatch(Transform.NONE::equals);
        if (!plain || !isRanking(step, schema)) {
            return step;
        }
        List<Condition> missing = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Dimension dimension : step.dimensions()) {
            Condition nameless = new Condition.Missing(dimension.of());
            if (mayMiss(dimension.of()) && queries.count(step, Condition.all(List.of(step.filter(), nameless))) > 0) {
                missing.add(nameless);
                names.add(Words.of(dimension.of()));
            }
        }
        if (missing.isEmpty()) {
            return step;
        }
        Condition any = new Condition.Any(missing);
        long left = queries.count(step, Condition.all(List.of(step.filter(), any)));
        warnings.add(values.number(left) + (left == 1 ? " row" : " rows") + " without " + StepReading.and(names)
                + (left == 1 ? " is" : " are") + " left out of the ranking.");
        List<Condition> kept = new ArrayList<>(List.of(step.filter()));
        missing.forEach(m -> kept.add(new Condition.Not(m)));
        return step.toBuilder().filter(Condition.all(kept)).build();
    }

    private boolean mayMiss(Expression of) {
        return !(of instanceof ColumnRef ref)
                || schema.findColumn(ref).map(Column::nullCount).orElse(-1L) != 0;
    }
}
