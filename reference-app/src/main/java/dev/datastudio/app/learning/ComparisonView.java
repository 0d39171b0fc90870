package dev.datastudio.app.learning;

import dev.datastudio.ml.registry.Comparison;
import dev.datastudio.ml.registry.TrainedModel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Models side by side that were judged on the same rows. Immutable.
 *
 * @param target what they all predict
 * @param models the best first
 * @param differences of each other model to the best one, in each metric
 * @param note what the differences mean, a whole sentence; may be empty
 */
@Schema(name = "ModelComparison")
record ComparisonView(String target, List<Compared> models, List<Difference> differences, String note) {
    /**
     * One of the models.
     *
     * @param model what lists show
     * @param metrics the main one first
     */
    @Schema(name = "ComparedModel")
    record Compared(TrainedModelView model, List<TrainedModelView.Score> metrics) {
        static Compared of(TrainedModel model) {
            return new Compared(TrainedModelView.of(model), TrainedModelView.scores(model));
        }
    }

    /**
     * By how much a model differs from the best one.
     *
     * @param model its id
     * @param metric {@code accuracy}, {@code r2}, …
     * @param value of the model less that of the best one
     * @param low and {@code high}: 95 of 100 resamples of the same test rows lie between them
     * @param high see {@code low}
     * @param clear whether both bounds are on one side of 0
     */
    @Schema(name = "ModelDifference")
    record Difference(
            String model,
            String metric,
            Optional<Double> value,
            Optional<Double> low,
            Optional<Double> high,
            boolean clear) {}

    static ComparisonView of(Comparison found) {
        return new ComparisonView(
                found.target(),
                found.models().stream().map(Compared::of).toList(),
                found.differences().stream()
                        .map(each -> new Difference(
                                each.model(),
                                each.metric(),
                                TrainedModelView.finite(each.value()),
                                TrainedModelView.finite(each.low()),
                                TrainedModelView.finite(each.high()),
                                each.isClear()))
                        .toList(),
                found.note());
    }
}
