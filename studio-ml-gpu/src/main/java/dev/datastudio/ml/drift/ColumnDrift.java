package dev.datastudio.ml.drift;

import java.util.List;
import java.util.Objects;

/**
 * How far one column went from what it was in training. Immutable.
 *
 * @param column of the model
 * @param index the population stability index: the sum over ranges or values, missing ones among them, of (share now - share
 *     then) * ln(share now / share then); 0 when all shares are the same
 * @param byChance 95 of 100 draws of as many rows from the training rows stay below it in all columns: the more columns and
 *     ranges and the fewer rows, the greater
 * @param reading of the index, where it is above {@code byChance}
 * @param missingThen the share of training rows without a value, 0 to 1
 * @param missingNow the share of the new rows without one
 * @param outside the share of the new numbers or times below the least or above the greatest of training, 0 to 1; of words
 *     the share of rows with a value that training has not seen
 * @param newValues words that training has not seen, the most frequent first, at most {@value #MOST_VALUES}; empty for numbers,
 *     texts, and columns of more values than are recorded
 * @param bins where the rows are, then and now
 */
public record ColumnDrift(
        String column,
        double index,
        double byChance,
        Reading reading,
        double missingThen,
        double missingNow,
        double outside,
        List<String> newValues,
        List<Bin> bins) {
    /** How many new values are named. */
    public static final int MOST_VALUES = 20;

    public ColumnDrift {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(reading, "reading");
        newValues = List.copyOf(newValues);
        bins = List.copyOf(bins);
    }

    /**
     * A range or a value.
     *
     * @param name as people read it
     * @param then the share of training rows, 0 to 1
     * @param now the share of the new rows
     */
    public record Bin(String name, double then, double now) {
        public Bin {
            Objects.requireNonNull(name, "name");
        }
    }
}
