package dev.datastudio.app.learning;

import dev.datastudio.api.chart.Chart;
import dev.datastudio.ml.evaluate.ModelCharts;
import dev.datastudio.ml.train.Epoch;
import java.util.List;

/** How the loss of a deep model went. */
final class Losses {
    private Losses() {}

    static Chart chart(String target, List<Epoch> epochs) {
        boolean areHeld =
                epochs.stream().allMatch(epoch -> epoch.validationLoss().isPresent());
        return ModelCharts.losses(
                target,
                epochs.stream().map(Epoch::loss).toList(),
                areHeld ? epochs.stream().map(Epoch::heldLoss).toList() : List.of());
    }
}
