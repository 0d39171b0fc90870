package dev.datastudio.rag.extract;

import java.util.Objects;

/**
 * What a document says of itself, and what was found out. Immutable.
 *
 * @param contentType what the file is by its content, such as {@code application/pdf}
 * @param title as the document gives it; empty when it has none
 * @param author as the document gives it; empty when it has none
 * @param language BCP 47 primary tag of most of its text, such as {@code de}; {@code und} when unsure
 * @param pageKind what {@link Block#page()} counts
 * @param pageCount how many there are; 0 for {@link PageKind#NONE} or when it is not known
 */
public record DocumentMetadata(
        String contentType, String title, String author, String language, PageKind pageKind, int pageCount) {
    /** The language of a text that nothing is known of. */
    public static final String UNDETERMINED = "und";

    /** The longest title or author, in characters. */
    public static final int MAX_LENGTH = 500;

    /** @throws IllegalArgumentException if the number of pages is negative or a text too long */
    public DocumentMetadata {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(pageKind, "pageKind");
        requireShort("title", title);
        requireShort("author", author);
        if (pageCount < 0) {
            throw new IllegalArgumentException("pageCount must be at least 0, was " + pageCount);
        }
    }

    private static void requireShort(String name, String value) {
        if (Objects.requireNonNull(value, name).length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    name + " must have at most " + MAX_LENGTH + " characters, had " + value.length());
        }
    }

    /** What the pages of a format are. */
    public enum PageKind {
        /** Pages of paper. */
        PAGE,
        /** Slides of a presentation. */
        SLIDE,
        /** Sheets of a workbook. */
        SHEET,
        /** The format has none: the text flows. */
        NONE
    }
}
