package dev.datastudio.ml.registry;

import dev.datastudio.ml.evaluate.Metric;
import java.util.List;
import java.util.Objects;

/**
 * Several models side by side that were judged on the same rows. Immutable.
 *
 * @param target what all of them predict
 * @param models the best by the main metric first
 * @param differences of each other model to the first, metric by metric; empty when the rows can't be read any more
 * @param note why there are no differences, a whole sentence; empty when there are
 */
public record Comparison(String target, List<TrainedModel> models, List<Difference> differences, String note) {
    public Comparison {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(note, "note");
        models = List.copyOf(models);
        differences = List.copyOf(differences);
    }

    /** The names of the metrics that all models have, the main one first. */
    public List<String> metrics() {
        return models.get(0).evaluation().metrics().stream().map(Metric::name).toList();
    }

    /**
     * By how much a model differs from the best one. Immutable.
     *
     * @param model the id of the model
     * @param metric its name
     * @param value the metric of the model less that of the best one; NaN where either has none
     * @param low and {@code high}: 95 of 100 resamples of the test rows, the same for both models, lie between them (paired
     *     percentile bootstrap, Efron and Tibshirani, 1993)
     */
    public record Difference(String model, String metric, double value, double low, double high) {
        public Difference {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(metric, "metric");
        }

        /** Whether other test rows of the same kind would hardly turn it round. */
        public boolean isClear() {
            return low > 0 || high < 0;
        }
    }
}
