package dev.datastudio.app.learning;

import dev.datastudio.app.job.JobView;
import dev.datastudio.ml.drift.ColumnDrift;
import dev.datastudio.ml.drift.Drift;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;

/**
 * A comparison of rows with those that a model learnt from. Immutable.
 *
 * @param job as it stands
 * @param found what came of it; nothing until it is done
 */
@Schema(name = "DriftCheck")
record DriftView(JobView job, Optional<Found> found) {
    /**
     * How far rows went from those of training.
     *
     * @param rows how many were looked at
     * @param reading the worst of all columns: {@code stable}, {@code moved}, {@code different}, or {@code unknown} when the
     *     model did not record what its training rows looked like
     * @param verdict what it means, a whole sentence
     * @param columns those that the model predicts from, the greatest index first
     */
    @Schema(name = "Drift")
    record Found(long rows, String reading, String verdict, List<Column> columns) {}

    /**
     * How far one column went.
     *
     * @param column of the model
     * @param index the population stability index
     * @param byChance what the index stays below in 95 of 100 draws of as many training rows
     * @param reading {@code stable}, {@code moved} or {@code different}
     * @param missingThen the share of training rows without a value, 0 to 1
     * @param missingNow of the new rows
     * @param outside the share of new values out of the range of training, or of words that it has not seen
     * @param newValues such words, the most frequent first
     * @param bins where the rows are, then and now
     */
    @Schema(name = "ColumnDrift")
    record Column(
            String column,
            Optional<Double> index,
            Optional<Double> byChance,
            String reading,
            double missingThen,
            double missingNow,
            double outside,
            List<String> newValues,
            List<Bin> bins) {
        static Column of(ColumnDrift each) {
            return new Column(
                    each.column(),
                    TrainedModelView.finite(each.index()),
                    TrainedModelView.finite(each.byChance()),
                    Words.of(each.reading()),
                    each.missingThen(),
                    each.missingNow(),
                    each.outside(),
                    each.newValues(),
                    each.bins().stream()
                            .map(bin -> new Bin(bin.name(), bin.then(), bin.now()))
                            .toList());
        }
    }

    /**
     * A range or a value.
     *
     * @param name as people read it
     * @param then the share of training rows, 0 to 1
     * @param now the share of the new rows
     */
    @Schema(name = "DriftBin")
    record Bin(String name, double then, double now) {}

    static DriftView of(JobView job, Optional<Drift> drift) {
        return new DriftView(
                job,
                drift.map(found -> new Found(
                        found.rows(),
                        Words.of(found.reading()),
                        found.verdict(),
                        found.columns().stream().map(Column::of).toList())));
    }
}
