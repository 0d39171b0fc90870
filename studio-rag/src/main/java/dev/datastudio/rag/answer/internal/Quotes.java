package dev.datastudio.rag.answer.internal;

import java.util.Optional;

/**
 * Finds words that somebody says are quoted in the text that they are said to be from. Only how they are set may differ:
 * white space, soft hyphens, the shape of quotation marks and dashes. Letters, digits and their case must be the same.
 */
public final class Quotes {
    private Quotes() {}

    /**
     * Where a quote stands in a text.
     *
     * @return the span of the text that it is, from the first character to behind the last; empty when it is not there
     *     or the quote holds nothing but white space
     */
    public static Optional<Span> find(String quote, String text) {
        Folded wanted = Folded.of(quote.strip());
        if (wanted.text().isBlank()) {
            return Optional.empty();
        }
        int exact = text.indexOf(quote.strip());
        if (exact >= 0) {
            return Optional.of(new Span(exact, exact + quote.strip().length()));
        }
        Folded folded = Folded.of(text);
        int at = folded.text().indexOf(wanted.text());
        return at < 0
                ? Optional.empty()
                : Optional.of(new Span(
                        folded.position(at), folded.position(at + wanted.text().length() - 1) + 1));
    }

    /** From the first character to behind the last. */
    public record Span(int from, int to) {}

    /** A text in one setting, and where each of its characters was. */
    private static final class Folded {
        private final String text;
        private final int[] positions;

        private Folded(String text, int[] positions) {
            this.text = text;
            this.positions = positions;
        }

        static Folded of(String text) {
            StringBuilder folded = new StringBuilder(text.length());
            int[] positions = new int[text.length()];
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean isSpace = Character.isWhitespace(c) || Character.isSpaceChar(c);
                boolean repeatsSpace = isSpace && !folded.isEmpty() && folded.charAt(folded.length() - 1) == ' ';
                if (c != '\u00ad' && !repeatsSpace) {
                    positions[folded.length()] = i;
                    folded.append(isSpace ? ' ' : plain(c));
                }
            }
            return new Folded(folded.toString(), positions);
        }

        private static char plain(char c) {
            return switch (c) {
                case '\u2018', '\u2019', '\u201a', '\u201b' -> '\'';
                case '\u201c', '\u201d', '\u201e', '\u201f', '\u00ab', '\u00bb' -> '"';
                case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> '-';
                default -> c;
            };
        }

        String text() {
            return text;
        }

        int position(int folded) {
            return positions[folded];
        }
    }
}
