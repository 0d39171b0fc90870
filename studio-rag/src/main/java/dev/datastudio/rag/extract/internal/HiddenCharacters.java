package dev.datastudio.rag.extract.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts characters that are not seen but change how a text reads: those of no width, those that turn the direction
 * around (Boucher and Anderson, <i>Trojan Source</i>, 2021), and the tag characters that spell out text of their own.
 * Joiners and direction marks are left out, as many scripts need them.
 */
final class HiddenCharacters {
    private long zeroWidth;
    private long direction;
    private long tags;

    void count(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '\u200b') {
                countHigh(text, i, c);
            }
        }
    }

    private void countHigh(String text, int i, char c) {
        if (c == '\u200b' || (c >= '\u2060' && c <= '\u2064') || c == '\ufeff') {
            zeroWidth++;
        } else if ((c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069')) {
            direction++;
        } else if (c == '\udb40' && i + 1 < text.length() && text.charAt(i + 1) <= '\udc7f') {
            tags++;
        }
    }

    /** What was found, as a sentence without its full stop; empty when nothing was. */
    Optional<String> finding() {
        List<String> kinds = new ArrayList<>();
        add(kinds, zeroWidth, "of no width");
        add(kinds, direction, "that turn the direction around");
        add(kinds, tags, "that are invisible tags");
        return kinds.isEmpty()
                ? Optional.empty()
                : Optional.of("The text has characters that can't be seen: " + String.join(", ", kinds));
    }

    private static void add(List<String> kinds, long count, String what) {
        if (count > 0) {
            kinds.add(count + " " + what);
        }
    }
}
