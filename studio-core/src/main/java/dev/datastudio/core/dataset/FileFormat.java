package dev.datastudio.core.dataset;

/** What kind of file data is imported from. */
public enum FileFormat {
    /** Told from the content. */
    AUTO,
    /** Text with one row a line and fields parted by commas, tabs or another character. */
    DELIMITED,
    /** One JSON array of objects, or one object a line. */
    JSON,
    /** Apache Parquet. */
    PARQUET,
    /** A workbook of Excel 2007 and later (.xlsx); one sheet of it. */
    EXCEL
}
