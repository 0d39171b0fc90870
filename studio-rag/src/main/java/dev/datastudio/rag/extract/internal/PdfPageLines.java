package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.ExtractionStatus;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Takes the lines out of a page, with the size and weight of their letters. Not thread-safe. */
final class PdfPageLines extends PDFTextStripper {
    private static final Pattern BOLD = Pattern.compile("bold|black|heavy|demi|cmbx|ecbx|sfbx|cmssbx|-bd\\b|,bd");
    /** The dots between an entry of a table of contents and its page. */
    private static final Pattern LEADERS = Pattern.compile("\\s*(?:[.·…]\\s?){5,}\\s*");

    /** Justified text has gaps of up to a letter's size. */
    private static final float GAP = 1.8f;
    /** More than this on one page is no page for a reader. */
    private static final int MAX_GLYPHS = 2_000_000;

    private final BlockWriter writer;
    private final List<PdfLine> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private final Map<Float, Integer> sizes = new HashMap<>();
    private final Map<PDFont, Boolean> boldFonts = new HashMap<>();
    private int boldGlyphs;
    private int lineGlyphs;
    private float lineX;
    private float lineY;
    private float wordEnd;
    private boolean hasGaps;
    private int pageGlyphs;
    private boolean startsParagraph = true;

    PdfPageLines(PDDocument document, BlockWriter writer) throws IOException {
        this.document = document;
        this.output = Writer.nullWriter();
        this.writer = writer;
        setStartPage(0); // pages are given one by one, and the stripper counts them from its own number
        setSuppressDuplicateOverlappingText(true);
    }

    List<PdfLine> read(PDPage page) throws IOException {
        lines.clear();
        boldFonts.clear();
        clearLine();
        pageGlyphs = 0;
        if (page.hasContents()) {
            processPage(page);
            endLine();
        }
        return List.copyOf(lines);
    }

    /** What was read of a page that turned out broken. */
    List<PdfLine> soFar() {
        endLine();
        return List.copyOf(lines);
    }

    @Override
    protected void processTextPosition(TextPosition text) {
        pageGlyphs++;
        if (pageGlyphs % 4096 == 0) {
            writer.throwIfHalted();
        }
        if (pageGlyphs > MAX_GLYPHS) {
            throw new ExtractionStop(
                    ExtractionStatus.TOO_LARGE,
                    "has a page of more than " + MAX_GLYPHS + " letters",
                    "Check where it comes from: ordinary documents don't do that");
        }
        super.processTextPosition(text);
    }

    @Override
    protected void writeString(String text, List<TextPosition> positions) {
        if (line.isEmpty() && !positions.isEmpty()) {
            lineY = positions.get(0).getYDirAdj();
            lineX = positions.get(0).getXDirAdj();
        } else if (!positions.isEmpty()) {
            TextPosition first = positions.get(0);
            hasGaps |= first.getXDirAdj() - wordEnd > GAP * Math.abs(first.getFontSizeInPt());
        }
        if (!positions.isEmpty()) {
            TextPosition last = positions.get(positions.size() - 1);
            wordEnd = last.getXDirAdj() + last.getWidthDirAdj();
        }
        line.append(text);
        for (TextPosition position : positions) {
            lineGlyphs++;
            sizes.merge(Math.round(Math.abs(position.getFontSizeInPt()) * 2) / 2f, 1, Integer::sum);
            boldGlyphs += boldFonts.computeIfAbsent(position.getFont(), PdfPageLines::isBold) ? 1 : 0;
        }
    }

    private static boolean isBold(PDFont font) {
        String name = font.getName();
        return name != null && BOLD.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    @Override
    protected void writeWordSeparator() {
        line.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void writeParagraphStart() {
        endLine();
        startsParagraph = true;
    }

    @Override
    protected void writeParagraphEnd() {
        endLine();
        startsParagraph = true;
    }

    private void endLine() {
        String text = line.toString().strip();
        if (!text.isEmpty()) {
            Matcher leaders = LEADERS.matcher(text);
            if (leaders.find()) {
                text = leaders.replaceAll(" … ");
                hasGaps = true;
            }
            float size = sizes.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse(0f);
            lines.add(new PdfLine(
                    text, size, boldGlyphs * 2 > lineGlyphs, startsParagraph, hasGaps, lineX, wordEnd, lineY));
            startsParagraph = false;
        }
        clearLine();
    }

    private void clearLine() {
        line.setLength(0);
        sizes.clear();
        boldGlyphs = 0;
        lineGlyphs = 0;
        hasGaps = false;
    }
}
