package dev.datastudio.core.analysis;

import java.util.List;

/** How rows are prepared before anything is computed: taken away, filled up, or given a column. Immutable. */
public sealed interface Cleaning {
    /** Rows with a missing value in any of the columns; no columns means any column. */
    record WithoutMissing(List<Expression.ColumnRef> columns) implements Cleaning {
        public WithoutMissing {
            columns = List.copyOf(columns);
        }
    }

    /** Rows whose value is an outlier by the rule; missing values stay. */
    record WithoutOutliers(Expression.ColumnRef column, Detail.Outliers rule) implements Cleaning {}

    /** Rows whose value is no outlier by the rule are taken away, so that the outliers stay; missing values go. */
    record OnlyOutliers(Expression.ColumnRef column, Detail.Outliers rule) implements Cleaning {}

    /**
     * Missing values of a column are given one.
     *
     * @param with a constant, or {@link Expression.Overall} for one number over all rows such as the mean
     */
    record Filled(Expression.ColumnRef column, Expression with) implements Cleaning {}

    /**
     * A new column, which the rest of the step names like any other.
     *
     * @param column the step's first table and a name that none of its columns has
     * @param value computed for each row
     */
    record Derived(Expression.ColumnRef column, Expression value) implements Cleaning {}

    /** All but the first of equal rows. */
    record WithoutDuplicates() implements Cleaning {}
}
