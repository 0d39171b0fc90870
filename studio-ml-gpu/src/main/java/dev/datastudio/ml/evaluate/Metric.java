package dev.datastudio.ml.evaluate;

import java.util.Objects;

/**
 * One number that says how good a model is. Immutable.
 *
 * @param name {@code accuracy}, {@code precision}, {@code recall}, {@code f1}, {@code roc_auc} or {@code log_loss} of
 *     classes (of two classes precision, recall and F1 are of the second, of more they are means over all); {@code r2},
 *     {@code rmse}, {@code mae} or {@code mse} of numbers; {@code silhouette} of groups, {@code explained_variance} of
 *     directions, {@code threshold} and {@code unusual_share} of isolation forests
 * @param value NaN where it does not exist, as the area under a curve when a class is missing
 * @param low and {@code high}: 95 of 100 resamples of the test rows lie between them (percentile bootstrap); NaN for
 *     numbers that were not resampled
 */
public record Metric(String name, double value, double low, double high) {
    public Metric {
        Objects.requireNonNull(name, "name");
    }

    /** A number that was not resampled. */
    public static Metric of(String name, double value) {
        return new Metric(name, value, Double.NaN, Double.NaN);
    }
}
