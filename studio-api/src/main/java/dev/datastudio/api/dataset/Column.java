package dev.datastudio.api.dataset;

import java.util.Objects;

/**
 * A column of a data set. Immutable.
 *
 * @param name as in the file's header, trimmed and made unique; the name in SQL, to be quoted
 * @param type what its values are
 * @param role what it is for
 * @param unit what one unit of a number is, such as "$", "€", "%" or "mm"; empty when it is not known
 * @param distinctCount how many different values there are, nulls not counted; exact up to 10,000 and approximate
 *     above; -1 when it is not known
 * @param nullCount rows without a value
 */
public record Column(String name, ColumnType type, ColumnRole role, String unit, long distinctCount, long nullCount) {
    /** The unit of percentages; their values are stored as written, so 27% is 27. */
    public static final String PERCENT = "%";

    public Column {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(unit, "unit");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
    }
}
