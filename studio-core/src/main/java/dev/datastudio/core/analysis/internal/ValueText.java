package dev.datastudio.core.analysis.internal;

import dev.datastudio.api.dataset.Column;
import dev.datastudio.core.analysis.TimeGrain;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values as people read them. Immutable. */
public final class ValueText {
    private static final Set<String> BEFORE = Set.of("$", "€", "£", "¥", "₹");
    private static final int SIGNIFICANT = 4;

    private final Locale locale;

    public ValueText(Locale locale) {
        this.locale = locale;
    }

    /** A value with its unit; a missing one is "no value". */
    public String of(@Nullable Object value, String unit) {
        if (value == null) {
            return "no value";
        } else if (value instanceof LocalDateTime time) {
            return time.toString().replace('T', ' ');
        } else if (!(value instanceof Number)) {
            return String.valueOf(value);
        }
        Number number = (Number) value;
        if (unit.isEmpty()) {
            return number(number);
        } else if (BEFORE.contains(unit)) {
            String text = number(number);
            return text.startsWith("-") ? "-" + unit + text.substring(1) : unit + text;
        }
        return number(number) + (unit.equals(Column.PERCENT) ? unit : " " + unit);
    }

    /** A number: whole ones in full, others with two places, small ones with four significant digits. */
    public String number(Number value) {
        if (value instanceof Double d && !Double.isFinite(d)) {
            return value.toString();
        }
        BigDecimal number = new BigDecimal(value.toString());
        boolean small = number.abs().compareTo(BigDecimal.ONE) < 0;
        BigDecimal rounded =
                small ? number.round(new MathContext(SIGNIFICANT)) : number.setScale(2, RoundingMode.HALF_UP);
        BigDecimal plain = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(Math.max(0, plain.scale()));
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(plain);
    }

    /** A period that begins at a date or time. */
    public String period(@Nullable Object begin, TimeGrain grain) {
        if (begin instanceof LocalDateTime time) {
            return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", locale).format(time);
        } else if (!(begin instanceof LocalDate date)) {
            return of(begin, "");
        } else {
            return switch (grain) {
                case YEAR -> String.valueOf(date.getYear());
                case QUARTER -> "Q" + ((date.getMonthValue() - 1) / 3 + 1) + " " + date.getYear();
                case MONTH -> DateTimeFormatter.ofPattern("MMM uuuu", locale).format(date);
                case WEEK -> "the week of " + date;
                default -> date.toString();
            };
        }
    }
}
