package dev.datastudio.ml.prepare.internal;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the values of one column, row by row. Not thread-safe. */
final class RawColumnBuilder {
    private static final double SECONDS_PER_DAY = 86_400;
    /** Its object, its place in the list and in the map. */
    private static final int BYTES_PER_WORD = 96;

    private static final double NANOS_PER_DAY = SECONDS_PER_DAY * 1e9;

    private final String name;
    private final ColumnType type;
    private final boolean isText;
    private double[] numbers;
    private int[] codes;
    private final Map<String, Integer> known = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private int rows;
    private int infinite;
    private long bytesOfTexts;

    RawColumnBuilder(String name, ColumnType type, int expectedRows) {
        this.name = name;
        this.type = type;
        this.isText = type == ColumnType.TEXT || type == ColumnType.OTHER;
        this.numbers = new double[isText ? 0 : expectedRows];
        this.codes = new int[isText ? expectedRows : 0];
    }

    /** How many infinite values were read, which count as missing. */
    int infinite() {
        return infinite;
    }

    /** How much memory different words take, about; each is kept once. */
    long bytesOfTexts() {
        return bytesOfTexts;
    }

    String name() {
        return name;
    }

    /** @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when a value is of another kind than the column */
    void add(@Nullable Object value) {
        if (isText) {
            codes = rows == codes.length ? Arrays.copyOf(codes, Math.max(16, 2 * rows)) : codes;
            codes[rows++] = value == null ? -1 : code(value.toString());
        } else {
            numbers = rows == numbers.length ? Arrays.copyOf(numbers, Math.max(16, 2 * rows)) : numbers;
            numbers[rows++] = value == null ? Double.NaN : finite(number(value));
        }
    }

    private int code(String word) {
        return known.computeIfAbsent(word, each -> {
            words.add(each);
            bytesOfTexts += BYTES_PER_WORD + each.length();
            return words.size() - 1;
        });
    }

    private double finite(double value) {
        if (Double.isInfinite(value)) {
            infinite++;
            return Double.NaN;
        }
        return value;
    }

    private double number(Object value) {
        if (value instanceof Number number && type != ColumnType.BOOLEAN && !isTime()) {
            return number.doubleValue();
        }
        if (value instanceof Boolean flag && type == ColumnType.BOOLEAN) {
            return flag ? 1 : 0;
        }
        if (isTime()) {
            return days(value);
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The column " + StudioException.quote(name) + " holds "
                        + (type == ColumnType.BOOLEAN ? "true or false" : "numbers") + ", was "
                        + StudioException.quote(value),
                "Give a value of that kind, or none");
    }

    private boolean isTime() {
        return type.isTemporal() || type == ColumnType.TIME;
    }

    private double days(Object value) {
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof LocalDateTime time) {
            return time.toEpochSecond(ZoneOffset.UTC) / SECONDS_PER_DAY;
        }
        if (value instanceof LocalTime time) {
            return time.toNanoOfDay() / NANOS_PER_DAY;
        }
        if (value instanceof String text) {
            return days(parsed(text));
        }
        throw notTime(value);
    }

    private Object parsed(String text) {
        try {
            if (type == ColumnType.TIME) {
                return LocalTime.parse(text);
            }
            return text.length() <= 10 ? LocalDate.parse(text) : LocalDateTime.parse(text.replace(' ', 'T'));
        } catch (DateTimeException e) {
            throw notTime(text);
        }
    }

    private StudioException notTime(Object value) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The column " + StudioException.quote(name) + " holds points in time, was "
                        + StudioException.quote(value),
                "Give an ISO date or time such as 2024-05-31 or 2024-05-31T12:00:00");
    }

    RawColumn build() {
        return isText
                ? new RawColumn.Words(name, Arrays.copyOf(codes, rows), List.copyOf(words))
                : new RawColumn.Numbers(name, type, Arrays.copyOf(numbers, rows));
    }
}
