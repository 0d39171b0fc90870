package dev.datastudio.api.dataset;

import java.util.Objects;

/**
 * Where a version of a data set came from. Immutable. It is shown to people and kept with the data, so it never holds
 * a password, a key or a signed address.
 *
 * @param kind one of the constants here, or a word of a plug-in: lower-case letters, digits and '-', at most 40
 * @param detail what exactly, as the kind says; at most {@value #MAX_DETAIL} characters; may be empty
 */
public record Origin(String kind, String detail) {
    /** A file of this machine; the detail is its name without folders. */
    public static final String FILE = "file";
    /** Rows given by a program. */
    public static final String ROWS = "rows";
    /** A file fetched from the web; the detail is its address without query and user. */
    public static final String URL = "url";
    /** A file of a Kaggle data set; the detail is {@code OWNER/NAME/FILE}. */
    public static final String KAGGLE = "kaggle";
    /** A table or query of a database; the detail is JSON with the source and what was read of it. */
    public static final String DATABASE = "database";
    /** Another version after cleaning; the detail is JSON with that version and the steps. */
    public static final String CLEANED = "cleaned";
    /** It is not known. */
    public static final Origin UNKNOWN = new Origin("unknown", "");

    /** How long a detail may be. */
    public static final int MAX_DETAIL = 1_000_000;

    /** @throws IllegalArgumentException if the kind is no such word or the detail too long */
    public Origin {
        Objects.requireNonNull(detail, "detail");
        if (!kind.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    "kind must be 1..40 lower-case letters, digits and '-', was '" + kind + "'");
        }
        if (detail.length() > MAX_DETAIL) {
            throw new IllegalArgumentException(
                    "detail must have at most " + MAX_DETAIL + " characters, had " + detail.length());
        }
    }

    /** A kind and what exactly. */
    public static Origin of(String kind, String detail) {
        return new Origin(kind, detail);
    }
}
