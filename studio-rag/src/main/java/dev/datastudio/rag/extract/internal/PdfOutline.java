package dev.datastudio.rag.extract.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/** The bookmarks of a PDF: which titles stand on which page. Immutable once read. */
final class PdfOutline {
    private static final int MAX_ITEMS = 20_000;
    private static final int MAX_LEVEL = 9;

    private final Map<COSDictionary, Integer> pages;
    private final Map<String, Integer> levels = new HashMap<>();
    private final Set<COSDictionary> seen = new HashSet<>();

    private PdfOutline(Map<COSDictionary, Integer> pages) {
        this.pages = pages;
    }

    /** @param pages the number of each page, by its dictionary */
    static PdfOutline of(PDDocument document, Map<COSDictionary, Integer> pages) {
        PdfOutline outline = new PdfOutline(pages);
        PDOutlineNode root = document.getDocumentCatalog().getDocumentOutline();
        if (root != null) {
            outline.add(document, root, 1);
        }
        return outline;
    }

    private void add(PDDocument document, PDOutlineNode parent, int level) {
        PDOutlineItem item = parent.getFirstChild();
        while (item != null && seen.size() < MAX_ITEMS && seen.add(item.getCOSObject())) {
            Integer page = page(document, item);
            if (page != null && item.getTitle() != null) {
                levels.putIfAbsent(key(page, item.getTitle()), level);
            }
            if (level < MAX_LEVEL) {
                add(document, item, level + 1);
            }
            item = item.getNextSibling();
        }
    }

    @SuppressWarnings("NullAway") // findDestinationPage gives null for a bookmark that points nowhere
    private Integer page(PDDocument document, PDOutlineItem item) {
        try {
            PDPage page = item.findDestinationPage(document);
            return page == null ? null : pages.get(page.getCOSObject());
        } catch (IOException | RuntimeException e) {
            return null; // a bookmark that points nowhere is only a missing hint
        }
    }

    /** The level of the bookmark for a line of a page; 0 when there is none. */
    int level(int page, String line) {
        if (levels.isEmpty()) {
            return 0;
        }
        Integer level = levels.get(key(page, line));
        return level == null ? 0 : level;
    }

    /** Bookmarks are written without the numbers and spaces of the line they point to. */
    private static String key(int page, String title) {
        String letters = title.toLowerCase(Locale.ROOT)
                .replaceFirst("^\\s*(chapter|kapitel|section)?\\s*[\\d.]+\\s+", "")
                .replaceAll("[^\\p{L}\\p{N}]", "");
        return page + " " + (letters.isEmpty() ? title : letters);
    }
}
