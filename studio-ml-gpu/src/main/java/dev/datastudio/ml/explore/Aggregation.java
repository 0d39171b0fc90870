package dev.datastudio.ml.explore;

/** How the values of a period become one. */
public enum Aggregation {
    /**
     * Counts rows when there is no column of values. Percentages, prices, rates and the like are averaged, amounts of money
     * summed; all else is summed where several rows share a day, and averaged where each has its own.
     */
    AUTOMATIC,
    /** Added up; a period without rows is 0. */
    SUM,
    /** Averaged; a period without rows lies on the line between its neighbours. */
    MEAN,
    /** Rows that have a value; a period without rows is 0. */
    COUNT
}
