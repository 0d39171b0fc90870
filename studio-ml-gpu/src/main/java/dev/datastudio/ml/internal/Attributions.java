package dev.datastudio.ml.internal;

import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Importance;
import dev.datastudio.ml.prepare.internal.Columns;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Contributions;
import dev.datastudio.ml.train.internal.model.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a model itself tells of its columns, beside what shuffling them does. */
final class Attributions {
    /** A mean over some hundred rows ranks columns well; each row goes through all trees once a leaf. */
    private static final int MOST_ROWS = 300;

    /** A mean over fewer says little; where even these take too long, their values are rough. */
    private static final int FEWEST_ROWS = 20;

    /** A few tenths of a second: of large forests fewer rows are looked at. */
    private static final long MOST_STEPS = 100_000_000;

    private Attributions() {}

    /**
     * The importances with what the model tells of its features, those of a column taken together.
     *
     * @param check called now and then; ends it by throwing
     */
    static Evaluation added(
            Evaluation evaluation, Model model, Matrix test, List<List<String>> sources, Runnable check) {
        Optional<Map<String, Double>> shares = model.importances().map(each -> Columns.sums(sources, i -> each[i]));
        long affordable = MOST_STEPS / Math.max(1, model.stepsOfContributions());
        Matrix some = some(test, (int) Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, affordable)));
        Optional<Map<String, Double>> shaps = (affordable < FEWEST_ROWS
                        ? model.roughContributions(some, check)
                        : model.contributions(some))
                .map(each -> means(each, sources));
        int rows = shaps.isPresent() ? some.rows() : 0;
        return evaluation.with(evaluation.importances().stream()
                .map(each -> new Importance(
                        each.column(),
                        each.drop(),
                        shares.map(of -> of.get(each.column())).orElse(null),
                        shaps.map(of -> of.get(each.column())).orElse(null),
                        rows))
                .toList());
    }

    private static Matrix some(Matrix test, int most) {
        int count = Math.min(most, test.rows());
        return test.rows(IntStream.range(0, count)
                .map(i -> (int) ((long) i * test.rows() / count))
                .toArray());
    }

    private static Map<String, Double> means(Contributions found, List<List<String>> sources) {
        Map<String, Double> sums = new LinkedHashMap<>();
        double parts = (double) found.rows() * found.margins();
        for (int row = 0; row < found.rows(); row++) {
            for (int margin = 0; margin < found.margins(); margin++) {
                int atRow = row;
                int atMargin = margin;
                Columns.sums(sources, feature -> found.at(atRow, atMargin, feature))
                        .forEach((column, amount) -> sums.merge(column, Math.abs(amount) / parts, Double::sum));
            }
        }
        return sums;
    }
}
