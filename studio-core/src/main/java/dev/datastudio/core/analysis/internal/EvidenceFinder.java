package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Condition.Comparator;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Evidence;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.Constant;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.analysis.StepColumn;
import dev.datastudio.core.analysis.StepColumn.Role;
import dev.datastudio.core.chart.ValueSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks for what the chart of a result needs beyond its rows. */
public final class EvidenceFinder {
    /** So many values or points are read at most; charts show fewer. */
    static final int MOST_READ = 20_000;

    private static final int MOST_BOXES = 30;

    private final StepQueries queries;
    private final Schema schema;

    public EvidenceFinder(StepQueries queries, Schema schema) {
        this.queries = queries;
        this.schema = schema;
    }

    /** What is to be known beyond the rows of a step that was run. */
    public Evidence find(Step step, List<StepColumn> columns, QueryResult result) {
        Optional<ValueSummary> summary = queries.summary(step);
        if (summary.isPresent()) {
            return new Evidence.Summary(summary.get());
        } else if (step.chart() == ChartHint.NONE || result.rows().isEmpty()) {
            return new Evidence.None();
        } else if (step.operation() == Operation.DISTRIBUTION
                && Steps.spread(step, schema) == Steps.Spread.BOXES
                && Steps.groups(step).stream().allMatch(g -> g.grouping() instanceof Grouping.ByValue)) {
            return outliers(step, new ResultRows(columns, result));
        }
        boolean pair = step.operation() == Operation.CORRELATION || step.operation() == Operation.REGRESSION;
        return pair && step.dimensions().isEmpty() && step.measures().size() == 2
                ? points(step, new ResultRows(columns, result))
                : new Evidence.None();
    }

    private Evidence outliers(Step step, ResultRows rows) {
        Expression of = Steps.valueOf(step);
        List<Dimension> groups = Steps.groups(step);
        List<Condition> outside = new ArrayList<>();
        Map<List<@Nullable Object>, Integer> places = new HashMap<>();
        List<List<Double>> found = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            found.add(new ArrayList<>());
            List<@Nullable Object> key = rows.row(i).subList(0, groups.size());
            if (i < MOST_BOXES
                    && rows.number(i, rows.at(Role.OUTLIERS)) > 0
                    && key.stream().allMatch(this::isKey)) {
                places.put(key, i);
                outside.add(Condition.all(Stream.concat(groups(groups, key), Stream.of(beyond(of, rows, i)))
                        .toList()));
            }
        }
        if (outside.isEmpty()) {
            return new Evidence.Outliers(found);
        }
        List<Dimension> read = new ArrayList<>(groups);
        read.add(Dimension.of(of));
        Step asked = Step.of(Operation.LIST, step.source())
                .cleaning(step.cleaning())
                .filter(Condition.all(List.of(step.filter(), new Condition.Any(outside))))
                .dimensions(read)
                .build();
        for (List<@Nullable Object> row : queries.rows(asked, MOST_READ)) {
            Integer place = places.get(row.subList(0, groups.size()));
            if (place != null && row.get(groups.size()) instanceof Number value) {
                found.get(place).add(value.doubleValue());
            }
        }
        found.forEach(values -> values.sort(null));
        return new Evidence.Outliers(found);
    }

    private static Stream<Condition> groups(List<Dimension> groups, List<@Nullable Object> key) {
        List<Condition> same = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            Expression group = groups.get(i).of();
            Object value = key.get(i);
            same.add(
                    value == null
                            ? new Condition.Missing(group)
                            : new Condition.Comparison(group, Comparator.EQUAL, new Constant(value)));
        }
        return same.stream();
    }

    private static Condition beyond(Expression of, ResultRows rows, int row) {
        Constant low = new Constant(rows.number(row, rows.at(Role.LOWER_WHISKER)));
        Constant high = new Constant(rows.number(row, rows.at(Role.UPPER_WHISKER)));
        return new Condition.Any(List.of(
                new Condition.Comparison(of, Comparator.LESS, low),
                new Condition.Comparison(of, Comparator.GREATER, high)));
    }

    private boolean isKey(@Nullable Object value) {
        return value == null || Constant.isConstant(value);
    }

    private Evidence points(Step step, ResultRows rows) {
        Expression first = Steps.valueOf(step.measures().get(0));
        Expression second = Steps.valueOf(step.measures().get(1));
        boolean line = step.operation() == Operation.REGRESSION;
        Step asked = Step.of(Operation.LIST, step.source())
                .cleaning(step.cleaning())
                .filter(Condition.all(List.of(
                        step.filter(),
                        new Condition.Not(new Condition.Missing(first)),
                        new Condition.Not(new Condition.Missing(second)))))
                .dimensions(List.of(Dimension.of(line ? second : first), Dimension.of(line ? first : second)))
                .build();
        List<Chart.Point> points = new ArrayList<>();
        for (List<@Nullable Object> row : queries.rows(asked, MOST_READ)) {
            double x = ((Number) Objects.requireNonNull(row.get(0))).doubleValue();
            double y = ((Number) Objects.requireNonNull(row.get(1))).doubleValue();
            points.add(new Chart.Point(x, y));
        }
        return new Evidence.Points(points, (long) rows.number(0, rows.at(Role.COUNT)));
    }
}
