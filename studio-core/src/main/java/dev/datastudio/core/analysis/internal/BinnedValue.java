package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Measure.Transform;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import dev.datastudio.core.chart.HistogramBins.Values;
import dev.datastudio.core.chart.ValueSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The value of a step that falls into bins, and how its spread is asked for. Immutable.
 *
 * @param of the value
 * @param bins about how many bins; 0 lets the data decide
 */
public record BinnedValue(Expression of, int bins) {
    /** What the bins of a valid step are made of; empty when it has none. */
    public static Optional<BinnedValue> of(Step step, Schema schema) {
        for (Dimension dimension : step.dimensions()) {
            if (dimension.grouping() instanceof Grouping.ByBins by) {
                return Optional.of(new BinnedValue(dimension.of(), by.count()));
            }
        }
        boolean histogram =
                step.operation() == Operation.DISTRIBUTION && Steps.spread(step, schema) == Steps.Spread.BINS;
        return histogram ? Optional.of(new BinnedValue(Steps.valueOf(step), 0)) : Optional.empty();
    }

    /** The step whose single row tells the spread of the value over the rows that the binned step counts. */
    public Step spread(Step binned, Schema schema) {
        List<Measure> measures = new ArrayList<>(List.of(
                Measure.count(),
                Measure.of(Aggregate.COUNT, of),
                Measure.of(Aggregate.MIN, of),
                new Measure.Aggregated(Aggregate.PERCENTILE, of, 0.25, Transform.NONE),
                Measure.of(Aggregate.MEDIAN, of),
                new Measure.Aggregated(Aggregate.PERCENTILE, of, 0.75, Transform.NONE),
                Measure.of(Aggregate.MAX, of)));
        if (schema.type(of) != ColumnType.INTEGER) {
            Expression rounded = new Expression.Applied(Expression.Function.ROUND, of);
            Expression rest = new Expression.Arithmetic(Expression.Operator.SUBTRACT, of, rounded);
            measures.add(Measure.of(Aggregate.MAX, new Expression.Applied(Expression.Function.ABSOLUTE, rest)));
        }
        return Step.of(Operation.AGGREGATE, binned.source())
                .cleaning(binned.cleaning())
                .filter(binned.filter())
                .measures(measures)
                .build();
    }

    /**
     * The spread that the row of {@link #spread} tells.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_PLAN} when a value is infinite
     */
    public ValueSummary summary(List<@Nullable Object> row) {
        long count = (long) number(row.get(1));
        boolean whole = row.size() == 7 || number(row.get(7)) == 0;
        ValueSummary summary = new ValueSummary(
                count,
                (long) number(row.get(0)) - count,
                number(row.get(2)),
                number(row.get(3)),
                number(row.get(4)),
                number(row.get(5)),
                number(row.get(6)),
                whole ? Values.WHOLE : Values.CONTINUOUS);
        if (count > 0 && !Double.isFinite(summary.max() - summary.min())) {
            throw new StudioException(
                    ErrorCode.INVALID_PLAN,
                    "Values of " + StudioException.quote(Words.of(of)) + " are infinite, so that bins can't hold them",
                    "Add a filter that leaves them out");
        }
        return summary;
    }

    /** The edges of the bins; empty when there is no value. */
    public double[] edges(ValueSummary summary) {
        return bins == 0 ? summary.edges() : summary.edges(bins);
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
