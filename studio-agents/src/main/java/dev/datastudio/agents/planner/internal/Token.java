package dev.datastudio.agents.planner.internal;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A piece of a question.
 *
 * @param kind what it is
 * @param text lower case, normalised
 * @param raw as typed
 * @param value a BigDecimal for numbers, a LocalDate for dates, the text otherwise
 */
record Token(Kind kind, String text, String raw, Object value) {
    enum Kind {
        WORD,
        NUMBER,
        DATE,
        QUOTED,
        PUNCTUATION
    }

    static Token word(String text, String raw) {
        return new Token(Kind.WORD, text, raw, text);
    }

    static Token number(BigDecimal value, String raw) {
        return new Token(Kind.NUMBER, raw, raw, value);
    }

    static Token date(LocalDate value, String raw) {
        return new Token(Kind.DATE, raw, raw, value);
    }

    static Token quoted(String content) {
        return new Token(Kind.QUOTED, Tokenizer.normalise(content), content, content);
    }

    static Token punctuation(String mark) {
        return new Token(Kind.PUNCTUATION, mark, mark, mark);
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }
}
