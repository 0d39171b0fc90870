package dev.datastudio.rag.extract.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a page.
 *
 * @param size of most of its characters, in points
 * @param bold whether most of its characters are
 * @param startsParagraph whether its place says that it begins a paragraph
 * @param hasGaps whether its words stand far apart, as in the columns of a table
 * @param x where it begins, in points from the left
 * @param end where it ends
 * @param y from the top of the page, in points
 */
record PdfLine(
        String text, float size, boolean bold, boolean startsParagraph, boolean hasGaps, float x, float end, float y) {
    private static final Pattern EDGE_NUMBER = Pattern.compile("(\\d{1,4})\\s.*|.*\\s(\\d{1,4})");
    private static final Pattern BULLET = Pattern.compile("[•▪‣◦●■◾∙➢❖]\\s*(\\S.*)?");
    private static final Pattern PAGE_NUMBER = Pattern.compile(
            "[-–—\\s]*(\\d{1,4}|[ivxl]{1,7})[-–—\\s]*|(?i:page|seite)\\s+\\d{1,4}(\\s*(/|of|von)\\s*\\d{1,4})?");

    boolean isBullet() {
        return BULLET.matcher(text).matches();
    }

    boolean isPageNumber() {
        return PAGE_NUMBER.matcher(text.strip()).matches();
    }

    /** The text without what changes from page to page. */
    String withoutNumbers() {
        return text.replaceAll("\\d+", "#").replaceAll("\\s+", " ").strip();
    }

    PdfLine asStart() {
        return new PdfLine(text, size, bold, true, hasGaps, x, end, y);
    }

    PdfLine asContinuation() {
        return new PdfLine(text, size, bold, false, hasGaps, x, end, y);
    }

    /** The number at its beginning or end; -1 when there is none. */
    int edgeNumber() {
        Matcher number = EDGE_NUMBER.matcher(text);
        if (!number.matches()) {
            return -1;
        }
        return Integer.parseInt(number.group(1) == null ? number.group(2) : number.group(1));
    }
}
