package dev.datastudio.api.dataset;

/** What the values of a column are, the same for every engine. */
public enum ColumnType {
    /** True or false. */
    BOOLEAN,
    /** Whole numbers that fit 64 bits. */
    INTEGER,
    /** Numbers with a fraction, whole numbers beyond 64 bits. */
    DECIMAL,
    /** Days without a time. */
    DATE,
    /** Points in time, without a zone. */
    TIMESTAMP,
    /** Times of day without a date. */
    TIME,
    /** Character strings. */
    TEXT,
    /** Lists, structures and everything else; can be counted and shown, not computed with. */
    OTHER;

    /** Whether values can be added and averaged. */
    public boolean isNumeric() {
        return this == INTEGER || this == DECIMAL;
    }

    /** Whether values lie on a time line with dates. */
    public boolean isTemporal() {
        return this == DATE || this == TIMESTAMP;
    }
}
