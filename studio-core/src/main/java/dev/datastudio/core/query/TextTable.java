package dev.datastudio.core.query;

import dev.datastudio.api.query.ResultColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Rows as aligned text for a terminal: numbers to the right, text to the left, nothing wraps. */
public final class TextTable {
    private static final int MAX_CELL_WIDTH = 40;
    private static final int SIGNIFICANT_DIGITS = 6;
    private static final String MISSING = "";

    private TextTable() {}

    /**
     * A header line, a rule, and a line for each of the first rows, without a line end after the last.
     *
     * @param rows each as wide as the columns
     * @param maxRows rows shown at most, at least 0
     */
    public static String format(List<ResultColumn> columns, List<List<@Nullable Object>> rows, int maxRows) {
        List<List<String>> cells = new ArrayList<>();
        for (List<@Nullable Object> row : rows.subList(0, Math.min(maxRows, rows.size()))) {
            cells.add(row.stream().map(TextTable::cell).toList());
        }
        int[] widths = new int[columns.size()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = width(columns.get(c), cells, c);
        }
        StringBuilder text = new StringBuilder();
        appendLine(
                text,
                columns,
                columns.stream().map(column -> clip(column.name())).toList(),
                widths);
        StringJoiner rule = new StringJoiner("-+-");
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        text.append('\n').append(rule);
        for (List<String> row : cells) {
            text.append('\n');
            appendLine(text, columns, row, widths);
        }
        return text.toString();
    }

    /** One value as it stands in a table: numbers at six significant digits, times without a needless part. */
    public static String cell(@Nullable Object value) {
        if (value == null) {
            return MISSING;
        } else if (value instanceof Double number) {
            return Double.isFinite(number) ? number(BigDecimal.valueOf(number)) : number.toString();
        } else if (value instanceof BigDecimal number) {
            return number(number);
        } else if (value instanceof LocalDateTime time) {
            return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                    ? time.toLocalDate().toString()
                    : time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"));
        }
        return clip(value.toString());
    }

    private static String number(BigDecimal number) {
        int integerDigits = number.precision() - number.scale();
        BigDecimal rounded = integerDigits >= SIGNIFICANT_DIGITS
                ? number.setScale(Math.min(2, Math.max(0, number.scale())), RoundingMode.HALF_EVEN)
                : number.setScale(Math.min(number.scale(), SIGNIFICANT_DIGITS - integerDigits), RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static String clip(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX_CELL_WIDTH ? line : line.substring(0, MAX_CELL_WIDTH - 1) + "…";
    }

    private static int width(ResultColumn column, List<List<String>> cells, int index) {
        int width = clip(column.name()).length();
        for (List<String> row : cells) {
            width = Math.max(width, row.get(index).length());
        }
        return width;
    }

    private static void appendLine(StringBuilder text, List<ResultColumn> columns, List<String> cells, int[] widths) {
        StringJoiner line = new StringJoiner(" | ");
        for (int c = 0; c < widths.length; c++) {
            String pad = " ".repeat(widths[c] - cells.get(c).length());
            line.add(columns.get(c).type().isNumeric() ? pad + cells.get(c) : cells.get(c) + pad);
        }
        text.append(line.toString().stripTrailing());
    }
}
