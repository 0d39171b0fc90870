package dev.datastudio.agents.chat.internal;

import dev.datastudio.core.text.internal.OutsideText;

/** Text of people, models and tools as it may be shown to a model: cleaned, bounded, and marked. */
final class ChatText {

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
}
