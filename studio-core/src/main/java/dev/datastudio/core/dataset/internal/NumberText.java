package dev.datastudio.core.dataset.internal;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number as people write it: with a currency, a percent sign, thousands separators, in brackets, with a minus behind
 * it, with a point or a comma before the fraction. Whether "1.234" is a bit more than one or over a thousand can't be
 * told from one value, so both readings are given. Immutable.
 *
 * @param asPoint it is a number when a point parts the fraction
 * @param asComma it is a number when a comma parts the fraction
 * @param plain the digits as a program writes them: no sign but '-', no separator but one point
 * @param integerAsPoint whole, when a point parts the fraction
 * @param integerAsComma whole, when a comma parts the fraction
 * @param leadingZero digits such as 007 that lose something when they become a number
 * @param groupAsPoint the thousands separator when a point parts the fraction; NUL for none
 * @param groupAsComma the thousands separator when a comma parts the fraction; NUL for none
 * @param currency symbol or code, empty for none
 * @param percent followed by a percent sign
 * @param bracketed in brackets, so negative
 * @param trailingMinus followed by a minus
 * @param digits digits before the fraction
 */
record NumberText(
        boolean asPoint,
        boolean asComma,
        boolean plain,
        boolean integerAsPoint,
        boolean integerAsComma,
        boolean leadingZero,
        char groupAsPoint,
        char groupAsComma,
        String currency,
        boolean percent,
        boolean bracketed,
        boolean trailingMinus,
        int digits) {
    static final char NO_GROUP = '\0';

    private static final String SPACES_AND_MARKS = " \u00a0\u202f'\u2019";
    private static final Pattern POINT = body(",", "\\.");
    private static final Pattern COMMA = body(".", ",");
    private static final Set<String> SYMBOLS = Set.of(
            "$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₪", "฿", "₫", "₴", "₦", "₱", "US$", "A$", "C$", "R$", "kr", "zł",
            "Kč", "Ft", "Fr.");
    private static final Set<String> CODES = Set.of(
            "USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "NZD", "CNY", "INR", "SEK", "NOK", "DKK", "PLN", "CZK",
            "HUF", "BRL", "MXN", "ZAR", "KRW", "SGD", "HKD", "TRY", "RUB", "ILS", "THB", "RON", "BGN", "AED", "SAR");

    private static Pattern body(String group, String decimal) {
        return Pattern.compile("(?:(\\d{1,3}(?:([" + Pattern.quote(group) + SPACES_AND_MARKS
                + "])\\d{3})(?:\\2\\d{3})*)|(\\d+))?(?:" + decimal + "(\\d*))?([eE][+-]?\\d{1,3})?");
    }

    /** The reading of a text without spaces around it; null when it is no number in any way. */
    static @Nullable NumberText parse(String text) {
        if (text.isEmpty() || text.length() > 60) {
            return null;
        }
        NumberText plain = parsePlainInteger(text);
        return plain != null ? plain : parseDecorated(text);
    }

    private static @Nullable NumberText parsePlainInteger(String text) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        int length = text.length() - start;
        if (length == 0) {
            return null;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        boolean zero = text.charAt(start) == '0';
        boolean minusZero = zero && start == 1 && length == 1;
        return new NumberText(
                true,
                true,
                true,
                !minusZero,
                !minusZero,
                zero && length > 1,
                NO_GROUP,
                NO_GROUP,
                "",
                false,
                false,
                false,
                length);
    }

    private static @Nullable NumberText parseDecorated(String text) {
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        if (Character.isLetter(first) && Character.isLetter(last) && !isDigitInside(text)) {
            return null;
        }
        Decoration rest = new Decoration(text);
        rest.takeAll();
        String body = rest.text;
        if (body.isEmpty() || body.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        Matcher point = POINT.matcher(body);
        Matcher comma = COMMA.matcher(body);
        boolean asPoint = fits(point);
        boolean asComma = fits(comma);
        if (!asPoint && !asComma) {
            return null;
        }
        Matcher any = asPoint ? point : comma;
        String whole = any.group(3) == null ? "" : any.group(3);
        boolean plain = rest.isPlain && asPoint && point.group(1) == null;
        return new NumberText(
                asPoint,
                asComma,
                plain,
                asPoint && point.group(4) == null && point.group(5) == null,
                asComma && comma.group(4) == null && comma.group(5) == null,
                whole.length() > 1 && whole.charAt(0) == '0',
                asPoint ? group(point) : NO_GROUP,
                asComma ? group(comma) : NO_GROUP,
                rest.currency,
                rest.percent,
                rest.bracketed,
                rest.trailingMinus,
                (int) body.chars().filter(Character::isDigit).count());
    }

    private static boolean isDigitInside(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean fits(Matcher matcher) {
        if (!matcher.matches() || (matcher.group(1) == null && matcher.group(3) == null && isEmpty(matcher.group(4)))) {
            return false;
        }
        return matcher.group(1) == null || matcher.group(1).charAt(0) != '0'; // 0,123 has no thousands
    }

    private static boolean isEmpty(@Nullable String group) {
        return group == null || group.isEmpty();
    }

    private static char group(Matcher matcher) {
        return matcher.group(1) == null ? NO_GROUP : matcher.group(2).charAt(0);
    }

    /** What stands around the digits; taken off from outside in. */
    private static final class Decoration {
        private String text;
        private String currency = "";
        private boolean percent;
        private boolean bracketed;
        private boolean trailingMinus;
        private boolean isPlain = true;
        private boolean signed;

        Decoration(String text) {
            this.text = text;
        }

        void takeAll() {
            if (text.length() > 2 && text.charAt(0) == '(' && text.charAt(text.length() - 1) == ')') {
                bracketed = true;
                isPlain = false;
                text = text.substring(1, text.length() - 1).strip();
            }
            takeSign();
            takeCurrencyBefore();
            takeSign();
            takeTrailingMinus();
            takeBehind();
            takeTrailingMinus();
        }

        private void takeSign() {
            if (signed || text.isEmpty()) {
                return;
            }
            char c = text.charAt(0);
            if (c == '-' || c == '+' || c == '\u2212') {
                signed = true;
                isPlain &= c == '-';
                text = text.substring(1);
            }
        }

        private void takeTrailingMinus() {
            if (!signed && !bracketed && text.endsWith("-")) {
                signed = true;
                trailingMinus = true;
                isPlain = false;
                text = text.substring(0, text.length() - 1);
            }
        }

        private void takeCurrencyBefore() {
            int end = 0;
            while (end < text.length() && end < 4 && isCurrencyPart(text.charAt(end))) {
                end++;
            }
            if (end > 0 && isCurrency(text.substring(0, end))) {
                currency = text.substring(0, end);
                isPlain = false;
                text = skipSpace(text.substring(end));
            }
        }

        private void takeBehind() {
            if (text.endsWith("%")) {
                percent = true;
                isPlain = false;
                text = dropSpace(text.substring(0, text.length() - 1));
                return;
            }
            int start = text.length();
            while (start > 0 && text.length() - start < 4 && isCurrencyPart(text.charAt(start - 1))) {
                start--;
            }
            if (currency.isEmpty() && start < text.length() && isCurrency(text.substring(start))) {
                currency = text.substring(start);
                isPlain = false;
                text = dropSpace(text.substring(0, start));
            }
        }

        private static boolean isCurrency(String part) {
            return SYMBOLS.contains(part) || CODES.contains(part);
        }

        private static boolean isCurrencyPart(char c) {
            return Character.isLetter(c) || Character.getType(c) == Character.CURRENCY_SYMBOL;
        }

        private static String skipSpace(String text) {
            return !text.isEmpty() && isSpace(text.charAt(0)) ? text.substring(1) : text;
        }

        private static String dropSpace(String text) {
            return !text.isEmpty() && isSpace(text.charAt(text.length() - 1))
                    ? text.substring(0, text.length() - 1)
                    : text;
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\u00a0' || c == '\u202f';
        }
    }
}
