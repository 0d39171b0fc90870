package dev.datastudio.app.learning;

import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.registry.TrainedModel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A trained model in a list. Immutable.
 *
 * @param id names it
 * @param name what people call it; its versions share it
 * @param version from 1
 * @param target the column that it predicts
 * @param task {@code classification} or {@code regression}
 * @param algorithm its kind, such as {@code random_forest}
 * @param datasetId what it was trained on
 * @param datasetName as it was called then
 * @param datasetVersion as it was then
 * @param metric the main number, with what it is for the baseline
 * @param trainedAt when
 */
@Schema(name = "TrainedModel")
record TrainedModelView(
        String id,
        String name,
        int version,
        String target,
        String task,
        String algorithm,
        String datasetId,
        String datasetName,
        int datasetVersion,
        Score metric,
        Instant trainedAt) {
    /**
     * One number that says how good a model is. Immutable. A number that does not exist is nothing.
     *
     * @param name {@code accuracy}, {@code r2}, …
     * @param value of the model
     * @param low and {@code high}: 95 of 100 resamples of the test rows lie between them
     * @param high see {@code low}
     * @param baseline of always saying the most frequent class, or the mean
     */
    @Schema(name = "TrainedModelScore")
    record Score(
            String name,
            Optional<Double> value,
            Optional<Double> low,
            Optional<Double> high,
            Optional<Double> baseline) {
        static Score of(Metric metric, Metric baseline) {
            return new Score(
                    metric.name(),
                    finite(metric.value()),
                    finite(metric.low()),
                    finite(metric.high()),
                    finite(baseline.value()));
        }
    }

    static TrainedModelView of(TrainedModel model) {
        return new TrainedModelView(
                model.id(),
                model.name(),
                model.version(),
                model.spec().target(),
                Words.of(model.spec().task()),
                model.spec().algorithm().name(),
                model.data().id(),
                model.data().name(),
                model.data().version(),
                scores(model).get(0),
                model.trainedAt());
    }

    /** All numbers, the main one first. */
    static List<Score> scores(TrainedModel model) {
        return model.evaluation().metrics().stream()
                .map(metric -> Score.of(metric, model.evaluation().baseline(metric.name())))
                .toList();
    }

    static Optional<Double> finite(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
