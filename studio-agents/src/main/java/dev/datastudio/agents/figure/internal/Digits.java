package dev.datastudio.agents.figure.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads digits with separators as numbers. */
final class Digits {
    /** Longer ones are names or noise; a double can't tell their last digits apart. */
    private static final int MAX_LENGTH = 40;

    private static final Pattern PLAIN = Pattern.compile("\\.?[0-9]+(?:[eE][+-]?[0-9]{1,3})?");
    private static final Pattern GROUPED = Pattern.compile("[1-9][0-9]{0,2}(?:(,[0-9]{2,3})*,[0-9]{3}"
            + "|(?:\\.[0-9]{3})+|(?:['’][0-9]{3})+|(?:[ \\u00a0\\u2009\\u202f][0-9]{3})+)");
    private static final Pattern DECIMAL = Pattern.compile("[.,][0-9]+(?:[eE][+-]?[0-9]{1,3})?$");

    private Digits() {}

    /** All readings of digits, the likelier first; none when they are no number, such as {@code 1.2.3}. */
    static List<Reading> read(String body, NumberStyle style) {
        if (body.length() > MAX_LENGTH) {
            return List.of();
        }
        if (PLAIN.matcher(body).matches()) {
            return List.of(reading(body));
        }
        List<Reading> readings = new ArrayList<>();
        boolean lastIsComma = body.lastIndexOf(',') > body.lastIndexOf('.');
        if (GROUPED.matcher(body).matches() && grouping(style, body)) {
            readings.add(reading(ungrouped(body)));
        }
        var decimal = DECIMAL.matcher(body);
        if (decimal.find() && decimals(style, lastIsComma, readings.isEmpty())) {
            String whole = body.substring(0, decimal.start());
            boolean sameSign = whole.indexOf(lastIsComma ? ',' : '.') >= 0;
            if (!sameSign && (isDigits(whole) || GROUPED.matcher(whole).matches())) {
                readings.add(reading(ungrouped(whole) + "." + decimal.group().substring(1)));
            }
        }
        if (!lastIsComma && readings.size() == 2) {
            // one point and three digits: a decimal point is likelier
            return List.of(readings.get(1), readings.get(0));
        }
        return readings;
    }

    private static boolean grouping(NumberStyle style, String body) {
        return !(style == NumberStyle.POINT && body.indexOf('.') >= 0)
                && !(style == NumberStyle.COMMA && body.indexOf(',') >= 0);
    }

    private static boolean decimals(NumberStyle style, boolean lastIsComma, boolean onlyReading) {
        return onlyReading || style == NumberStyle.OPEN || (style == NumberStyle.COMMA) == lastIsComma;
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String ungrouped(String body) {
        return body.replaceAll("[^0-9]", "");
    }

    private static Reading reading(String digits) {
        BigDecimal value = new BigDecimal(digits);
        return new Reading(value.doubleValue(), Math.max(value.ulp().doubleValue(), Double.MIN_NORMAL));
    }

    /** The style of digits that can be read in one way only; {@link NumberStyle#OPEN} for others. */
    static NumberStyle plainStyle(String body) {
        boolean point = !read(body, NumberStyle.POINT).isEmpty();
        List<Reading> open = read(body, NumberStyle.OPEN);
        if (!point || open.size() != 1 || PLAIN.matcher(body).matches()) {
            return NumberStyle.OPEN;
        }
        int lastPoint = body.lastIndexOf('.');
        int lastComma = body.lastIndexOf(',');
        if (lastPoint < 0 && lastComma < 0) {
            return NumberStyle.OPEN;
        }
        boolean whole = open.get(0).unit() >= 1;
        return (lastComma > lastPoint) == whole ? NumberStyle.POINT : NumberStyle.COMMA;
    }
}
