package dev.datastudio.core.analysis;

/**
 * How many rows are kept. Immutable.
 *
 * @param count rows, or rows of each group; at least 1
 * @param ties what happens to rows equal to the last one
 * @param perDimension the dimension whose groups are cut one by one, as in "top 3 products of each region"; -1 cuts the
 *     whole
 * @param skipped rows, or with {@link Ties#KEEP} different values, that are passed over before the first one kept, as
 *     in "the second highest"; 0 for none
 */
public record Limit(long count, Ties ties, int perDimension, long skipped) {
    /** @throws IllegalArgumentException if a value is outside its range */
    public Limit {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, was " + count);
        }
        if (perDimension < -1) {
            throw new IllegalArgumentException("perDimension must be at least -1, was " + perDimension);
        }
        if (skipped < 0) {
            throw new IllegalArgumentException("skipped must be at least 0, was " + skipped);
        }
    }

    /** The first rows. */
    public Limit(long count, Ties ties, int perDimension) {
        this(count, ties, perDimension, 0);
    }

    /** The first rows of the whole. */
    public static Limit of(long count) {
        return new Limit(count, Ties.CUT, -1);
    }

    /** As many rows cut from the groups of another dimension; -1 cuts the whole. */
    public Limit per(int dimension) {
        return new Limit(count, ties, dimension, skipped);
    }

    /** What happens to rows that are equal to the last one kept. */
    public enum Ties {
        /** They are left out; the remaining columns decide which. */
        CUT,
        /** They are kept too, so that there can be more rows than asked for. */
        KEEP
    }
}
