package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.CompiledStep;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.chart.ValueSummary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Small questions about the rows of a step, asked as steps themselves. Not thread-safe; one for each run. */
public final class StepQueries {
    /** So many stored values are looked at for the nearest. */
    static final int MOST_VALUES = 10_000;

    private final StepCompiler compiler;
    private final Schema schema;
    private final LocalDate today;
    private final QueryEngine engine;
    private final QueryLimits limits;
    private final Cancellation cancellation;
    private final Map<Step, ValueSummary> summaries = new HashMap<>();

    public StepQueries(
            StepCompiler compiler,
            Schema schema,
            LocalDate today,
            QueryEngine engine,
            QueryLimits limits,
            Cancellation cancellation) {
        this.compiler = compiler;
        this.schema = schema;
        this.today = today;
        this.engine = engine;
        this.limits = limits;
        this.cancellation = cancellation;
    }

    /** A valid step as SQL; for one with bins the spread of its values is asked first. */
    public CompiledStep compile(Step step) {
        Optional<BinnedValue> binned = BinnedValue.of(step, schema);
        if (binned.isEmpty()) {
            return compiler.compile(step, schema, today);
        }
        BinnedValue value = binned.get();
        return compiler.compile(step, schema, today, value.edges(summary(step, value)));
    }

    /** The spread of the values that fall into bins; empty when there are no bins. Asked once for each step. */
    public Optional<ValueSummary> summary(Step step) {
        return BinnedValue.of(step, schema).map(value -> summary(step, value));
    }

    private ValueSummary summary(Step step, BinnedValue value) {
        return summaries.computeIfAbsent(
                step, s -> value.summary(rows(value.spread(s, schema), 1).get(0)));
    }

    /** How many rows of the step's source fulfil a condition. */
    long count(Step step, Condition filter) {
        Object count = aggregates(step, filter, List.of(Measure.count())).get(0);
        return count instanceof Number number ? number.longValue() : 0;
    }

    /** Least and greatest value of an expression over the step's source. */
    List<@Nullable Object> range(Step step, Expression of) {
        return aggregates(
                step, Condition.always(), List.of(Measure.of(Aggregate.MIN, of), Measure.of(Aggregate.MAX, of)));
    }

    List<@Nullable Object> aggregates(Step step, Condition filter, List<? extends Measure> measures) {
        Step asked = Step.of(Operation.AGGREGATE, step.source())
                .cleaning(step.cleaning())
                .filter(filter)
                .measures(measures)
                .build();
        return rows(asked, 1).get(0);
    }

    /** The stored values of an expression, the most frequent first, at most {@link #MOST_VALUES}. */
    List<String> values(Step step, Expression of) {
        Step asked = Step.of(Operation.AGGREGATE, step.source())
                .cleaning(step.cleaning())
                .dimensions(List.of(Dimension.of(of)))
                .measures(List.of(Measure.count()))
                .order(List.of(Order.byMeasure(0, Order.Direction.DESCENDING)))
                .build();
        List<String> values = new ArrayList<>();
        for (List<@Nullable Object> row : rows(asked, MOST_VALUES)) {
            if (row.get(0) instanceof String text) {
                values.add(text);
            }
        }
        return values;
    }

    /** The first rows of a step. */
    List<List<@Nullable Object>> rows(Step step, int most) {
        CompiledStep compiled = compile(step);
        Query query = new Query(compiled.sql(), new ArrayList<>(compiled.parameters()), limits.withMaxRows(most));
        return ResultTypes.of(engine.execute(query, cancellation), compiled.columns())
                .rows();
    }
}
