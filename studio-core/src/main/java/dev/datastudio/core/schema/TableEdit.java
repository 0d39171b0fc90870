package dev.datastudio.core.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person says about a table in place of what is written there. A blank text takes the person's words back, so
 * that the next load writes it again. Immutable.
 */
public final class TableEdit {
    /** How many characters one text may have. */
    public static final int MAX_TEXT = 4_000;

    private final Optional<String> technical;
    private final Optional<String> business;
    private final Map<String, String> columns;

    private TableEdit(Optional<String> technical, Optional<String> business, Map<String, String> columns) {
        this.technical = technical;
        this.business = business;
        this.columns = columns;
    }

    /** Changes nothing yet. */
    public static TableEdit none() {
        return new TableEdit(Optional.empty(), Optional.empty(), Map.of());
    }

    /** Also says how the table is built. */
    public TableEdit technical(String text) {
        return new TableEdit(Optional.of(checked(text)), business, columns);
    }

    /** Also says what the table's rows stand for. */
    public TableEdit business(String text) {
        return new TableEdit(technical, Optional.of(checked(text)), columns);
    }

    /** Also says what a column holds. */
    public TableEdit column(String column, String text) {
        Map<String, String> more = new LinkedHashMap<>(columns);
        more.put(Objects.requireNonNull(column, "column"), checked(text));
        return new TableEdit(technical, business, Map.copyOf(more));
    }

    private static String checked(String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "text must have at most " + MAX_TEXT + " characters, had " + text.length());
        }
        return text.strip();
    }

    /** The technical text, if it is changed. */
    public Optional<String> technical() {
        return technical;
    }

    /** The business text, if it is changed. */
    public Optional<String> business() {
        return business;
    }

    /** The lines of the columns that are changed. */
    public Map<String, String> columns() {
        return columns;
    }
}
