package dev.datastudio.core.chart.internal.figure;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of figures. Plotly reads a few HTML tags in every text, links among them; only {@code b}, {@code i}, {@code br},
 * {@code sub}, {@code sup} and {@code extra} without attributes pass. {@code $} would begin a formula where MathJax is
 * loaded, so it is written as its entity.
 */
final class PlainText {
    static final int MAX_LENGTH = 1_000;

    private static final Pattern TAG = Pattern.compile("</?(?:b|i|sub|sup|extra)>|<br ?/?>");
    private static final Pattern LIKE_TAG = Pattern.compile("<[/!?a-zA-Z][^<>]*>");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)[a-z][a-z0-9+.-]*://|(?:javascript|vbscript|livescript)\\s*:|data:[a-z]+/|(?:^|[\\s\"'(])//[a-z0-9]");

    private PlainText() {}

    /** What is wrong with a text; empty when it can be shown. */
    static Optional<String> problem(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of("is longer than " + MAX_LENGTH + " characters");
        }
        String rest = TAG.matcher(text).replaceAll("");
        if (LIKE_TAG.matcher(rest).find()) {
            return Optional.of("holds a tag other than <b>, <i>, <br>, <sub> and <sup>");
        }
        return ADDRESS.matcher(text.replaceAll("\\s", " ")).find() ? Optional.of("holds an address") : Optional.empty();
    }

    /** The text without control characters and those that turn its direction. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(point -> !Character.isISOControl(point))
                .filter(point -> !(point >= 0x202A && point <= 0x202E) && !(point >= 0x2066 && point <= 0x2069))
                .filter(point -> !(point >= 0xD800 && point <= 0xDFFF))
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** A text without problems as it is handed on: what is no tag stays text wherever it is shown. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        Matcher tags = TAG.matcher(text);
        int from = 0;
        while (tags.find()) {
            safe.append(entities(text.substring(from, tags.start()))).append(tags.group());
            from = tags.end();
        }
        return safe.append(entities(text.substring(from))).toString();
    }

    private static String entities(String text) {
        return text.replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;");
    }

    /** A text without its tags, for pictures. */
    static String bare(String text) {
        return TAG.matcher(text.replace("<br>", " ")).replaceAll("");
    }
}
