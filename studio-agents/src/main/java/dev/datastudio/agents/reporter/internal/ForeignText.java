package dev.datastudio.agents.reporter.internal;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.datastudio.core.text.internal.OutsideText;

/** Text that somebody else wrote, as it may stand before a model or a person: on one line, of limited length. */
final class ForeignText {
    private static final int LETTERS_OF_A_TOKEN = 6;
    private static final int DIGITS_OF_A_TOKEN = 3;

    private ForeignText() {}

    /** One line without control characters, nor characters that turn the direction of writing. */
    static String line(String text, int longest) {
        String plain = OutsideText.untemplated(
                text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip());
        return plain.length() <= longest ? plain : plain.substring(0, longest - 1) + "…";
    }

    /** Several lines without other control characters. */
    static String lines(String text, int longest) {
        String plain = OutsideText.untemplated(text.replaceAll("\\R", "\n")
                .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\t]]+", " ")
                .strip());
        return plain.length() <= longest ? plain : plain.substring(0, longest - 1) + "…";
    }

    /** A JSON text, which can't pretend to be over. */
    static String quoted(String text, int longest) {
        return TextNode.valueOf(lines(text, longest)).toString();
    }

    /**
     * An estimate of the tokens of a text, rather too high: pieces of words, groups of digits, and each other character
     * but spaces.
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
