package dev.datastudio.ml.drift;

import java.util.List;
import java.util.Objects;

/**
 * How far rows went from those that a model learnt from. Immutable.
 *
 * @param rows how many new rows were looked at
 * @param reading the worst of all columns; {@link Reading#UNKNOWN} for a model that did not record what its training rows
 *     looked like
 * @param columns those that the model predicts from, the greatest index first; empty when nothing was recorded
 * @param verdict what it means, a whole sentence
 */
public record Drift(long rows, Reading reading, List<ColumnDrift> columns, String verdict) {
    public Drift {
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(verdict, "verdict");
        columns = List.copyOf(columns);
    }
}
