package dev.datastudio.core.query.jdbc.internal;

import java.util.Locale;

/**
 * The smallest part of a statement that has a meaning. Immutable.
 *
 * @param text a word, number or symbol as written; the value of a text or of a name in quotes, without its quotes
 */
record Token(Kind kind, String text) {
    enum Kind {
        /** A key word or a name without quotes, in ASCII. */
        WORD,
        /** A name in quotes. */
        NAME,
        /** A text. */
        TEXT,
        NUMBER,
        /** A question mark that a value is bound to. */
        PARAMETER,
        SYMBOL
    }

    boolean is(String symbolOrWord) {
        return (kind == Kind.SYMBOL || kind == Kind.WORD) && text.equalsIgnoreCase(symbolOrWord);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.NAME;
    }

    String folded() {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether both mean the same: words without regard to case, everything else exactly. */
    boolean means(Token other) {
        boolean folds = kind == Kind.WORD || kind == Kind.NUMBER;
        return kind == other.kind && (folds ? text.equalsIgnoreCase(other.text) : text.equals(other.text));
    }
}
