package dev.datastudio.core.analysis;

import java.util.List;

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
        /** Whether groups are ranges of numbers, shown by their two edges. */
        default boolean makesRanges() {
            return this instanceof ByBins || this instanceof ByEdges;
        }

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

        /**
         * Numbers between given edges together; the lower one belongs to a range, the upper one only to the last. What
         * lies outside is in no range.
         *
         * @param edges rising, 2 to 1,001; the first may be negative infinity and the last positive infinity
         */
        record ByEdges(List<Double> edges) implements Grouping {
            /** @throws IllegalArgumentException if there are too few or too many edges, or they don't rise */
            public ByEdges {
                edges = List.copyOf(edges);
                if (edges.size() < 2 || edges.size() > 1001) {
                    throw new IllegalArgumentException("edges must be 2 to 1,001 numbers, were " + edges.size());
                }
                for (int i = 1; i < edges.size(); i++) {
                    boolean inside = i == edges.size() - 1 || Double.isFinite(edges.get(i));
                    if (!(edges.get(i - 1) < edges.get(i)) || !inside) {
                        throw new IllegalArgumentException("edges must rise, were " + edges);
                    }
                }
            }
        }
    }
}
