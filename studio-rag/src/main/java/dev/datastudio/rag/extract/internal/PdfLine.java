package dev.datastudio.rag.extract.internal;

import java.util.regex.Pattern;

/**
 * A line of a page.
 *
 * @param size of most of its characters, in points
 * @param bold whether most of its characters are
 * @param startsParagraph whether its place says that it begins a paragraph
 * @param y from the top of the page, in points
 */
record PdfLine(String text, float size, boolean bold, boolean startsParagraph, float y) {
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
        return new PdfLine(text, size, bold, true, y);
    }
}
