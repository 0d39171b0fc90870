package dev.datastudio.core.analysis;

/** One value from many. Missing values are left out, as in SQL. */
public enum Aggregate {
    /** Rows, or rows with a value when there is a column. */
    COUNT,
    COUNT_DISTINCT,
    SUM,
    MEAN,
    MEDIAN,
    /** A quantile, interpolated linearly (Hyndman and Fan, 1996, type 7). */
    PERCENTILE,
    MIN,
    MAX,
    /** Largest less smallest. */
    RANGE,
    /** Sample standard deviation, n - 1. */
    STANDARD_DEVIATION,
    /** Sample variance, n - 1. */
    VARIANCE,
    /** Population standard deviation, n. */
    POPULATION_STANDARD_DEVIATION,
    /** Population variance, n. */
    POPULATION_VARIANCE,
    /** Third quartile less first. */
    INTERQUARTILE_RANGE,
    /** The most frequent value. */
    MODE,
    SKEWNESS,
    KURTOSIS;

    /** Whether the column must be a number. */
    public boolean needsNumber() {
        return this != COUNT && this != COUNT_DISTINCT && this != MIN && this != MAX && this != MODE;
    }
}
