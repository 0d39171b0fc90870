package dev.datastudio.core.dataset.internal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/** Writes the cells of a workbook as text that the reader of delimited text takes for what they are. Not thread-safe. */
final class ExcelCells {
    private static final Set<String> ERRORS = Set.of(
            "#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA");
    private static final Pattern NOT_FORMAT = Pattern.compile("\"[^\"]*\"|\\\\.|_.|\\*.|\\[[^\\]]*\\]");
    private static final Pattern ELAPSED = Pattern.compile("(?i).*\\[(h+|m+|s+)\\].*");
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final long MILLIS_A_DAY = 86_400_000L;
    /** The last day of the year 9999, from 1899-12-30. */
    private static final double LAST_DAY = 2_958_466;

    private static final int FIRST_TRUE_DAY = 61;
    private static final int MAX_PLAIN_EXPONENT = 18;

    private final boolean date1904;
    private final Map<String, Kind> kinds = new HashMap<>();

    ExcelCells(boolean date1904) {
        this.date1904 = date1904;
    }

    /** What a number is by its format. */
    private enum Kind {
        NUMBER,
        DATE,
        DATE_TIME,
        TIME
    }

    /** Whether a cell holds an error such as #N/A instead of a value. */
    static boolean isError(@Nullable Cell cell) {
        return cell != null
                && (cell.getType() == CellType.ERROR
                        || (cell.getValue() instanceof String text && ERRORS.contains(text) && !isText(cell)));
    }

    private static boolean isText(Cell cell) {
        return cell.getType() == CellType.STRING;
    }

    /** A cell's value as text; empty for a cell without one and for an error. */
    String text(@Nullable Cell cell) {
        if (cell == null || cell.getValue() == null || isError(cell)) {
            return "";
        }
        Object value = cell.getValue();
        if (value instanceof BigDecimal number) {
            return number(number.doubleValue(), kind(cell));
        } else if (value instanceof Boolean truth) {
            return truth ? "TRUE" : "FALSE";
        }
        return value.toString().replace("\u0000", "");
    }

    private Kind kind(Cell cell) {
        String format = cell.getDataFormatString();
        Integer id = cell.getDataFormatId();
        if (format == null || format.isEmpty()) {
            return id == null ? Kind.NUMBER : builtIn(id);
        }
        return kinds.computeIfAbsent(format, ExcelCells::kind);
    }

    /** Formats that a file names only by number, those of East Asian dates among them (ECMA-376 part 1, 18.8.30). */
    private static Kind builtIn(int id) {
        if (id == 22) {
            return Kind.DATE_TIME;
        } else if ((id >= 18 && id <= 21) || id == 45 || id == 47 || (id >= 32 && id <= 35)) {
            return Kind.TIME;
        }
        return (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? Kind.DATE : Kind.NUMBER;
    }

    /** What a format's first section shows; elapsed times stay numbers of days. */
    private static Kind kind(String format) {
        String section = format.split(";", -1)[0];
        if (section.equalsIgnoreCase("General") || ELAPSED.matcher(section).matches()) {
            return Kind.NUMBER;
        }
        String codes = NOT_FORMAT.matcher(section).replaceAll("").toLowerCase(Locale.ROOT);
        boolean day = codes.contains("y") || codes.contains("d");
        boolean time = codes.contains("h") || codes.contains("s");
        boolean month = codes.contains("m") && !time;
        if (codes.contains("0") && !codes.contains("s") || codes.contains("#")) {
            return Kind.NUMBER;
        } else if (day || month) {
            return time ? Kind.DATE_TIME : Kind.DATE;
        }
        return time ? Kind.TIME : Kind.NUMBER;
    }

    private String number(double value, Kind kind) {
        if (kind == Kind.NUMBER || value < 0 || value >= LAST_DAY) {
            return plain(value);
        }
        long millis = Math.round(value * MILLIS_A_DAY);
        if (kind == Kind.TIME && millis < MILLIS_A_DAY) {
            return LocalTime.ofNanoOfDay(millis * 1_000_000).format(TIME);
        }
        LocalDateTime time =
                date(millis / MILLIS_A_DAY).atTime(LocalTime.ofNanoOfDay(millis % MILLIS_A_DAY * 1_000_000));
        if (kind == Kind.DATE && millis % MILLIS_A_DAY == 0) {
            return time.toLocalDate().toString();
        }
        return time.format(millis % 1_000 == 0 ? DAY_AND_TIME : DAY_AND_MILLIS);
    }

    /** In the 1900 system day 60 is a 29 February that never was, kept from Lotus 1-2-3. */
    private LocalDate date(long day) {
        if (date1904) {
            return LocalDate.of(1904, 1, 1).plusDays(day);
        }
        return LocalDate.of(1899, 12, day < FIRST_TRUE_DAY ? 31 : 30).plusDays(day);
    }

    /** The shortest text of the double, which is what Excel shows; files hold 17 digits. */
    private static String plain(double value) {
        if (!Double.isFinite(value)) {
            return "";
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        BigDecimal exact = new BigDecimal(Double.toString(value));
        return Math.abs(exact.precision() - exact.scale()) <= MAX_PLAIN_EXPONENT
                ? exact.toPlainString()
                : exact.toString();
    }
}
