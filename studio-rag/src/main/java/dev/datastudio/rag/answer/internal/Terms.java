package dev.datastudio.rag.answer.internal;

import dev.datastudio.rag.index.Languages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** The words of texts that count, reduced to their stems, and where they stand. Thread-safe as its analyser is. */
public final class Terms {
    private final Analyzer analyzer;

    /** The words as an analyser takes them. */
    public Terms(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /** The words of texts of a language, as an index of passages takes them. */
    public static Terms in(String language) {
        return new Terms(Languages.analyzer(Languages.of(language)));
    }

    /** The different words of a text, in their order. */
    public Set<String> of(String text) {
        Set<String> words = new LinkedHashSet<>();
        occurrences(text).forEach(occurrence -> words.add(occurrence.word()));
        return words;
    }

    /** Each place of a word in a text. */
    public List<Occurrence> occurrences(String text) {
        List<Occurrence> found = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream("text", text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute place = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                found.add(new Occurrence(word.toString(), place.startOffset(), place.endOffset()));
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading a text from memory failed", e);
        }
        return found;
    }

    /** A word, and from which character to behind which it stands. */
    public record Occurrence(String word, int from, int to) {}
}
