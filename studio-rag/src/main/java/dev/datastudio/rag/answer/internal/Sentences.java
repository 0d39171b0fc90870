package dev.datastudio.rag.answer.internal;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts texts of blocks into sentences, inside a block by the rules of Unicode for a language (UAX 29). */
public final class Sentences {
    /** Between blocks stands a blank line; items of a list and rows of a table begin lines. */
    private static final Pattern BORDER =
            Pattern.compile("\\n\\s*\\n|\\n(?=\\s*(?:[-*\u2022\u2013]|\\d{1,3}[.)])\\s)|\\n(?=[^\\n]* \\| )");

    private Sentences() {}

    /**
     * The sentences of a text, without white space around them.
     *
     * @param language BCP 47
     */
    public static List<Quotes.Span> of(String text, String language) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.forLanguageTag(language));
        List<Quotes.Span> sentences = new ArrayList<>();
        int from = 0;
        Matcher border = BORDER.matcher(text);
        while (border.find()) {
            add(sentences, text, from, border.start(), breaks);
            from = border.end();
        }
        add(sentences, text, from, text.length(), breaks);
        return sentences;
    }

    private static void add(List<Quotes.Span> sentences, String text, int begin, int end, BreakIterator breaks) {
        breaks.setText(text.substring(begin, end));
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            String sentence = text.substring(begin + from, begin + to);
            if (!sentence.isBlank()) {
                int first = begin
                        + from
                        + (sentence.length() - sentence.stripLeading().length());
                sentences.add(new Quotes.Span(first, first + sentence.strip().length()));
            }
        }
    }
}
