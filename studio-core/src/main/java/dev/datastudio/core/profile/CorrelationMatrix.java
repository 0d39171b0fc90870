package dev.datastudio.core.profile;

import java.util.List;
import java.util.Objects;

/**
 * How columns hang together, two by two. Immutable.
 *
 * @param method what is measured
 * @param rowColumns columns of the matrix's rows
 * @param columnColumns columns of the matrix's columns; the same as the rows', but for the correlation ratio
 * @param values one list a row; NaN where it is not defined, as for a constant column
 * @param rows how many rows it was computed from; pairs with a missing value are left out pair by pair
 * @param accuracy exact when these were all rows, otherwise sampled
 */
public record CorrelationMatrix(
        Method method,
        List<String> rowColumns,
        List<String> columnColumns,
        List<List<Double>> values,
        long rows,
        Accuracy accuracy) {
    public CorrelationMatrix {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(accuracy, "accuracy");
        rowColumns = List.copyOf(rowColumns);
        columnColumns = List.copyOf(columnColumns);
        values = values.stream().map(List::copyOf).toList();
    }

    /** The measures. */
    public enum Method {
        /** Product-moment correlation of two columns of numbers, -1 to 1. */
        PEARSON,
        /** Rank correlation of two columns of numbers, mean ranks for equal values, -1 to 1. */
        SPEARMAN,
        /**
         * Association of two columns of categories, 0 to 1, with the bias correction of W. Bergsma, "A bias-correction
         * for Cramér's V and Tschuprow's T" (2013).
         */
        CRAMERS_V,
        /**
         * How much of the spread of a column of numbers (columns) a column of categories (rows) accounts for: the
         * correlation ratio eta, the root of the share of the sum of squares between the categories, 0 to 1.
         */
        CORRELATION_RATIO
    }
}
