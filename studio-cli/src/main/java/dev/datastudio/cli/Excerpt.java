package dev.datastudio.cli;

import dev.datastudio.rag.answer.Evidence;
import java.util.ArrayList;
import java.util.List;

/** The part of a passage that a person looks at first: where most words of the question stand. */
final class Excerpt {
    private static final int LENGTH = 480;
    private static final int WIDTH = 100;
    private static final int SHORT = 160;

    private Excerpt() {}

    /** Some lines of the passage, its highlights made to stand out. */
    static String of(Evidence evidence, Terminal.Style style) {
        String text = evidence.passage().text();
        int from = begin(text, evidence.highlights());
        int to = end(text, from);
        StringBuilder marked = new StringBuilder(from > 0 ? "... " : "");
        int at = from;
        for (Evidence.Highlight mark : evidence.highlights()) {
            if (mark.from() >= from && mark.to() <= to) {
                marked.append(oneLine(text.substring(at, mark.from())))
                        .append(style.strong(oneLine(text.substring(mark.from(), mark.to()))));
                at = mark.to();
            }
        }
        marked.append(oneLine(text.substring(at, to))).append(to < text.length() ? " ..." : "");
        return wrapped(marked.toString().strip());
    }

    /** The word at which the stretch with the most highlights begins, with a little of what stands before. */
    private static int begin(String text, List<Evidence.Highlight> marks) {
        if (text.length() <= LENGTH || marks.isEmpty()) {
            return 0;
        }
        int best = 0;
        int most = -1;
        for (Evidence.Highlight first : marks) {
            int end = first.from() + LENGTH * 3 / 4;
            int held = (int) marks.stream()
                    .filter(mark -> mark.from() >= first.from() && mark.to() <= end)
                    .count();
            if (held > most) {
                most = held;
                best = first.from();
            }
        }
        int from = Math.max(0, Math.min(best - LENGTH / 4, text.length() - LENGTH));
        while (from > 0 && from < best && !Character.isWhitespace(text.charAt(from - 1))) {
            from++;
        }
        return from;
    }

    private static int end(String text, int from) {
        if (text.length() - from <= LENGTH) {
            return text.length();
        }
        int to = from + LENGTH;
        while (to > from + LENGTH / 2 && !Character.isWhitespace(text.charAt(to))) {
            to--;
        }
        return to;
    }

    /** The text without line ends and without what moves the cursor of a terminal. */
    static String oneLine(String text) {
        return JobText.printable(text).replaceAll("\\s+", " ");
    }

    /** The beginning of a text. */
    static String cut(String text) {
        return text.length() <= SHORT ? text : text.substring(0, SHORT).strip() + " ...";
    }

    /** Lines of at most a hundred letters, broken between words; what makes letters bold takes no room. */
    static String wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int width = 0;
        for (String word : text.split(" ", -1)) {
            int length = word.replaceAll("\u001b\\[\\d*m", "").length();
            if (width > 0 && width + 1 + length > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                width = 0;
            }
            line.append(width == 0 ? "" : " ").append(word);
            width += length + (width == 0 ? 0 : 1);
        }
        lines.add(line.toString());
        return String.join("\n", lines);
    }
}
