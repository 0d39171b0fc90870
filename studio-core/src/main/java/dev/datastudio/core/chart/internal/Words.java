package dev.datastudio.core.chart.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes any text fit to be drawn: one line, no control characters, no broken surrogates, no turned direction. */
public final class Words {
    private static final int MAX_LENGTH = 400;
    private static final int END = 8;
    private static final char REPLACEMENT = '\uFFFD';

    private Words() {}

    /** A text that can be drawn and written to XML; white space is one blank, longer than 400 characters is cut. */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        boolean blank = true;
        for (int i = 0; i < text.length() && clean.length() < MAX_LENGTH; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point) || Character.isISOControl(point) || Character.isSpaceChar(point)) {
                if (!blank) {
                    clean.append(' ');
                }
                blank = true;
            } else if (!turnsDirection(point)) {
                clean.appendCodePoint(isDrawable(point) ? point : REPLACEMENT);
                blank = false;
            }
        }
        int end = clean.length();
        if (end > 0 && clean.charAt(end - 1) == ' ') {
            clean.setLength(end - 1);
        }
        return clean.toString();
    }

    /** Embeddings, overrides and isolates would turn around the text of the picture beside them. */
    private static boolean turnsDirection(int point) {
        return (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0x200E
                || point == 0x200F
                || point == 0xFEFF;
    }

    private static boolean isDrawable(int point) {
        return !(point >= 0xD800 && point <= 0xDFFF) && (point & 0xFFFE) != 0xFFFE;
    }

    /** The text, or its beginning with {@code …}, so that it is at most {@code maxWidth} wide. */
    public static String shorten(String text, double maxWidth, double size, Mark.Weight weight, TextMeasure measure) {
        if (measure.width(text, size, weight) <= maxWidth) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (measure.width(cut(text, middle), size, weight) <= maxWidth) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return cut(text, low);
    }

    /**
     * Several texts shortened, so that those which differ still do: where beginnings would be the same, the ends stay
     * too, as in {@code Another … 7}.
     */
    static List<String> shortenAll(
            List<String> texts, double maxWidth, double size, Mark.Weight weight, TextMeasure measure) {
        List<String> some = new ArrayList<>();
        Map<String, Integer> times = new HashMap<>();
        for (String text : texts) {
            String begin = shorten(text, maxWidth, size, weight, measure);
            some.add(begin);
            times.merge(begin, 1, Integer::sum);
        }
        for (int i = 0; i < some.size(); i++) {
            if (times.getOrDefault(some.get(i), 0) > 1 && !some.get(i).equals(texts.get(i))) {
                some.set(i, shortenMiddle(texts.get(i), maxWidth, size, weight, measure));
            }
        }
        return some;
    }

    private static String shortenMiddle(
            String text, double maxWidth, double size, Mark.Weight weight, TextMeasure measure) {
        for (int kept = Math.min(END, text.length() / 2); kept > 0; kept--) {
            int from = text.length() - kept;
            String end = text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
            double room = maxWidth - measure.width(end, size, weight);
            if (room > maxWidth / 3) {
                String start = shorten(text, room, size, weight, measure);
                return (start.endsWith("…") ? start : start + "…") + end.stripLeading();
            }
        }
        return shorten(text, maxWidth, size, weight, measure);
    }

    /** Breaks a text at blanks into at most so many lines; the last one ends in {@code …} when there is more. */
    static List<String> wrap(
            String text, int maxLines, double maxWidth, double size, Mark.Weight weight, TextMeasure measure) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (!rest.isEmpty() && lines.size() < maxLines - 1 && measure.width(rest, size, weight) > maxWidth) {
            int cut = breakAt(rest, maxWidth, size, weight, measure);
            if (cut <= 0) {
                break;
            }
            lines.add(rest.substring(0, cut));
            rest = rest.substring(cut + 1);
        }
        if (!rest.isEmpty()) {
            lines.add(shorten(rest, maxWidth, size, weight, measure));
        }
        return lines;
    }

    private static int breakAt(String text, double maxWidth, double size, Mark.Weight weight, TextMeasure measure) {
        int best = -1;
        for (int blank = text.indexOf(' '); blank >= 0; blank = text.indexOf(' ', blank + 1)) {
            if (measure.width(text.substring(0, blank), size, weight) > maxWidth) {
                break;
            }
            best = blank;
        }
        return best;
    }

    private static String cut(String text, int length) {
        int end = length;
        if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
