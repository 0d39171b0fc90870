package dev.datastudio.agents.eval.internal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether two values of rows are the same.
 *
 * <p>Numbers are the same within {@value #RELATIVE} of the larger, because sums in another order differ in their last
 * digits. Text is the same letter by letter, blanks at its ends aside. Sets write as text what an import may have
 * recognised as a number, day, time or truth value, so such a value is the same as a text that writes it; a missing
 * value is the same as an empty text, which CSV files don't tell apart.
 */
final class Cells {
    private static final double RELATIVE = 1e-6;
    private static final double ABSOLUTE = 1e-9;

    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "0");

    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.ISO_LOCAL_DATE,
            DateTimeFormatter.ofPattern("M/d/yyyy", Locale.ROOT),
            DateTimeFormatter.ofPattern("d/M/yyyy", Locale.ROOT),
            words("MMMM d, yyyy"),
            words("MMM d, yyyy"),
            words("d MMMM yyyy"),
            words("d MMM yyyy"),
            words("dd-MMM-yyyy"));
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd H:mm[:ss[.SSS]]");

    private Cells() {}

    private static DateTimeFormatter words(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }

    static boolean same(@Nullable Object expected, @Nullable Object got) {
        if (isMissing(expected) || isMissing(got)) {
            return isMissing(expected) && isMissing(got);
        } else if (expected instanceof String a && got instanceof String b) {
            return a.strip().equals(b.strip()) || sameTimes(a, b);
        } else if (expected instanceof String text) {
            return writes(text.strip(), got);
        } else if (got instanceof String text) {
            return writes(text.strip(), expected);
        } else if (expected instanceof Number a && got instanceof Number b) {
            return sameNumbers(a.doubleValue(), b.doubleValue());
        } else if (expected instanceof Boolean || got instanceof Boolean) {
            return writes(plain(expected), got);
        }
        return moment(expected).equals(moment(got));
    }

    /** Whether two numbers differ by no more than the order of adding explains. */
    static boolean sameNumbers(double a, double b) {
        return a == b || Math.abs(a - b) <= Math.max(ABSOLUTE, RELATIVE * Math.max(Math.abs(a), Math.abs(b)));
    }

    private static boolean isMissing(@Nullable Object value) {
        return value == null || (value instanceof String text && text.isBlank());
    }

    /** "2014-05-06 00:00:00" and "2014-05-06": a set's texts against those of an import that found no day in them. */
    private static boolean sameTimes(String a, String b) {
        Optional<LocalDateTime> left = isoTime(a);
        return left.isPresent() && left.equals(isoTime(b));
    }

    private static Optional<LocalDateTime> isoTime(String text) {
        String trimmed = text.strip();
        return trimmed.length() >= 10 && Character.isDigit(trimmed.charAt(0)) && trimmed.charAt(4) == '-'
                ? times(trimmed).stream().findFirst()
                : Optional.empty();
    }

    private static boolean writes(String text, @Nullable Object value) {
        if (value instanceof Number number) {
            return number(text).map(n -> sameNumbers(n, number.doubleValue())).orElse(false);
        } else if (value instanceof Boolean truth) {
            return (truth ? TRUE : FALSE).contains(text.toLowerCase(Locale.ROOT));
        } else if (value instanceof LocalTime time) {
            return parsed(() -> LocalTime.parse(text.length() == 4 ? "0" + text : text))
                    .filter(time::equals)
                    .isPresent();
        }
        return moment(value).map(times(text)::contains).orElse(text.equals(String.valueOf(value)));
    }

    private static String plain(@Nullable Object value) {
        return value instanceof Number number && number.doubleValue() == number.longValue()
                ? Long.toString(number.longValue())
                : String.valueOf(value);
    }

    /** The number that a text writes in plain digits. */
    static Optional<Double> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()).doubleValue());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDateTime> moment(@Nullable Object value) {
        if (value instanceof LocalDate day) {
            return Optional.of(day.atStartOfDay());
        } else if (value instanceof LocalDateTime time) {
            return Optional.of(time);
        }
        return Optional.empty();
    }

    /** What a text may mean as a day or time; 3/4/2021 has two meanings. */
    static List<LocalDateTime> times(String text) {
        Optional<LocalDateTime> exact = parsed(() -> LocalDateTime.parse(text, TIME_OF_DAY))
                .or(() -> parsed(() -> LocalDateTime.parse(text)))
                .or(() -> parsed(() -> OffsetDateTime.parse(text)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime()));
        return exact.map(List::of)
                .orElseGet(() -> DATES.stream()
                        .map(format -> parsed(() -> LocalDate.parse(text, format)))
                        .flatMap(Optional::stream)
                        .map(LocalDate::atStartOfDay)
                        .distinct()
                        .toList());
    }

    private static <T> Optional<T> parsed(Parse<T> parse) {
        try {
            return Optional.of(parse.run());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private interface Parse<T> {
        T run();
    }
}
