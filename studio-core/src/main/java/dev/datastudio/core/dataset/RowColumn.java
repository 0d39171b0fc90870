package dev.datastudio.core.dataset;

import dev.datastudio.api.dataset.ColumnType;
import java.util.Objects;

/**
 * A column of rows to be stored. Immutable.
 *
 * @param name what it is called; blank and repeated names are mended on import, which a warning tells
 * @param type what its values become
 * @param precision of a DECIMAL column: its decimal digits, 1 to {@value #MAX_PRECISION}; {@link #FLOATING} for 64-bit
 *     floating point, {@link #UNSIZED} for exact values of unknown size, which are stored exactly when
 *     {@value #MAX_PRECISION} digits hold them all, otherwise as floating point with a warning. 0 for other types
 * @param scale of a DECIMAL column with a precision: how many of the digits stand behind the point
 * @param unit what one unit of a number is, such as "$"; empty when it is not known
 */
public record RowColumn(String name, ColumnType type, int precision, int scale, String unit) {
    /** How many digits an exact number has at most. */
    public static final int MAX_PRECISION = 38;

    /** The precision of floating point. */
    public static final int FLOATING = 0;

    /** The precision of exact numbers whose size is not known before they are read. */
    public static final int UNSIZED = -1;

    /** @throws IllegalArgumentException if the precision or scale is out of range or not of a DECIMAL column */
    public RowColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(unit, "unit");
        if (precision < UNSIZED || precision > MAX_PRECISION || (precision != 0 && type != ColumnType.DECIMAL)) {
            throw new IllegalArgumentException(
                    "precision must be in -1..38 for DECIMAL and 0 for others, was " + precision + " for " + type);
        }
        if (scale < 0 || scale > Math.max(0, precision)) {
            throw new IllegalArgumentException("scale must be in 0.." + Math.max(0, precision) + ", was " + scale);
        }
    }

    /** A column of a type; DECIMAL is floating point. */
    public static RowColumn of(String name, ColumnType type) {
        return new RowColumn(name, type, 0, 0, "");
    }

    /** A column of exact numbers with so many digits, of which some stand behind the point. */
    public static RowColumn decimal(String name, int precision, int scale) {
        return new RowColumn(name, ColumnType.DECIMAL, precision, scale, "");
    }

    /** A column of exact numbers of unknown size. */
    public static RowColumn exact(String name) {
        return new RowColumn(name, ColumnType.DECIMAL, UNSIZED, 0, "");
    }

    /** The same column with a unit. */
    public RowColumn withUnit(String unit) {
        return new RowColumn(name, type, precision, scale, unit);
    }
}
