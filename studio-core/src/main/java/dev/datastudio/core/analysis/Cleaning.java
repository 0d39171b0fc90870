package dev.datastudio.core.analysis;

import java.util.List;

/** Rows taken away before anything is computed. Immutable. */
public sealed interface Cleaning {
    /** Rows with a missing value in any of the columns; no columns means any column. */
    record WithoutMissing(List<Expression.ColumnRef> columns) implements Cleaning {
        public WithoutMissing {
            columns = List.copyOf(columns);
        }
    }

    /** Rows whose value is an outlier by the rule; missing values stay. */
    record WithoutOutliers(Expression.ColumnRef column, Detail.Outliers rule) implements Cleaning {}

    /** All but the first of equal rows. */
    record WithoutDuplicates() implements Cleaning {}
}
