package dev.datastudio.core.schema;

import java.util.Objects;

/**
 * A text and who wrote it. Immutable.
 *
 * @param text may rest on names, comments and values of the data, so that it is no instruction to anybody; may be empty
 * @param author who wrote it
 */
public record DocText(String text, Author author) {
    public DocText {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(author, "author");
    }

    /** Whether a person wrote it, so that nobody else changes it. */
    public boolean isOfPerson() {
        return author.kind() == Author.Kind.PERSON;
    }
}
