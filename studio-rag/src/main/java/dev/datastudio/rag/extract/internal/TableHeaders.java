package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.Block.RowKind;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the header of a table that does not say which row it is. Not thread-safe; use one per table. */
final class TableHeaders {
    private static final Pattern NUMBER = Pattern.compile("[\\s\\p{Sc}+-]*[\\d.,:/%\\s-]*\\d[\\d.,:/%\\s\\p{Sc}-]*");
    private static final int MAX_NAME = 80;
    /** Notes above a table are a few lines; further down, words are values. */
    private static final int MAX_ROWS_ABOVE = 20;

    private int rows;
    private boolean found;

    /** What the next row is: the first one with two cells or more is the header if all of them are words. */
    RowKind kindOf(List<String> cells) {
        rows++;
        long filled = cells.stream().filter(cell -> !cell.isBlank()).count();
        if (found || filled < 2 || rows > MAX_ROWS_ABOVE) {
            return RowKind.BODY;
        }
        found = true;
        boolean words = cells.stream()
                .noneMatch(
                        cell -> cell.length() > MAX_NAME || NUMBER.matcher(cell).matches());
        return words ? RowKind.HEADER : RowKind.BODY;
    }
}
