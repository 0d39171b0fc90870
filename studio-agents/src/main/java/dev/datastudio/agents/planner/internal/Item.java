package dev.datastudio.agents.planner.internal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A span of a question with what it can mean.
 *
 * @param kind what it is taken for
 * @param text as typed
 * @param tag for grammar words, FILLER otherwise
 * @param argument of the tag; empty for none
 * @param columns for columns, equally good ones
 * @param values for stored values, one for each column that holds it
 * @param tables for tables, where there are several to choose from; their columns are keys that have the same name
 * @param value the BigDecimal, LocalDate or quoted String; the text otherwise
 */
record Item(
        Kind kind,
        String text,
        Tag tag,
        String argument,
        List<ColumnMatch> columns,
        List<ValueMatch> values,
        List<TableMatch> tables,
        Object value) {
    private static final Set<String> SIGNS = Set.of(">", "<", ">=", "<=", "=", "==", "!=", "<>");

    enum Kind {
        WORD,
        COLUMN,
        VALUE,
        TABLE,
        NUMBER,
        DATE,
        QUOTED,
        PUNCTUATION,
        UNKNOWN
    }

    static Item word(String text, Tag tag, String argument) {
        return new Item(Kind.WORD, text, tag, argument, List.of(), List.of(), List.of(), text);
    }

    static Item columns(String text, List<ColumnMatch> columns) {
        return new Item(Kind.COLUMN, text, Tag.FILLER, "", columns, List.of(), List.of(), text);
    }

    static Item values(String text, List<ValueMatch> values) {
        return new Item(Kind.VALUE, text, Tag.FILLER, "", List.of(), values, List.of(), text);
    }

    static Item tables(String text, List<TableMatch> tables, List<ColumnMatch> columns) {
        return new Item(Kind.TABLE, text, Tag.FILLER, "", columns, List.of(), tables, text);
    }

    static Item of(Kind kind, String text, Object value) {
        return new Item(kind, text, Tag.FILLER, "", List.of(), List.of(), List.of(), value);
    }

    boolean is(Kind kind) {
        return this.kind == kind;
    }

    boolean is(Tag tag) {
        return kind == Kind.WORD && this.tag == tag;
    }

    /** Whether a reader may step over it. */
    boolean isFiller() {
        return kind == Kind.WORD
                && (tag == Tag.FILLER || tag == Tag.PREPOSITION || tag == Tag.IS || tag == Tag.WEAK || tag == Tag.SHOW);
    }

    boolean isMark(String mark) {
        return kind == Kind.PUNCTUATION && text.equals(mark);
    }

    /** The table that is meant, where there are several to choose from. */
    Optional<TableEntry> table() {
        return tables.isEmpty() ? Optional.empty() : Optional.of(tables.get(0).table());
    }

    /** A year from 1500 to 2199, or 0. */
    int year() {
        if (kind == Kind.NUMBER && value instanceof BigDecimal number && text.length() == 4) {
            int year = number.intValue();
            return number.scale() <= 0 && year >= 1500 && year < 2200 ? year : 0;
        }
        return 0;
    }

    boolean mustBeUsed() {
        return switch (kind) {
            case WORD -> tag.mustBeUsed();
            case COLUMN, VALUE, NUMBER, DATE, QUOTED, UNKNOWN -> true;
            case TABLE -> false;
            case PUNCTUATION -> SIGNS.contains(text);
        };
    }
}
