package dev.datastudio.core.dataset;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a file is imported. Everything is found out from the file unless it is said here. Immutable.
 *
 * @param name what the data set is called; empty for the file's name
 * @param table its name in SQL, letters, digits and '_'; empty for one made from the name
 * @param format the kind of file
 * @param delimiter the character between fields; {@link #SNIFFED} to find it out
 * @param header whether the first row names the columns
 * @param decimalMark how numbers are written
 * @param dateOrder which comes first in dates such as 3/4/2021
 * @param types types of columns by name, letter case aside; a value that is not of that type is an error.
 *     {@link ColumnType#OTHER} can't be chosen
 * @param sheet which sheet of a workbook is read, letter case aside; empty for the first visible one with content
 * @param maxRejectedRows how many rows that can't be read are left out and reported; one more, and the import is
 *     refused. 0, the default, refuses a file with such a row, so that nothing is missing unless it was agreed to
 * @param maxRejectedShare the highest share of such rows, 0 to 1; looked at when all rows were read
 * @param upload the name of the folder that a new version's files lie in; empty for one that nobody has
 * @param progress told how far the import has come, in bytes while reading
 * @param cancellation stops the import; nothing of it stays
 */
public record ImportOptions(
        String name,
        String table,
        FileFormat format,
        char delimiter,
        Header header,
        DecimalMark decimalMark,
        DateOrder dateOrder,
        Map<String, ColumnType> types,
        String sheet,
        long maxRejectedRows,
        double maxRejectedShare,
        String upload,
        ProgressListener progress,
        Cancellation cancellation) {
    private static final Pattern UPLOAD = Pattern.compile("|[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** The delimiter is found out. */
    public static final char SNIFFED = '\0';

    /** Everything is found out. */
    public static final ImportOptions DEFAULT = builder().build();

    /**
     * @throws IllegalArgumentException if a type is OTHER, the delimiter can't be one, a limit is out of range or the
     *     folder can't have that name
     */
    public ImportOptions {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(header, "header");
        Objects.requireNonNull(decimalMark, "decimalMark");
        Objects.requireNonNull(dateOrder, "dateOrder");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(sheet, "sheet");
        types = Map.copyOf(types);
        if (!UPLOAD.matcher(upload).matches()) {
            throw new IllegalArgumentException("upload must match " + UPLOAD + ", was '" + upload + "'");
        }
        if (maxRejectedRows < 0 || !(maxRejectedShare >= 0 && maxRejectedShare <= 1)) {
            throw new IllegalArgumentException("maxRejectedRows must be at least 0 and maxRejectedShare in 0..1, were "
                    + maxRejectedRows + " and " + maxRejectedShare);
        }
        if (types.containsValue(ColumnType.OTHER)) {
            throw new IllegalArgumentException("types must not hold OTHER, was " + types);
        }
        if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter > 0x7f) {
            throw new IllegalArgumentException(
                    "delimiter must be an ASCII character other than a quote or a line end, was '" + delimiter + "'");
        }
    }

    /** Whether the first row names the columns. */
    public enum Header {
        /** Told from the content. */
        AUTO,
        PRESENT,
        ABSENT
    }

    /** Which character parts whole numbers from fractions. */
    public enum DecimalMark {
        /** Decided for each column from all its values. */
        AUTO,
        /** 1,234.56 */
        POINT,
        /** 1.234,56 */
        COMMA
    }

    /** Which comes first in a date written with numbers. */
    public enum DateOrder {
        /** Decided for each column from all its values. */
        AUTO,
        /** 31/12/2020 */
        DAY_FIRST,
        /** 12/31/2020 */
        MONTH_FIRST
    }

    /** The defaults, to be changed. */
    public static Builder builder() {
        return new Builder();
    }

    /** These options, to be changed. */
    public Builder toBuilder() {
        return builder()
                .name(name)
                .table(table)
                .format(format)
                .delimiter(delimiter)
                .header(header)
                .decimalMark(decimalMark)
                .dateOrder(dateOrder)
                .types(types)
                .sheet(sheet)
                .maxRejectedRows(maxRejectedRows)
                .maxRejectedShare(maxRejectedShare)
                .upload(upload)
                .progress(progress)
                .cancellation(cancellation);
    }

    /** What changes the meaning of the bytes, as text that is equal for equal options; part of the content hash. */
    public String meaning() {
        StringBuilder text = new StringBuilder();
        text.append(format).append('|').append((int) delimiter).append('|').append(header);
        text.append('|').append(decimalMark).append('|').append(dateOrder);
        new TreeMap<>(types)
                .forEach((column, type) -> text.append('|')
                        .append(column.length())
                        .append(':')
                        .append(column)
                        .append('=')
                        .append(type));
        if (!sheet.isEmpty()) {
            text.append("|sheet ").append(sheet.length()).append(':').append(sheet);
        }
        if (maxRejectedRows > 0) {
            text.append("|rejected ").append(maxRejectedRows).append(' ').append(maxRejectedShare);
        }
        return text.toString();
    }

    /** Fills {@link ImportOptions}. Not thread-safe. */
    public static final class Builder {
        private String name = "";
        private String table = "";
        private FileFormat format = FileFormat.AUTO;
        private char delimiter = SNIFFED;
        private Header header = Header.AUTO;
        private DecimalMark decimalMark = DecimalMark.AUTO;
        private DateOrder dateOrder = DateOrder.AUTO;
        private Map<String, ColumnType> types = Map.of();
        private String sheet = "";
        private long maxRejectedRows;
        private double maxRejectedShare = 1;
        private String upload = "";
        private ProgressListener progress = ProgressListener.NONE;
        private Cancellation cancellation = Cancellation.none();

        private Builder() {}

        public Builder name(String name) {
            this.name = name;
            return this;
        }

        public Builder table(String table) {
            this.table = table;
            return this;
        }

        public Builder format(FileFormat format) {
            this.format = format;
            return this;
        }

        public Builder delimiter(char delimiter) {
            this.delimiter = delimiter;
            return this;
        }

        public Builder header(Header header) {
            this.header = header;
            return this;
        }

        public Builder decimalMark(DecimalMark decimalMark) {
            this.decimalMark = decimalMark;
            return this;
        }

        public Builder dateOrder(DateOrder dateOrder) {
            this.dateOrder = dateOrder;
            return this;
        }

        public Builder types(Map<String, ColumnType> types) {
            this.types = Map.copyOf(types);
            return this;
        }

        public Builder sheet(String sheet) {
            this.sheet = sheet;
            return this;
        }

        public Builder maxRejectedRows(long rows) {
            this.maxRejectedRows = rows;
            return this;
        }

        public Builder maxRejectedShare(double share) {
            this.maxRejectedShare = share;
            return this;
        }

        public Builder upload(String upload) {
            this.upload = upload;
            return this;
        }

        public Builder progress(ProgressListener progress) {
            this.progress = progress;
            return this;
        }

        public Builder cancellation(Cancellation cancellation) {
            this.cancellation = cancellation;
            return this;
        }

        /** The options. */
        public ImportOptions build() {
            return new ImportOptions(
                    name,
                    table,
                    format,
                    delimiter,
                    header,
                    decimalMark,
                    dateOrder,
                    types,
                    sheet,
                    maxRejectedRows,
                    maxRejectedShare,
                    upload,
                    progress,
                    cancellation);
        }
    }
}
