package dev.datastudio.agents.agent.internal;

import dev.datastudio.core.text.internal.OutsideText;

/**
 * Text of people, files and tools, as a model may see it: without control characters and without what can't be seen
 * (zero-width, text direction, tags, fillers, private use), and of bounded length.
 */
final class AgentText {
    private AgentText() {}

    /** A text with its line breaks and its alignment, in which nothing parts the messages of a conversation. */
    static String lines(String text) {
        return OutsideText.untemplated(OutsideText.layout(text));
    }

    /** A text in one line of at most so many characters. */
    static String line(String text, int max) {
        return OutsideText.line(text, max);
    }

    /** A text that can't end the marks around what a question is about. */
    static String unmarked(String text) {
        return OutsideText.quoted(text);
    }

    /** The start of a text, not ending between the two halves of one character. */
    static String cut(String text, int max) {
        return OutsideText.cut(text, max);
    }
}
