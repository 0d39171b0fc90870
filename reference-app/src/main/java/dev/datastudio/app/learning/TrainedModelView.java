package dev.datastudio.app.learning;

import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.registry.TrainedModel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A kept model in a list. Immutable.
 *
 * @param id names it
 * @param name what people call it; its versions share it
 * @param version from 1
 * @param source where it comes from: {@code trained}, {@code explored} (found in rows without a target) or {@code imported}
 * @param target the column that it predicts; empty when it tells something else
 * @param task {@code classification}, {@code regression}, {@code clustering}, {@code projection}, …
 * @param algorithm its kind, such as {@code random_forest}; {@code onnx} when it was imported
 * @param datasetId what it learnt from; nothing when it was imported
 * @param datasetName as it was called then
 * @param datasetVersion as it was then
 * @param metric the main number, with what it is for the baseline; nothing when it was not judged
 * @param trainedAt when
 */
@Schema(name = "TrainedModel")
record TrainedModelView(
        String id,
        String name,
        int version,
        String source,
        String target,
        String task,
        String algorithm,
        Optional<String> datasetId,
        Optional<String> datasetName,
        Optional<Integer> datasetVersion,
        Optional<Score> metric,
        Instant trainedAt) {
    /**
     * One number that says how good a model is. Immutable. A number that does not exist is nothing.
     *
     * @param name {@code accuracy}, {@code r2}, …
     * @param value of the model
     * @param low and {@code high}: 95 of 100 resamples of the test rows lie between them
     * @param high see {@code low}
     * @param baseline of always saying the most frequent class, or the mean; nothing where that would say nothing
     */
    @Schema(name = "TrainedModelScore")
    record Score(
            String name,
            Optional<Double> value,
            Optional<Double> low,
            Optional<Double> high,
            Optional<Double> baseline) {
        static Score of(Metric metric, Optional<Metric> baseline) {
            return new Score(
                    metric.name(),
                    finite(metric.value()),
                    finite(metric.low()),
                    finite(metric.high()),
                    baseline.flatMap(each -> finite(each.value())));
        }
    }

    static TrainedModelView of(TrainedModel model) {
        Optional<TrainedModel.Data> data = model.learntFrom();
        return new TrainedModelView(
                model.id(),
                model.name(),
                model.version(),
                model.source().getClass().getSimpleName().toLowerCase(Locale.ROOT),
                model.target(),
                Words.of(model.task()),
                model.algorithm(),
                data.map(TrainedModel.Data::id),
                data.map(TrainedModel.Data::name),
                data.map(TrainedModel.Data::version),
                scores(model).stream().findFirst(),
                model.trainedAt());
    }

    /** All numbers, the main one first. */
    static List<Score> scores(TrainedModel model) {
        return model.evaluation().metrics().stream()
                .map(metric -> Score.of(metric, model.evaluation().beside(metric.name())))
                .toList();
    }

    static Optional<Double> finite(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }
}
