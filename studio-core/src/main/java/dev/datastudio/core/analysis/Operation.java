package dev.datastudio.core.analysis;

import java.util.Locale;

/** What a step does; decides which of its parts are used. */
public enum Operation {
    /** Rows as they are: {@code dimensions} are the columns, none for all. */
    LIST,
    /** Measures, per combination of the dimensions if there are any; dimensions alone give their distinct values. */
    AGGREGATE,
    /** Measures along time: the first dimension is grouped by a time grain. */
    TREND,
    /** How the values of each measure's column spread: bins of numbers and times, counts of categories. */
    DISTRIBUTION,
    /** Count, missing, distinct, mean, deviation and quartiles of columns; no dimensions means all columns. */
    SUMMARY,
    /** Missing values per column; no dimensions means all columns. */
    MISSING,
    /** Rows that occur more than once; dimensions narrow the compared columns. */
    DUPLICATES,
    /** Values of the first measure's column that lie outside the rule of {@link Detail.Outliers}. */
    OUTLIERS,
    /** Measures for chosen groups side by side, with difference and ratio; see {@link Detail.Comparison}. */
    COMPARISON,
    /** How columns move together: two measures, or a matrix for more; see {@link Detail.Correlation}. */
    CORRELATION,
    /** A hypothesis test; see {@link Detail.Test}. */
    TEST,
    /** A least-squares line: the first measure explained by the others. */
    REGRESSION,
    /** Union, intersection or difference of two steps' rows; see {@link Detail.Combination}. */
    COMBINATION;

    /** The name in JSON: lower case. */
    public String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
