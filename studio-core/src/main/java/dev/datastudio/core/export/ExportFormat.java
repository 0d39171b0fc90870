package dev.datastudio.core.export;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of files that rows are written into. */
public enum ExportFormat {
    /** RFC 4180 with a header, commas and UTF-8; a missing value is empty, an empty text is {@code ""}. */
    CSV("csv", "text/csv;charset=utf-8"),
    /** As CSV, parted by tabs. */
    TSV("tsv", "text/tab-separated-values;charset=utf-8"),
    /** One array of objects; dates in ISO 8601. */
    JSON("json", "application/json"),
    /** An object a line. */
    JSON_LINES("jsonl", "application/x-ndjson"),
    /** Apache Parquet, all types kept. */
    PARQUET("parquet", "application/vnd.apache.parquet"),
    /** Excel workbook (Office Open XML) of one sheet: at most 1,048,575 rows below the header, 16,384 columns. */
    EXCEL("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String extension;
    private final String contentType;

    ExportFormat(String extension, String contentType) {
        this.extension = extension;
        this.contentType = contentType;
    }

    /** The usual end of such a file's name, without the dot. */
    public String extension() {
        return extension;
    }

    /** Its media type. */
    public String contentType() {
        return contentType;
    }

    /** Whether people open it with a spreadsheet, which may run texts as formulas. */
    boolean isForSpreadsheets() {
        return this == CSV || this == TSV || this == EXCEL;
    }

    /**
     * The format that a file's name ends in.
     *
     * @throws StudioException with {@link ErrorCode#FILE_FORMAT_UNKNOWN} when it is none of these
     */
    public static ExportFormat of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        List<String> known =
                Arrays.stream(values()).map(format -> "." + format.extension).toList();
        return Arrays.stream(values())
                .filter(format -> name.endsWith("." + format.extension))
                .findFirst()
                .orElseThrow(() -> new StudioException(
                        ErrorCode.FILE_FORMAT_UNKNOWN,
                        "The name of " + StudioException.quote(file) + " tells no format to export to",
                        "End it in one of " + known));
    }
}
