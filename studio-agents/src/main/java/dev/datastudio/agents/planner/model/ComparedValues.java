package dev.datastudio.agents.planner.model;

import dev.datastudio.agents.planner.PlanRequest;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.internal.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds texts in a plan that are compared with a column which has no such value, as far as its values are known. */
final class ComparedValues {
    private static final int MOST_NAMED = 5;

    private final PlanRequest request;

    ComparedValues(PlanRequest request) {
        this.request = request;
    }

    /** What a model is told of each such text; empty when there is none. */
    List<String> unknown(AnalysisPlan plan) {
        List<String> found = new ArrayList<>();
        plan.steps().stream().flatMap(ComparedValues::withInner).forEach(step -> check(step.filter(), found));
        return found;
    }

    private static Stream<Step> withInner(Step step) {
        return Stream.concat(Stream.of(step), step.filter().steps().flatMap(ComparedValues::withInner));
    }

    private void check(Condition condition, List<String> found) {
        condition.children().forEach(child -> check(child, found));
        if (condition instanceof Condition.Comparison c
                && (c.comparator() == Condition.Comparator.EQUAL || c.comparator() == Condition.Comparator.NOT_EQUAL)) {
            compared(c.left(), c.right(), found);
            compared(c.right(), c.left(), found);
        } else if (condition instanceof Condition.OneOf o) {
            o.values().forEach(v -> compared(o.value(), v, found));
        }
    }

    private void compared(Expression value, Expression with, List<String> found) {
        if (value instanceof Expression.ColumnRef ref
                && with instanceof Expression.Constant constant
                && constant.value() instanceof String text) {
            List<String> stored = stored(ref);
            if (!stored.isEmpty() && stored.stream().noneMatch(text::equalsIgnoreCase)) {
                found.add("column " + StudioException.quote(ref.name()) + " has no value " + StudioException.quote(text)
                        + nearest(text, stored));
            }
        }
    }

    private List<String> stored(Expression.ColumnRef ref) {
        Optional<Dataset> table = request.datasets().stream()
                .filter(d -> d.table().equalsIgnoreCase(ref.table()))
                .findFirst();
        Optional<Column> column = table.flatMap(t -> t.findColumn(ref.name()));
        return column.isEmpty() || column.get().type() != ColumnType.TEXT
                ? List.of()
                : request.values().values(table.get(), column.get());
    }

    private static String nearest(String text, List<String> stored) {
        List<String> near = Nearest.list(text, stored, MOST_NAMED);
        List<String> named = near.isEmpty() && stored.size() <= MOST_NAMED ? stored : near;
        return named.isEmpty() ? "" : ", but " + named;
    }
}
