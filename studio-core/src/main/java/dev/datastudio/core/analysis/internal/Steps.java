package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.analysis.ChartHint;
import dev.datastudio.core.analysis.Dimension;
import dev.datastudio.core.analysis.Dimension.Grouping;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.util.List;

/** What a valid step means beyond its parts. */
public final class Steps {
    /** Whole numbers with at most so many different values are counted one by one. */
    private static final int FEW_NUMBERS = 12;

    private Steps() {}

    /** The value that a distribution or the outliers are of. */
    public static Expression valueOf(Step step) {
        return step.measures().isEmpty()
                ? step.dimensions().get(0).of()
                : valueOf(step.measures().get(0));
    }

    /** The value that a measure reads, for operations that look at values rather than aggregates. */
    public static Expression valueOf(Measure measure) {
        if (measure instanceof Measure.Aggregated aggregated && aggregated.of() != null) {
            return aggregated.of();
        }
        throw new IllegalStateException("Measure " + measure + " was not validated");
    }

    /** How the values of a distribution are shown. */
    public static Spread spread(Step step, Schema schema) {
        Expression of = valueOf(step);
        ColumnType type = schema.type(of);
        Grouping grouping = step.measures().isEmpty() ? step.dimensions().get(0).grouping() : new Grouping.ByValue();
        if (type.isTemporal()) {
            return Spread.TIMES;
        } else if (!type.isNumeric()) {
            return Spread.CATEGORIES;
        } else if (grouping instanceof Grouping.ByBins) {
            return Spread.BINS;
        }
        boolean grouped = !groups(step).isEmpty();
        if (grouped || step.chart() == ChartHint.BOX || step.chart() == ChartHint.VIOLIN) {
            return Spread.BOXES;
        }
        return isCategory(of, schema) && step.chart() != ChartHint.HISTOGRAM && step.chart() != ChartHint.DENSITY
                ? Spread.CATEGORIES
                : Spread.BINS;
    }

    /** The dimensions that a distribution is computed for one by one. */
    public static List<Dimension> groups(Step step) {
        return step.operation() == Operation.DISTRIBUTION && step.measures().isEmpty()
                ? step.dimensions().subList(1, step.dimensions().size())
                : step.dimensions();
    }

    private static boolean isCategory(Expression of, Schema schema) {
        if (!(of instanceof ColumnRef ref)) {
            return false;
        }
        Column column = schema.column(ref);
        return column.type() == ColumnType.INTEGER
                && column.distinctCount() >= 0
                && column.distinctCount() <= FEW_NUMBERS;
    }

    /** How the values of a distribution are shown. */
    public enum Spread {
        /** Counts of ranges of numbers. */
        BINS,
        /** Quartiles and whiskers. */
        BOXES,
        /** Counts of each value. */
        CATEGORIES,
        /** Counts of periods. */
        TIMES
    }
}
