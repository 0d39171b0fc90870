package dev.datastudio.rag.chunk;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts text into sentences, a sentence that is too long at words, a word that is too long at characters. Not thread-safe.
 */
final class UnitSplitter {
    private final TokenCounter counter;
    private final int maxTokens;
    private BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    private BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);

    /**
     * A part of a text.
     *
     * @param from where it begins
     * @param to where it ends, exclusive
     */
    record Piece(int from, int to, int tokens) {}

    UnitSplitter(TokenCounter counter, int maxTokens) {
        this.counter = counter;
        this.maxTokens = maxTokens;
    }

    void language(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        sentences = BreakIterator.getSentenceInstance(locale);
        words = BreakIterator.getWordInstance(locale);
    }

    /** The sentences of a text, none blank, in order. */
    List<Piece> sentences(String text) {
        List<Piece> pieces = new ArrayList<>();
        sentences.setText(text);
        int from = sentences.first();
        for (int to = sentences.next(); to != BreakIterator.DONE; from = to, to = sentences.next()) {
            add(text, from, to, pieces);
        }
        return pieces;
    }

    /** One piece, or several if it is too long for one. */
    List<Piece> whole(String text) {
        List<Piece> pieces = new ArrayList<>();
        add(text, 0, text.length(), pieces);
        return pieces;
    }

    /** Where the last sentence begins; 0 when there is only one. */
    int lastSentence(String text) {
        sentences.setText(text);
        sentences.last();
        int start = sentences.previous();
        return start == BreakIterator.DONE ? 0 : start;
    }

    private void add(String text, int start, int end, List<Piece> pieces) {
        Piece piece = trimmed(text, start, end);
        if (piece.tokens() > maxTokens) {
            atWords(text, piece.from(), piece.to(), pieces);
        } else if (piece.from() < piece.to()) {
            pieces.add(piece);
        }
    }

    private Piece trimmed(String text, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return new Piece(from, to, from == to ? 0 : counter.count(text.substring(from, to)));
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private void atWords(String text, int start, int end, List<Piece> pieces) {
        String sentence = text.substring(start, end);
        words.setText(sentence);
        int from = 0;
        int tokens = 0;
        int last = words.first();
        for (int next = words.next(); next != BreakIterator.DONE; last = next, next = words.next()) {
            int more = counter.count(sentence.substring(last, next));
            if (tokens + more > maxTokens) {
                addPiece(text, start + from, start + last, pieces);
                from = last;
                tokens = 0;
            }
            if (more > maxTokens) {
                atCharacters(text, start + last, start + next, pieces);
                from = next;
                more = 0;
            }
            tokens += more;
        }
        addPiece(text, start + from, end, pieces);
    }

    private void addPiece(String text, int start, int end, List<Piece> pieces) {
        Piece piece = trimmed(text, start, end);
        if (piece.from() < piece.to()) {
            pieces.add(piece);
        }
    }

    /** A word without end, such as a line of Base64. */
    private void atCharacters(String text, int start, int end, List<Piece> pieces) {
        int from = start;
        while (from < end) {
            int to = Math.min(end, from + maxTokens * 8);
            to = wholePair(text, from, to);
            int tokens = counter.count(text.substring(from, to));
            while (tokens > maxTokens && to - from > 2) {
                to = wholePair(text, from, from + (to - from) / 2);
                tokens = counter.count(text.substring(from, to));
            }
            addPiece(text, from, to, pieces);
            from = to;
        }
    }

    private static int wholePair(String text, int from, int to) {
        boolean within = to < text.length() && Character.isLowSurrogate(text.charAt(to));
        return within ? (to - 1 > from ? to - 1 : to + 1) : to;
    }
}
