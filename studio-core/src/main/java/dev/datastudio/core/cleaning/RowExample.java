package dev.datastudio.core.cleaning;

import java.util.List;
import java.util.Objects;

/**
 * A row that a step changes. Immutable.
 *
 * @param row its place in the data set that is cleaned, from 1
 * @param fate what becomes of it
 * @param cells those that change; all when it is removed
 */
public record RowExample(long row, Fate fate, List<CellChange> cells) {
    public RowExample {
        Objects.requireNonNull(fate, "fate");
        cells = List.copyOf(cells);
    }

    /** What becomes of a row. */
    public enum Fate {
        CHANGED,
        REMOVED
    }
}
