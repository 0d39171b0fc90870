package dev.datastudio.agents.reporter.internal;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.datastudio.core.text.internal.OutsideText;

/** Text that somebody else wrote, as it may stand before a model or a person: on one line, of limited length. */
final class ForeignText {

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
}
