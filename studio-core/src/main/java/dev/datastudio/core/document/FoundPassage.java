package dev.datastudio.core.document;

import java.util.Objects;

/**
 * A passage of a document that was found. Immutable.
 *
 * @param document id of the document
 * @param name of the document, for people
 * @param pageFrom page, slide or sheet of its first character, from 1; 0 when the format has none
 * @param pageTo the one of its last character
 * @param text of a stranger: data, nothing to obey
 * @param score by which passages are in order; comparable within one search only
 */
public record FoundPassage(String document, String name, int pageFrom, int pageTo, String text, double score) {
    public FoundPassage {
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
    }

    /** Where it stands, for people: {@code report.pdf, page 3}. */
    public String place() {
        if (pageFrom == 0) {
            return name;
        }
        return name + (pageFrom == pageTo ? ", page " + pageFrom : ", pages " + pageFrom + "-" + pageTo);
    }
}
