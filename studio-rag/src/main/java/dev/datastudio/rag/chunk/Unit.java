package dev.datastudio.rag.chunk;

import java.util.List;

/**
 * A piece of text that is not cut further: a sentence, a heading, a row, or a part of one that was too long.
 *
 * @param level of a heading; else 0
 * @param path the headings it stands under, its own included
 * @param tableHeader of the table that it is a row of; empty for other units and for the header itself
 */
record Unit(Kind kind, long from, long to, int tokens, int level, List<String> path, String tableHeader) {
    enum Kind {
        HEADING,
        TEXT,
        ROW
    }

    Unit {
        path = List.copyOf(path);
    }
}
