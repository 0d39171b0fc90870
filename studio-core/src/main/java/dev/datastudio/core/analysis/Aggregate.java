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
    /** Adjusted Fisher-Pearson coefficient of a sample (Joanes and Gill, 1998, G1), as DuckDB and pandas have it. */
    SKEWNESS,
    /** Excess kurtosis of a sample (Joanes and Gill, 1998, G2), as DuckDB and pandas have it. */
    KURTOSIS,
    /** Fisher-Pearson coefficient of the values themselves (g1), the default of SciPy. */
    POPULATION_SKEWNESS,
    /** Excess kurtosis of the values themselves (g2), the default of SciPy. */
    POPULATION_KURTOSIS,
    /** Sample standard deviation divided by the square root of the number of values. */
    STANDARD_ERROR,
    /** Lower end of Student's confidence interval of the mean. */
    CONFIDENCE_LOW,
    /** Upper end of Student's confidence interval of the mean. */
    CONFIDENCE_HIGH,
    /** Sample standard deviation divided by the mean. */
    COEFFICIENT_OF_VARIATION,
    /** The n-th root of the product; missing unless every value is positive. */
    GEOMETRIC_MEAN,
    /** Rows without a value. */
    MISSING,
    /** Rows without a value, in percent of all rows. */
    MISSING_SHARE;

    /** Whether it takes a fraction: a quantile, or the level of a confidence interval. */
    public boolean takesFraction() {
        return this == PERCENTILE || this == CONFIDENCE_LOW || this == CONFIDENCE_HIGH;
    }

    /** Whether the column must be a number. */
    public boolean needsNumber() {
        return switch (this) {
            case COUNT, COUNT_DISTINCT, MIN, MAX, MODE, MISSING, MISSING_SHARE -> false;
            default -> true;
        };
    }
}
