package dev.datastudio.api.dataset;

/** What a column is for in an analysis. */
public enum ColumnRole {
    /** A quantity that is summed or averaged. */
    MEASURE,
    /** A category to group or filter by. */
    DIMENSION,
    /** When something happened. */
    TIME,
    /** Names a row or another thing; counted, never averaged. */
    ID
}
