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
     * @param fraction the quantile of {@link Aggregate#PERCENTILE}, or the level of a confidence interval, 0 to 1; 0
     *     otherwise
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

    /**
     * What a group and the ones before it give together, along time: "7-day moving average"; missing until there are
     * enough of them.
     *
     * @param aggregate {@link Aggregate#MEAN} or {@link Aggregate#SUM} of the groups' numbers
     * @param length how many groups, 2 to 1,000
     */
    record Moving(Aggregated of, Aggregate aggregate, int length) implements Measure {
        /** @throws IllegalArgumentException if the aggregate is another one, or the length outside its range */
        public Moving {
            if (aggregate != Aggregate.MEAN && aggregate != Aggregate.SUM) {
                throw new IllegalArgumentException("aggregate must be MEAN or SUM, was " + aggregate);
            }
            if (length < 2 || length > 1000) {
                throw new IllegalArgumentException("length must be in 2..1000, was " + length);
            }
        }

        @Override
        public Transform transform() {
            return Transform.MOVING_AVERAGE;
        }

        @Override
        public List<Expression.ColumnRef> columns() {
            return of.columns();
        }
    }

    /**
     * An aggregate of the numbers of parts: "average daily sales" is the mean of each day's sum.
     *
     * @param aggregate over the parts of a group; parts without a number are left out
     * @param of computed for each part
     * @param within what cuts a group into its parts, at least one
     */
    record Nested(Aggregate aggregate, Aggregated of, List<Dimension> within) implements Measure {
        /** @throws IllegalArgumentException if there is nothing that cuts groups into parts */
        public Nested {
            within = List.copyOf(within);
            if (within.isEmpty()) {
                throw new IllegalArgumentException("within must not be empty");
            }
        }

        @Override
        public Transform transform() {
            return Transform.NONE;
        }

        @Override
        public List<Expression.ColumnRef> columns() {
            return Stream.concat(of.columns().stream(), within.stream().flatMap(d -> d.of().columns().stream()))
                    .distinct()
                    .toList();
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
        /** Mean of this and the two groups before; for other lengths there is {@link Moving}. */
        MOVING_AVERAGE,
        /** Divided by the sum over the groups that differ in the last dimension only, in percent. */
        SHARE_WITHIN,
        /** Place among the groups that differ in the last dimension only, 1 for the greatest; equal ones share it. */
        RANK
    }
}
