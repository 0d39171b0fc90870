package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What shows the rows behind a hypothesis test: boxes for numbers in groups, points for pairs of numbers, counts for
 * pairs of categories, bins for a single column. Immutable.
 */
public final class TestPicture {
    private final Schema schema;

    public TestPicture(Schema schema) {
        this.schema = schema;
    }

    /** The step whose chart shows them; empty when none was wanted or none fits. */
    public Optional<Step> of(Step test) {
        boolean wanted = test.chart() != ChartHint.NONE && test.chart() != ChartHint.TABLE;
        boolean byValue = test.dimensions().stream().allMatch(d -> d.grouping() instanceof Grouping.ByValue);
        if (!wanted || !byValue) {
            return Optional.empty();
        }
        List<Measure> measures = test.measures();
        List<Dimension> groups = test.dimensions();
        if (measures.size() == 1 && groups.size() == 1) {
            Expression value = Steps.valueOf(measures.get(0));
            return Optional.of(
                    isVerdict(value) || !schema.type(value).isNumeric()
                            ? counted(test, List.of(groups.get(0), Dimension.of(value)))
                            : picture(test, Operation.DISTRIBUTION)
                                    .chart(test.chart() == ChartHint.VIOLIN ? ChartHint.VIOLIN : ChartHint.BOX)
                                    .build());
        } else if (measures.isEmpty() && (groups.size() == 1 || groups.size() == 2)) {
            return Optional.of(counted(test, groups));
        } else if (measures.size() == 1) {
            boolean spreads = groups.isEmpty()
                    && schema.type(Steps.valueOf(measures.get(0))).isNumeric();
            return spreads ? Optional.of(picture(test, Operation.DISTRIBUTION).build()) : Optional.empty();
        }
        boolean pairs = measures.size() == 2
                && groups.isEmpty()
                && measures.stream().allMatch(m -> schema.type(Steps.valueOf(m)).isNumeric());
        return pairs
                ? Optional.of(picture(test, Operation.CORRELATION)
                        .detail(new Detail.Correlation(Detail.CorrelationMethod.PEARSON))
                        .chart(ChartHint.SCATTER)
                        .build())
                : Optional.empty();
    }

    /** Two values such as 0 and 1, which are counted rather than spread. */
    private boolean isVerdict(Expression value) {
        if (!(value instanceof ColumnRef ref)) {
            return false;
        }
        Column column = schema.column(ref);
        return column.distinctCount() >= 0 && column.distinctCount() <= 2;
    }

    private static Step counted(Step test, List<Dimension> pairs) {
        List<Condition> known = new ArrayList<>(List.of(test.filter()));
        pairs.forEach(p -> known.add(new Condition.Not(new Condition.Missing(p.of()))));
        return picture(test, Operation.AGGREGATE)
                .filter(Condition.all(known))
                .dimensions(pairs)
                .measures(List.of(Measure.count()))
                .chart(chart(test, pairs.size()))
                .build();
    }

    private static ChartHint chart(Step test, int groups) {
        if (groups == 1) {
            return ChartHint.BAR;
        }
        return test.chart() == ChartHint.HEATMAP ? ChartHint.HEATMAP : ChartHint.STACKED_BAR;
    }

    private static Step.Builder picture(Step test, Operation operation) {
        return test.toBuilder().operation(operation).detail(new Detail.None());
    }
}
