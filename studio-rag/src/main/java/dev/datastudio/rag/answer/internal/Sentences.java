package dev.datastudio.rag.answer.internal;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts texts into sentences, by the rules of Unicode for a language (UAX 29). */
public final class Sentences {
    private Sentences() {}

    /**
     * The sentences of a text, without white space around them.
     *
     * @param language BCP 47
     */
    public static List<Quotes.Span> of(String text, String language) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.forLanguageTag(language));
        breaks.setText(text);
        List<Quotes.Span> sentences = new ArrayList<>();
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
            String sentence = text.substring(from, to);
            if (!sentence.isBlank()) {
                int begin = from + (sentence.length() - sentence.stripLeading().length());
                sentences.add(new Quotes.Span(begin, begin + sentence.strip().length()));
            }
        }
        return sentences;
    }
}
