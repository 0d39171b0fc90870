package dev.datastudio.ml.prepare.internal;

import java.util.List;

/**
 * What is to be predicted, of some rows of a table.
 *
 * @param rows the rows that have a target, ascending
 * @param values of those rows: the number, or the place of the class
 * @param classes the classes in order; empty when a number is predicted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Target(int[] rows, double[] values, List<String> classes) {
    public Target {
        classes = List.copyOf(classes);
    }

    public boolean isClasses() {
        return !classes.isEmpty();
    }

    /** The values of some of the rows, by their place in {@link #rows}. */
    public double[] values(int[] places) {
        double[] chosen = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            chosen[i] = values[places[i]];
        }
        return chosen;
    }

    /** Some of the rows, by their place. */
    public int[] rows(int[] places) {
        int[] chosen = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            chosen[i] = rows[places[i]];
        }
        return chosen;
    }
}
