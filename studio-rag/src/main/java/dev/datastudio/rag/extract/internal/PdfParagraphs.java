package dev.datastudio.rag.extract.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Takes back breaks between paragraphs that are none: PDFBox takes every line of a text with wide spacing for a paragraph
 * of its own. A line goes on with the one above when that one fills its column, both stand equally far left, and the gap
 * between them is the usual one of the page.
 */
final class PdfParagraphs {
    private static final float SAME_GAP = 1.15f;
    /** From here on, in sizes of the letters, PDFBox takes lines for paragraphs. */
    private static final float WIDE = 1.4f;

    private static final Pattern NUMBERED_ITEM = Pattern.compile("\\(?(\\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\\s.*");
    /** A line that ends within this part of the column's right edge is full: the next word did not fit. */
    private static final float FULL = 0.15f;

    private PdfParagraphs() {}

    static List<PdfLine> rejoin(List<PdfLine> lines) {
        float usual = usualGap(lines);
        Map<Integer, Float> edges = rightEdges(lines);
        List<PdfLine> joined = new ArrayList<>(lines);
        for (int i = 1; i < lines.size(); i++) {
            PdfLine above = lines.get(i - 1);
            PdfLine line = lines.get(i);
            if (line.startsParagraph()
                    && usual >= WIDE * line.size()
                    && goesOn(above, line, usual, edges.getOrDefault(column(above), above.end()))) {
                joined.set(i, line.asContinuation());
            }
        }
        return joined;
    }

    private static boolean goesOn(PdfLine above, PdfLine line, float usual, float edge) {
        float gap = line.y() - above.y();
        boolean likeAbove = line.size() == above.size() && line.bold() == above.bold();
        boolean aligned = Math.abs(line.x() - above.x()) < line.size() / 2;
        boolean full = above.end() >= edge - FULL * (edge - above.x());
        return likeAbove && aligned && full && gap > 0 && gap <= usual * SAME_GAP && !isItem(line) && !line.hasGaps();
    }

    private static boolean isItem(PdfLine line) {
        return line.isBullet() || NUMBERED_ITEM.matcher(line.text()).matches();
    }

    /** The gap that most lines have to the one above, in half points. */
    private static float usualGap(List<PdfLine> lines) {
        Map<Integer, Integer> gaps = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            float gap = lines.get(i).y() - lines.get(i - 1).y();
            if (gap > 0 && lines.get(i).size() == lines.get(i - 1).size()) {
                gaps.merge(Math.round(gap * 2), 1, Integer::sum);
            }
        }
        return gaps.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(gap -> gap.getKey() / 2f)
                .orElse(0f);
    }

    private static Map<Integer, Float> rightEdges(List<PdfLine> lines) {
        Map<Integer, Float> edges = new HashMap<>();
        for (PdfLine line : lines) {
            edges.merge(column(line), line.end(), Math::max);
        }
        return edges;
    }

    private static int column(PdfLine line) {
        return Math.round(line.x() / 10);
    }
}
