package dev.datastudio.core.analysis;

/** A recurring part of dates and times. */
public enum DatePart {
    /** The year, as a number. */
    YEAR,
    /** 1 to 4. */
    QUARTER,
    /** 1 to 12. */
    MONTH,
    /** ISO week, 1 to 53. */
    WEEK,
    /** Day of the month, 1 to 31. */
    DAY,
    /** ISO day of the week, 1 for Monday to 7 for Sunday. */
    WEEKDAY,
    /** 0 to 23. */
    HOUR
}
