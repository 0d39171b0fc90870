package dev.datastudio.core.chart.internal;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Words of figures. How wide a figure will be shown and in which font is not known here, so letters are counted instead
 * of measured.
 */
final class PlotlyWords {
    private static final TextMeasure LETTERS = (text, size, weight) -> text.length();
    private static final int MAX_NAME = 28;

    private PlotlyWords() {}

    /**
     * Text as Plotly shows it unchanged: Plotly reads some HTML tags and entities in every text, and {@code $…$} as
     * MathJax where that is loaded.
     */
    static String text(String raw) {
        String clean = Words.clean(raw);
        StringBuilder safe = new StringBuilder(clean.length() + 16);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '$' -> safe.append("&#36;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    static String shortened(String raw, int most) {
        return Words.shorten(Words.clean(raw), most, 1, Mark.Weight.REGULAR, LETTERS);
    }

    /** Names that stand beside each other, as {@link #text} has them; short, unless they would be the same then. */
    static List<String> names(Collection<String> raw) {
        return names(raw, MAX_NAME);
    }

    static List<String> names(Collection<String> raw, int most) {
        List<String> clean = raw.stream().map(Words::clean).toList();
        List<String> some = Words.shortenAll(clean, most, 1, Mark.Weight.REGULAR, LETTERS);
        boolean apart = new HashSet<>(some).size() == new HashSet<>(clean).size();
        return (apart ? some : clean).stream().map(PlotlyWords::text).toList();
    }

    /** A text broken into lines of so many letters. */
    static List<String> lines(String raw, int letters, int maxLines) {
        return Words.wrap(Words.clean(raw), maxLines, letters, 1, Mark.Weight.REGULAR, LETTERS).stream()
                .map(PlotlyWords::text)
                .toList();
    }

    /** A colour through which others are seen. */
    static String pale(int colour) {
        return String.format(
                Locale.ROOT, "rgba(%d,%d,%d,0.2)", (colour >> 16) & 0xFF, (colour >> 8) & 0xFF, colour & 0xFF);
    }
}
