package dev.datastudio.core.analysis;

import dev.datastudio.api.dataset.ColumnType;
import java.util.Objects;

/**
 * What a column of a step's result is. Immutable.
 *
 * @param label as people read it, and its name in SQL; unique in the result
 * @param unit as in {@link dev.datastudio.api.dataset.Column#unit()}; empty when it is not known
 * @param type what its values are
 * @param origin which part of the step it came from
 */
public record StepColumn(String label, String unit, ColumnType type, Origin origin) {
    public StepColumn {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(origin, "origin");
    }

    /** Which part of a step a column of its result came from. */
    public sealed interface Origin {
        /** The dimension at an index of {@link Step#dimensions()}. */
        record OfDimension(int index) implements Origin {}

        /** An edge of the bins of the dimension at an index; the lower one belongs to the bin. */
        record OfBin(int index, Edge edge) implements Origin {}

        /** The measure at an index of {@link Step#measures()}. */
        record OfMeasure(int index) implements Origin {}

        /** A column of a table as it is; those of {@link Operation#LIST} without dimensions. */
        record OfColumn(Expression.ColumnRef column) implements Origin {}

        /** Something that the operation itself computes, such as a quartile. */
        record OfOperation(Role role) implements Origin {}
    }

    /** Which end of a bin. */
    public enum Edge {
        FROM,
        TO
    }

    /** What an operation computes beyond dimensions and measures. */
    public enum Role {
        /** The value that is spread, or that is an outlier. */
        VALUE,
        /** The name of a column. */
        NAME,
        /** What the values of the named column are. */
        TYPE,
        /** Rows. */
        COUNT,
        /** Rows without a value. */
        MISSING,
        /** Different values. */
        DISTINCT,
        /** A part of the whole, in percent. */
        SHARE,
        MEAN,
        DEVIATION,
        MINIMUM,
        LOWER_WHISKER,
        FIRST_QUARTILE,
        MEDIAN,
        THIRD_QUARTILE,
        UPPER_WHISKER,
        MAXIMUM,
        /** Values beyond the whiskers. */
        OUTLIERS,
        /** The most frequent value. */
        MODE,
        EARLIEST,
        LATEST,
        LOWER_FENCE,
        UPPER_FENCE,
        /** From the compared group's value to this one. */
        DIFFERENCE,
        /** This value divided by the compared group's. */
        RATIO,
        CORRELATION,
        COVARIANCE,
        SLOPE,
        INTERCEPT,
        R_SQUARED,
        /** How far values lie from a line: the root of their mean squared distance. */
        ERROR,
        /** The value of a line at a place. */
        PREDICTION
    }
}
