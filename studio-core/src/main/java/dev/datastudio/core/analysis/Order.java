package dev.datastudio.core.analysis;

/** What rows are sorted by. Missing values come last. Immutable. */
public record Order(Key key, Direction direction) {
    /** By a measure of the step. */
    public static Order byMeasure(int index, Direction direction) {
        return new Order(new Key.OfMeasure(index), direction);
    }

    /** By a dimension of the step. */
    public static Order byDimension(int index, Direction direction) {
        return new Order(new Key.OfDimension(index), direction);
    }

    /** What is compared. */
    public sealed interface Key {
        /** The measure at an index of {@link Step#measures()}, from 0. */
        record OfMeasure(int index) implements Key {}

        /** The dimension at an index of {@link Step#dimensions()}, from 0. */
        record OfDimension(int index) implements Key {}

        /** A measure that is not shown; only for {@link Operation#AGGREGATE} with dimensions. */
        record OfHidden(Measure measure) implements Key {}

        /** Any value of the row; only for {@link Operation#LIST}. */
        record OfValue(Expression value) implements Key {}
    }

    /** Which end comes first. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }
}
