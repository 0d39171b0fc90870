package dev.datastudio.core.cleaning;

import dev.datastudio.core.analysis.Expression.Constant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a step did, or would do. Immutable.
 *
 * @param step the step
 * @param said what it did in words: "Filled 177 missing values of 'age' with the median 28"
 * @param rowsBefore rows that it read
 * @param rowsAfter rows that it left
 * @param cellsChanged values that are written in another way now, new ones included, in rows that stay
 * @param valuesLost those of them that are missing now
 * @param statistics what it computed from the rows and worked with, by name: {@code value}, {@code low}, {@code high};
 *     numbers have 15 significant digits
 * @param examples some rows that it changes, in order; empty outside a preview
 */
public record StepEffect(
        CleaningStep step,
        String said,
        long rowsBefore,
        long rowsAfter,
        long cellsChanged,
        long valuesLost,
        Map<String, Constant> statistics,
        List<RowExample> examples) {
    /** How many examples a preview gives for each step. */
    public static final int MAX_EXAMPLES = 20;

    public StepEffect {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(said, "said");
        statistics = Map.copyOf(statistics);
        examples = List.copyOf(examples);
    }
}
