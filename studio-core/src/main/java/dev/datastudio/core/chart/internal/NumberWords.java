package dev.datastudio.core.chart.internal;

import dev.datastudio.api.chart.ValueFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes numbers for people: one form for all ticks of an axis, and single values with their unit. Immutable. */
public final class NumberWords {
    private static final double[] POWERS = {1e12, 1e9, 1e6};
    private static final String[] SUFFIXES = {"T", "B", "M"};
    private static final String PREFIX_UNITS = "$€£¥₹₩";

    /** As English has it. */
    static final NumberWords ENGLISH = new NumberWords(Locale.ENGLISH);

    private final char group;
    private final char decimal;

    /** English symbols are built in, because loading those of the JDK costs more than drawing a chart. */
    public NumberWords(Locale locale) {
        if (locale.getLanguage().equals("en")) {
            group = ',';
            decimal = '.';
        } else {
            DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
            group = symbols.getGroupingSeparator();
            decimal = symbols.getDecimalSeparator();
        }
    }

    /** The labels of an axis: the same number of decimals and the same abbreviation for all, no units but %. */
    public List<String> ticks(List<Double> values, ValueFormat format) {
        boolean percent = format instanceof ValueFormat.Percent;
        double factor = percent ? 100 : 1;
        double largest = 0;
        double step = Double.MAX_VALUE;
        for (int i = 0; i < values.size(); i++) {
            largest = Math.max(largest, Math.abs(values.get(i) * factor));
            if (i > 0) {
                step = Math.min(step, Math.abs(values.get(i) - values.get(i - 1)) * factor);
            }
        }
        boolean scientific = largest >= 1e15 || (largest > 0 && largest < 1e-4);
        int suffix = suffix(largest);
        double divisor = suffix < 0 ? 1 : POWERS[suffix];
        int decimals = values.size() < 2 ? decimalsOf(largest / divisor, 6) : stepDecimals(step / divisor);
        List<String> labels = new ArrayList<>();
        for (double value : values) {
            String number = scientific
                    ? scientific(value * factor)
                    : suffix < 0 ? fixed(value * factor, decimals) : abbreviated(value * factor, suffix, decimals);
            labels.add(percent ? number + "%" : number);
        }
        return labels;
    }

    private String abbreviated(double value, int suffix, int decimals) {
        return value == 0 ? "0" : fixed(value / POWERS[suffix], decimals) + SUFFIXES[suffix];
    }

    /** The labels of a logarithmic axis: each with as many digits as it needs. */
    public List<String> logarithmicTicks(List<Double> values, ValueFormat format) {
        List<String> labels = new ArrayList<>();
        for (double value : values) {
            labels.add(short3(value, format, false));
        }
        return labels;
    }

    /** One value with three or four digits and its unit: {@code $1.25M}, {@code 12.5%}, {@code 3,750 g}. */
    public String value(double value, ValueFormat format) {
        return short3(value, format, true);
    }

    private String short3(double raw, ValueFormat format, boolean withUnit) {
        boolean percent = format instanceof ValueFormat.Percent;
        double value = percent ? raw * 100 : raw;
        double size = Math.abs(value);
        String number;
        if (size >= 1e15 || (size > 0 && size < 1e-4)) {
            number = scientific(size);
        } else if (suffix(size) >= 0) {
            double divisor = POWERS[suffix(size)];
            number = fixed(size / divisor, decimalsOf(size / divisor, 3)) + SUFFIXES[suffix(size)];
        } else {
            number = fixed(size, withUnit ? decimals(size, format) : decimalsOf(size, 3));
        }
        String sign = value < 0 && !isZero(number) ? "−" : "";
        return sign + (withUnit ? unit(number, format.unit()) : number) + (percent ? "%" : "");
    }

    /** Amounts of money below a thousand have no decimals or two. */
    private static int decimals(double size, ValueFormat format) {
        if (format instanceof ValueFormat.Whole) {
            return 0;
        }
        int needed = decimalsOf(size, 3);
        boolean money = format.unit().length() == 1 && PREFIX_UNITS.contains(format.unit());
        return money && needed == 1 ? 2 : needed;
    }

    private static String unit(String number, String unit) {
        if (unit.isEmpty()) {
            return number;
        }
        return PREFIX_UNITS.contains(unit) ? unit + number : number + " " + unit;
    }

    /** A whole number with separators. */
    public String whole(long value) {
        return fixed((double) value, 0);
    }

    /** A number with two decimals. */
    public String hundredths(double value) {
        return fixed(value, 2);
    }

    private static int suffix(double size) {
        for (int i = 0; i < POWERS.length; i++) {
            if (size >= POWERS[i] * 0.9999999) {
                return i;
            }
        }
        return -1;
    }

    /** How many decimals show a number with so many digits, without ending zeros. */
    private static int decimalsOf(double size, int digits) {
        if (size == 0) {
            return 0;
        }
        int before = (int) Math.floor(Math.log10(size)) + 1;
        int decimals = Math.max(0, Math.min(8, digits - before));
        BigDecimal rounded = BigDecimal.valueOf(size).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0
                ? 0
                : Math.max(0, rounded.stripTrailingZeros().scale());
    }

    private static int stepDecimals(double step) {
        BigDecimal exact = BigDecimal.valueOf(Ticks.clean(step)).stripTrailingZeros();
        return Math.max(0, Math.min(10, exact.scale()));
    }

    private String fixed(double value, int decimals) {
        String plain = BigDecimal.valueOf(Math.abs(value))
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
        int dot = plain.indexOf('.');
        String whole = dot < 0 ? plain : plain.substring(0, dot);
        StringBuilder text = new StringBuilder();
        if (value < 0 && !isZero(plain)) {
            text.append('−');
        }
        for (int i = 0; i < whole.length(); i++) {
            if (i > 0 && (whole.length() - i) % 3 == 0) {
                text.append(group);
            }
            text.append(whole.charAt(i));
        }
        if (dot >= 0) {
            text.append(decimal).append(plain, dot + 1, plain.length());
        }
        return text.toString();
    }

    private String scientific(double value) {
        if (value == 0) {
            return "0";
        }
        int power = (int) Math.floor(Math.log10(Math.abs(value)) + 1e-12);
        double mantissa =
                Ticks.clean(BigDecimal.valueOf(value).movePointLeft(power).doubleValue());
        return fixed(mantissa, decimalsOf(Math.abs(mantissa), 3)) + "e" + power;
    }

    private static boolean isZero(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c >= '1' && c <= '9') {
                return false;
            }
        }
        return true;
    }
}
