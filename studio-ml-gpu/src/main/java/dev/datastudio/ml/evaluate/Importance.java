package dev.datastudio.ml.evaluate;

import java.util.Objects;

/**
 * How much a column matters to a model. Immutable.
 *
 * @param column of the data set
 * @param drop by how much the main metric gets worse when the column's values are shuffled among the test rows
 *     (permutation importance, Breiman, 2001); about 0 or below when the column does not matter
 */
public record Importance(String column, double drop) {
    public Importance {
        Objects.requireNonNull(column, "column");
    }
}
