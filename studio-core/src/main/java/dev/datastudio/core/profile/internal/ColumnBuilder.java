package dev.datastudio.core.profile.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.profile.Accuracy;
import dev.datastudio.core.profile.ColumnDetails;
import dev.datastudio.core.profile.ColumnDetails.Order;
import dev.datastudio.core.profile.ColumnDetails.Uniqueness;
import dev.datastudio.core.profile.ColumnDetails.ValueCount;
import dev.datastudio.core.profile.Histogram;
import dev.datastudio.core.profile.NumberDetails;
import dev.datastudio.core.profile.TextDetails;
import dev.datastudio.core.profile.TimeDetails;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a column so far; each scan adds its part. Not thread-safe. */
final class ColumnBuilder {
    final Column column;
    final int position;
    final long rows;

    /** Whether infinite numbers have to be looked out for; decided by the first pass. */
    boolean mayBeInfinite;

    long count;
    String min = "";
    String max = "";
    double least = Double.NaN;
    double greatest = Double.NaN;
    double mean = Double.NaN;

    /** Mean and population deviation of {@link NumberScan#standardized} values. */
    double meanOfStandardized = Double.NaN;

    double deviationOfStandardized = Double.NaN;

    long distinct;
    Accuracy distinctAccuracy = Accuracy.EXACT;
    Uniqueness uniqueness = Uniqueness.NOT_UNIQUE;
    Order order = Order.NONE;
    List<ValueCount> top = List.of();
    Accuracy topAccuracy = Accuracy.EXACT;
    Histogram histogram = Histogram.NONE;

    @Nullable
    NumberDetails numbers;

    @Nullable
    TextDetails texts;

    @Nullable
    TimeDetails times;

    ColumnBuilder(Column column, int position, long rows) {
        this.column = column;
        this.position = position;
        this.rows = rows;
        this.mayBeInfinite = column.type() == ColumnType.DECIMAL;
    }

    /** The name in SQL. */
    String sql() {
        return ProfileSession.name(column.name());
    }

    /** The value as a finite number in SQL. */
    String number() {
        String value = "CAST(" + sql() + " AS DOUBLE)";
        return mayBeInfinite ? "CASE WHEN isfinite(" + value + ") THEN " + value + " END" : value;
    }

    boolean isNumeric() {
        return column.type().isNumeric();
    }

    boolean isText() {
        return column.type() == ColumnType.TEXT;
    }

    /** Whether values can be ordered and grouped. */
    boolean isScalar() {
        return column.type() != ColumnType.OTHER;
    }

    /** Whether the column holds years as whole numbers. */
    boolean isYear() {
        return column.type() == ColumnType.INTEGER && column.role() == ColumnRole.TIME;
    }

    boolean hasValues() {
        return count > 0;
    }

    /** Whether values are names of few kinds. */
    boolean isCategory(int mostKinds) {
        boolean kind = isText() || column.type() == ColumnType.BOOLEAN || isNumericCategory();
        return kind && distinct >= 2 && distinct <= mostKinds;
    }

    private boolean isNumericCategory() {
        return column.type() == ColumnType.INTEGER && column.role() == ColumnRole.DIMENSION;
    }

    ColumnDetails build() {
        return new ColumnDetails(
                column.name(),
                column.type(),
                column.role(),
                column.unit(),
                rows,
                rows - count,
                distinct,
                distinctAccuracy,
                uniqueness,
                order,
                min,
                max,
                top,
                topAccuracy,
                histogram,
                Optional.ofNullable(numbers),
                Optional.ofNullable(texts),
                Optional.ofNullable(times));
    }
}
