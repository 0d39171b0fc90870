package dev.datastudio.core.analysis;

/** How finely time is cut; a group is named by its first instant. */
public enum TimeGrain {
    YEAR,
    QUARTER,
    MONTH,
    /** ISO weeks, beginning on Monday. */
    WEEK,
    DAY,
    HOUR,
    MINUTE
}
