package dev.datastudio.rag.extract.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the lines of pages together to headings and paragraphs. A PDF does not say what is a heading; bookmarks that point
 * at a page do, and so does the size of letters against that of most of the text so far. Not thread-safe.
 */
final class PdfBlocks {
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,2}(?:\\.\\d{1,2}){0,4})\\.?\\s+\\p{Lu}.*");
    private static final Pattern SENTENCE_END = Pattern.compile(".*[.!?:;。！？…][\"'”’»)\\]]*");
    private static final int MAX_HEADING = 200;
    private static final int MAX_HEADING_LINES = 3;
    /** Pages a repeated line at the edge is remembered for; left and right pages often differ. */
    private static final int REMEMBERED_PAGES = 4;

    private final BlockWriter writer;
    private final PdfOutline outline;
    private final Map<Float, Long> sizes = new HashMap<>();
    private final Map<String, Integer> edges = new HashMap<>();
    private boolean openEnded;

    PdfBlocks(BlockWriter writer, PdfOutline outline) {
        this.writer = writer;
        this.outline = outline;
    }

    void page(int number, List<PdfLine> all) {
        writer.page(number);
        List<PdfLine> lines = PdfParagraphs.rejoin(withoutRunningLines(number, all));
        lines.forEach(line -> sizes.merge(line.size(), (long) line.text().length(), Long::sum));
        float body = sizes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0f);
        boolean first = true;
        for (int from = 0; from < lines.size(); ) {
            int level = headingLevel(number, lines, from, body);
            int to = level > 0 ? headingEnd(lines, from) : paragraphEnd(number, lines, from, body);
            String text = join(lines.subList(from, to));
            if (level > 0) {
                heading(number, level, text);
            } else {
                paragraph(lines.get(from), text, first);
            }
            first = false;
            from = to;
        }
    }

    private void heading(int page, int level, String text) {
        if (page == 1 && level == 1) {
            writer.facts().title(text);
        }
        writer.heading(level, text);
        openEnded = false;
    }

    /** The first paragraph of a page may go on with the last of the page before. */
    private void paragraph(PdfLine start, String text, boolean first) {
        boolean goesOn = first && openEnded && Character.isLowerCase(text.codePointAt(0));
        if (goesOn) {
            writer.continuation(" " + text);
        } else if (start.isBullet()) {
            writer.listItem(1, text);
        } else {
            writer.paragraph(text);
        }
        openEnded = !SENTENCE_END.matcher(text).matches() && !start.isBullet();
    }

    /** Page numbers, and running titles that stood there on a page before, are not text. */
    private List<PdfLine> withoutRunningLines(int page, List<PdfLine> all) {
        List<PdfLine> lines = new ArrayList<>(all);
        if (lines.size() < 2) {
            return lines;
        }
        PdfLine top = lines.stream().min((a, b) -> Float.compare(a.y(), b.y())).orElseThrow();
        PdfLine bottom =
                lines.stream().max((a, b) -> Float.compare(a.y(), b.y())).orElseThrow();
        removeRunning(page, "top ", top, lines);
        if (!bottom.equals(top)) {
            removeRunning(page, "bottom ", bottom, lines);
        }
        return lines;
    }

    private void removeRunning(int page, String edge, PdfLine line, List<PdfLine> lines) {
        String key = edge + line.withoutNumbers();
        Integer before = line.text().length() > MAX_HEADING ? null : edges.put(key, page);
        boolean repeated = before != null && page - before <= REMEMBERED_PAGES;
        if (repeated || line.isPageNumber() || countsPages(page, line)) {
            int at = lines.indexOf(line);
            lines.remove(at);
            if (at < lines.size() && line.startsParagraph()) {
                lines.set(at, lines.get(at).asStart());
            }
        }
    }

    /** Whether its number has the same distance to the number of the page as one on a page before. */
    private boolean countsPages(int page, PdfLine line) {
        int number = line.text().length() > MAX_HEADING ? -1 : line.edgeNumber();
        Integer before = number < 0 ? null : edges.put("distance " + (page - number), page);
        return before != null && before < page && page - before <= REMEMBERED_PAGES;
    }

    /** The level when a heading begins here, else 0. */
    private int headingLevel(int page, List<PdfLine> lines, int from, float body) {
        PdfLine line = lines.get(from);
        String text = join(lines.subList(from, headingEnd(lines, from)));
        if (text.length() > MAX_HEADING || text.codePoints().noneMatch(Character::isLetter)) {
            return 0;
        }
        int marked = Math.max(outline.level(page, text), outline.level(page, line.text()));
        if (marked > 0) {
            return marked;
        }
        boolean alone = headingEnd(lines, from) - from <= MAX_HEADING_LINES;
        float ratio = body > 0 ? line.size() / body : 1;
        if (alone && ratio >= 1.12 && text.length() > 2) {
            return ratio >= 1.6 ? 1 : ratio >= 1.35 ? 2 : 3;
        }
        Matcher number = NUMBERED.matcher(text);
        boolean ends = SENTENCE_END.matcher(text).matches();
        boolean startsSo = line.bold() && line.startsParagraph() && !line.hasGaps() && alone && !ends;
        if (startsSo && number.matches()) {
            return Math.min(6, number.group(1).split("\\.").length);
        }
        return startsSo && text.length() > 2 && text.length() <= 80 ? 4 : 0;
    }

    /** A heading goes on with lines of the same letters. */
    private static int headingEnd(List<PdfLine> lines, int from) {
        PdfLine first = lines.get(from);
        int to = from + 1;
        while (to < lines.size()
                && lines.get(to).size() == first.size()
                && lines.get(to).bold() == first.bold()
                && isNear(lines.get(to - 1), lines.get(to))
                && !NUMBERED.matcher(lines.get(to).text()).matches()) {
            to++;
        }
        return to;
    }

    private static boolean isNear(PdfLine above, PdfLine below) {
        float gap = below.y() - above.y();
        return gap > 0 && gap < 1.6f * Math.max(above.size(), 4);
    }

    private int paragraphEnd(int page, List<PdfLine> lines, int from, float body) {
        int to = from + 1;
        while (to < lines.size()
                && !lines.get(to).startsParagraph()
                && !lines.get(to).isBullet()
                && (lines.get(to).size() == lines.get(to - 1).size() || headingLevel(page, lines, to, body) == 0)
                && outline.level(page, lines.get(to).text()) == 0) {
            to++;
        }
        return to;
    }

    /**
     * Lines become one text; a word that was parted at a line end is put together again. Lines with gaps are rows of a
     * table and stay lines.
     */
    static String join(List<PdfLine> lines) {
        StringBuilder text = new StringBuilder();
        boolean gaps = false;
        for (PdfLine line : lines) {
            String next = line.text();
            int length = text.length();
            boolean row = length > 0 && (gaps || line.hasGaps());
            gaps = line.hasGaps();
            boolean parted = length > 1
                    && (text.charAt(length - 1) == '-' || text.charAt(length - 1) == '\u00ad')
                    && Character.isLowerCase(text.charAt(length - 2))
                    && Character.isLowerCase(next.charAt(0))
                    && !isConjunction(next);
            if (row) {
                text.append('\n');
            } else if (parted) {
                text.setLength(length - 1);
            } else if (length > 0) {
                text.append(' ');
            }
            text.append(next);
        }
        return text.toString();
    }

    /** "Ein- und Ausgabe": the hyphen stands for a word that is left out. */
    private static boolean isConjunction(String next) {
        String word = next.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        return switch (word) {
            case "und", "oder", "bzw.", "and", "or", "en", "of", "et", "ou", "y", "o" -> true;
            default -> false;
        };
    }
}
