package dev.datastudio.core.analysis;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A number computed for each group. Immutable. */
public sealed interface Measure {
    /** What is done with the number once all groups have theirs. */
    Transform transform();

    /** The columns read. */
    List<Expression.ColumnRef> columns();

    /**
     * An aggregate.
     *
     * @param of what is aggregated; null counts rows, and only {@link Aggregate#COUNT} may go without
     * @param fraction the quantile of {@link Aggregate#PERCENTILE}, 0 to 1; 0 otherwise
     */
    record Aggregated(Aggregate aggregate, @Nullable Expression of, double fraction, Transform transform)
            implements Measure {
        /** @throws IllegalArgumentException if the parts don't fit together */
        public Aggregated {
            if (of == null && aggregate != Aggregate.COUNT) {
                throw new IllegalArgumentException(aggregate + " needs something to aggregate");
            }
            if (!(fraction >= 0 && fraction <= 1)) {
                throw new IllegalArgumentException("fraction must be in 0..1, was " + fraction);
            }
        }

        @Override
        public List<Expression.ColumnRef> columns() {
            return of == null ? List.of() : of.columns();
        }
    }

    /** One aggregate divided by another: "profit per sale"; a division by zero gives a missing value. */
    record Ratio(Aggregated numerator, Aggregated denominator, Transform transform) implements Measure {
        @Override
        public List<Expression.ColumnRef> columns() {
            return Stream.concat(numerator.columns().stream(), denominator.columns().stream())
                    .distinct()
                    .toList();
        }
    }

    /** How many of a group's rows fulfil a condition, in percent: "the share of women who survived". */
    record Portion(Condition of, Transform transform) implements Measure {
        @Override
        public List<Expression.ColumnRef> columns() {
            return of.columns();
        }
    }

    /** The number of rows. */
    static Aggregated count() {
        return new Aggregated(Aggregate.COUNT, null, 0, Transform.NONE);
    }

    /** An aggregate of a value. */
    static Aggregated of(Aggregate aggregate, Expression of) {
        return new Aggregated(aggregate, of, 0, Transform.NONE);
    }

    /** What is done with the numbers of all groups, in the order of the groups. */
    enum Transform {
        NONE,
        /** Divided by the sum over all groups, in percent. */
        SHARE_OF_TOTAL,
        /** Added up from the first group on. */
        RUNNING_TOTAL,
        /** Less the group before. */
        CHANGE,
        /** Less the group before, in percent of it. */
        PERCENT_CHANGE,
        /** Mean of this and the two groups before. */
        MOVING_AVERAGE
    }
}
