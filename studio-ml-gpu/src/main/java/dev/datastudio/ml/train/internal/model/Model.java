package dev.datastudio.ml.train.internal.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.ml.onnx.internal.OnnxGraph;
import dev.datastudio.ml.prepare.internal.FittedPreparation;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.RawTable;
import java.util.List;
import java.util.Optional;

/** What was learnt. Immutable and thread-safe. */
public interface Model extends AutoCloseable {
    /**
     * Predicts each row of {@code features}.
     *
     * @return row by row: the share of each class, which add up to 1, or one number; of a model that has {@link #numbers}
     *     these, and behind them the place of the class where it tells classes
     */
    double[] predict(Matrix features);

    /** As {@link #predict(Matrix)}, of rows as they are given; one that makes no features of columns reads them itself. */
    default double[] predict(RawTable table, FittedPreparation preparation) {
        return predict(preparation.apply(table));
    }

    /** What the columns become. */
    default List<String> features(FittedPreparation preparation) {
        return preparation.names();
    }

    /** The names of the numbers that it tells of a row; empty when it tells one number or the shares of classes. */
    default List<String> numbers() {
        return List.of();
    }

    /** How much each feature took part, adding up to 1; empty where the kind of model does not tell. */
    default Optional<double[]> importances() {
        return Optional.empty();
    }

    /** What each feature adds to the margins of each row of {@code features}; empty where the kind does not tell. */
    default Optional<Contributions> contributions(Matrix features) {
        return Optional.empty();
    }

    /**
     * As {@link #contributions}, about right and in a fraction of the time where that takes long: good enough for means over
     * rows.
     *
     * @param check called now and then; ends it by throwing
     */
    default Optional<Contributions> roughContributions(Matrix features, Runnable check) {
        return contributions(features);
    }

    /** About how many steps {@link #contributions} takes for a row; 0 where it takes next to none. */
    default long stepsOfContributions() {
        return 0;
    }

    /**
     * Puts what it does into an ONNX graph.
     *
     * @return false, and nothing done, where the kind can't be written so
     */
    default boolean export(OnnxGraph graph) {
        return false;
    }

    /** Writes all that predictions depend on. */
    void write(ObjectNode json);

    /** Frees what lies outside the heap. */
    @Override
    default void close() {
        // Nothing, mostly.
    }
}
