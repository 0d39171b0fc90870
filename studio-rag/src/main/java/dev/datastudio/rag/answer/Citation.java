package dev.datastudio.rag.answer;

import dev.datastudio.rag.document.DocumentPassage;
import java.util.Objects;

/**
 * Words of a document that an answer rests on, found there letter by letter. Immutable.
 *
 * @param passage where they stand
 * @param from their first character in the text of the document, in UTF-16 units from 0
 * @param to behind their last character
 * @param quote the words as they stand there
 */
public record Citation(DocumentPassage passage, long from, long to, String quote) {
    /** @throws IllegalArgumentException if the words are not those of the passage at that place */
    public Citation {
        Objects.requireNonNull(quote, "quote");
        boolean isWithin = from >= passage.from() && from < to && to <= passage.to();
        if (!isWithin
                || !passage.text()
                        .substring((int) (from - passage.from()), (int) (to - passage.from()))
                        .equals(quote)) {
            throw new IllegalArgumentException(
                    "The words at " + from + " to " + to + " of " + passage.key() + " are not the quoted ones");
        }
    }

    /**
     * The page, slide or sheet of the first of the words, from 1; 0 when the format has none, or when the passage is of an
     * index that did not keep where its pages begin.
     */
    public int page() {
        return passage.page(from);
    }

    /** Words of a passage, by their place in it. */
    public static Citation of(DocumentPassage passage, int from, int to) {
        return new Citation(
                passage,
                passage.from() + from,
                passage.from() + to,
                passage.text().substring(from, to));
    }
}
