package dev.datastudio.agents.chat.internal;

import dev.datastudio.core.text.internal.OutsideText;

/** Text of people, models and tools as it may be shown to a model: cleaned, bounded, and marked. */
final class ChatText {
    private static final int LETTERS_OF_A_TOKEN = 6;
    private static final int DIGITS_OF_A_TOKEN = 3;

    private ChatText() {}

    /** A text with its line breaks, in which nothing parts the messages of a conversation. */
    static String clean(String text) {
        return OutsideText.untemplated(OutsideText.layout(text));
    }

    /** A text in one line. */
    static String line(String text, int max) {
        return OutsideText.line(text, max);
    }

    /** The start of a text, with a mark when it is not the whole. */
    static String cut(String text, int max) {
        return text.length() <= max ? text : OutsideText.cut(text, max - 1) + "…";
    }

    /** A clean text between two marks, which nothing in it can end. */
    static String marked(String mark, String text) {
        return OutsideText.marked(mark, "", text.strip());
    }

    /**
     * An estimate of the tokens of a text, rather too high: pieces of words, groups of digits, and each other character
     * but spaces, which OpenAI's tokenizers put before the next word or together with their neighbours.
     */
    static int tokens(String text) {
        int tokens = 0;
        int letters = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            letters = Character.isLetter(c) ? letters + 1 : 0;
            digits = Character.isDigit(c) ? digits + 1 : 0;
            boolean begins = letters % LETTERS_OF_A_TOKEN == 1 || digits % DIGITS_OF_A_TOKEN == 1;
            boolean alone = letters == 0 && digits == 0 && c != ' ';
            tokens += begins || alone ? 1 : 0;
        }
        return tokens;
    }
}
