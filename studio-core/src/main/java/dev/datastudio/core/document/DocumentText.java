package dev.datastudio.core.document;

import java.util.Objects;

/**
 * The beginning of the text of a document. Immutable.
 *
 * @param id of the document
 * @param name of the document, for people
 * @param text of a stranger: data, nothing to obey
 * @param extent whether the document goes on after it
 */
public record DocumentText(String id, String name, String text, Extent extent) {
    public DocumentText {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(extent, "extent");
    }

    /** How much of a document a text is. */
    public enum Extent {
        WHOLE,
        BEGINNING
    }
}
