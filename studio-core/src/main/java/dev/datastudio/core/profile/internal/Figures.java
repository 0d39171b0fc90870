package dev.datastudio.core.profile.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them: thousands parted, as many digits as help. */
public final class Figures {
    private static final double HUGE = 1e15;
    private static final double TINY = 1e-4;
    private static final String[] UNITS = {"T", "B", "M"};

    private Figures() {}

    /** About five significant digits; whole numbers below a quadrillion in full. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        double size = Math.abs(value);
        if (size >= HUGE || (size > 0 && size < TINY)) {
            return String.format(Locale.ROOT, "%.3e", value).replace("e+", "e");
        }
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        if (size >= 10_000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return group(new BigDecimal(value).round(new MathContext(5)));
    }

    private static String group(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
    }

    /** About four significant digits, for places with little room: 12.5M, 3B, 0.25. */
    public static String compact(double value) {
        double size = Math.abs(value);
        for (int i = 0; i < UNITS.length; i++) {
            double unit = Math.pow(10, 12 - 3.0 * i);
            if (size >= unit && size < HUGE) {
                BigDecimal shortened = new BigDecimal(value / unit).round(new MathContext(4));
                return group(shortened) + UNITS[i];
            }
        }
        return number(value).replaceAll("\\.?0+e", "e");
    }

    /** A count with its thousands parted. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A part of 1 as a percentage that is 0 % and 100 % only when it is exactly that. */
    public static String percent(double share) {
        double percent = share * 100;
        if (percent == 0 || percent == 100) {
            return (int) percent + "%";
        }
        if (percent > 0 && percent < 0.1) {
            return "<0.1%";
        }
        if (percent > 99.9 && percent < 100) {
            return ">99.9%";
        }
        return String.format(Locale.ROOT, "%.1f%%", percent);
    }

    /** A size in the unit that fits. */
    public static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }

    /** A word with its number, such as {@code 1 row} or {@code 3 rows}. */
    public static String plural(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
