package dev.datastudio.app.learning;

import dev.datastudio.app.learning.TrainedModelController.PredictionView;
import dev.datastudio.ml.registry.Explanation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Why a model says what it says of a row. Immutable. A number that does not exist is nothing.
 *
 * @param prediction what it says
 * @param label the class that is explained; empty when the model predicts a number
 * @param unit what the contributions are in: {@code number}, {@code share} of the class, or its {@code log_odds}
 * @param margin what the contributions and the base add up to
 * @param base what every row begins with
 * @param contributions of all columns, the greatest first, whichever way it goes
 */
@Schema(name = "PredictionExplanation")
record ExplanationView(
        PredictionView prediction,
        String label,
        String unit,
        Optional<Double> margin,
        Optional<Double> base,
        List<Contribution> contributions) {
    /**
     * What one column adds.
     *
     * @param column of the data set
     * @param amount negative when it speaks against
     */
    @Schema(name = "PredictionContribution")
    record Contribution(String column, Optional<Double> amount) {}

    static ExplanationView of(Explanation found) {
        return new ExplanationView(
                PredictionView.of(found.prediction()),
                found.label(),
                Words.of(found.unit()),
                TrainedModelView.finite(found.margin()),
                TrainedModelView.finite(found.base()),
                found.contributions().stream()
                        .map(each -> new Contribution(each.column(), TrainedModelView.finite(each.amount())))
                        .toList());
    }
}
