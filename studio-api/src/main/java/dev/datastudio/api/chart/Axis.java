package dev.datastudio.api.chart;

import java.util.Objects;

/**
 * What an axis measures. Immutable.
 *
 * @param title without the unit: {@code Sales}; empty for none
 * @param format how its values are written; carries the unit
 * @param scale how values become lengths
 */
public record Axis(String title, ValueFormat format, Scale scale) {
    public Axis {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(scale, "scale");
    }

    /** A linear axis. */
    public static Axis of(String title, ValueFormat format) {
        return new Axis(title, format, Scale.LINEAR);
    }

    /** An axis of powers of ten; values that are not positive can't be shown on it. */
    public static Axis logarithmic(String title, ValueFormat format) {
        return new Axis(title, format, Scale.LOG);
    }

    /** A linear axis that counts rows. */
    public static Axis count(String title) {
        return of(title, ValueFormat.integer());
    }

    /** The title with its unit, as it stands beside the axis: {@code Sales ($)}. */
    public String label() {
        String unit = format.unit();
        if (unit.isEmpty() || title.endsWith("(" + unit + ")")) {
            return title;
        }
        return title.isEmpty() ? unit : title + " (" + unit + ")";
    }

    /** How values become lengths. */
    public enum Scale {
        /** Equal differences are equal lengths. */
        LINEAR,
        /** Equal ratios are equal lengths; positive values only. */
        LOG
    }
}
