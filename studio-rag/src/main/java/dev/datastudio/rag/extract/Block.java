package dev.datastudio.rag.extract;

import java.util.List;
import java.util.Objects;

/**
 * A part of a document. Long text comes as a block and {@link Continuation}s, long tables row by row, so that no block
 * is larger than {@link #MAX_TEXT} characters ({@link #MAX_ROW} for a row). Immutable.
 */
public sealed interface Block {
    /** The longest text of one block, in characters. */
    int MAX_TEXT = 32_768;

    /** The most characters of all cells of one row. */
    int MAX_ROW = 1 << 20;

    /** The page, slide or sheet that it stands on, from 1; 0 when the format has none. */
    int page();

    /** A block of running text. */
    sealed interface Text extends Block {
        /** Its text, not empty; lines are parted by {@code \n}. */
        String text();
    }

    /**
     * The heading of what follows.
     *
     * @param level 1 for the highest, up to 9
     */
    record Heading(String text, int level, int page) implements Text {
        public Heading {
            requireText(text);
            requireRange("level", level, 1, 9);
            requirePage(page);
        }
    }

    /** A paragraph. */
    record Paragraph(String text, int page) implements Text {
        public Paragraph {
            requireText(text);
            requirePage(page);
        }
    }

    /**
     * An item of a list, with its number when the format gives one.
     *
     * @param depth 1 for an item of a list, 2 for one of a list in a list, up to 99
     */
    record ListItem(String text, int depth, int page) implements Text {
        public ListItem {
            requireText(text);
            requireRange("depth", depth, 1, 99);
            requirePage(page);
        }
    }

    /** Text whose spaces and lines count. */
    record Code(String text, int page) implements Text {
        public Code {
            requireText(text);
            requirePage(page);
        }
    }

    /** Goes on with the text of the block before it, without anything between them; may be on the next page. */
    record Continuation(String text, int page) implements Text {
        public Continuation {
            requireText(text);
            requirePage(page);
        }
    }

    /**
     * A table begins: rows follow, then a {@link TableEnd}.
     *
     * @param caption what stands above it; may be empty
     */
    record TableStart(String caption, int page) implements Block {
        public TableStart {
            if (Objects.requireNonNull(caption, "caption").length() > MAX_TEXT) {
                throw new IllegalArgumentException("caption must have at most " + MAX_TEXT + " characters");
            }
            requirePage(page);
        }
    }

    /**
     * A row of a table.
     *
     * @param cells their texts, in the order of columns; an empty cell is an empty text
     */
    record TableRow(List<String> cells, RowKind kind, int page) implements Block {
        public TableRow {
            cells = List.copyOf(cells);
            Objects.requireNonNull(kind, "kind");
            requirePage(page);
            long length = cells.stream().mapToLong(String::length).sum();
            if (length > MAX_ROW) {
                throw new IllegalArgumentException("A row must have at most " + MAX_ROW + " characters, had " + length);
            }
        }
    }

    /** A table ends. */
    record TableEnd(int page) implements Block {
        public TableEnd {
            requirePage(page);
        }
    }

    /** What a row of a table is for. */
    enum RowKind {
        /** It names the columns. */
        HEADER,
        /** It holds values. */
        BODY
    }

    private static void requireText(String text) {
        int length = Objects.requireNonNull(text, "text").length();
        requireRange("length of text", length, 1, MAX_TEXT);
    }

    private static void requirePage(int page) {
        requireRange("page", page, 0, Integer.MAX_VALUE);
    }

    private static void requireRange(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(name + " must be in " + from + ".." + to + ", was " + value);
        }
    }
}
