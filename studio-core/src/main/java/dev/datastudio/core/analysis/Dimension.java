package dev.datastudio.core.analysis;

/**
 * What rows are grouped by. Immutable.
 *
 * @param of the grouped value
 * @param grouping how its values fall together
 */
public record Dimension(Expression of, Grouping grouping) {
    /** Groups of equal values. */
    public static Dimension of(Expression of) {
        return new Dimension(of, new Grouping.ByValue());
    }

    /** Groups of a time grain. */
    public static Dimension of(Expression of, TimeGrain grain) {
        return new Dimension(of, new Grouping.ByTime(grain));
    }

    /** How values fall into groups. */
    public sealed interface Grouping {
        /** Equal values together. */
        record ByValue() implements Grouping {}

        /** Dates and times of one grain together. */
        record ByTime(TimeGrain grain) implements Grouping {}

        /**
         * Numbers of equally wide bins together.
         *
         * @param count about how many bins, 1 to 1,000; the edges are round numbers; 0 lets the data decide
         */
        record ByBins(int count) implements Grouping {
            /** @throws IllegalArgumentException if the count is outside its range */
            public ByBins {
                if (count < 0 || count > 1000) {
                    throw new IllegalArgumentException("count must be in 0..1000, was " + count);
                }
            }
        }
    }
}
