package dev.datastudio.core.analysis;

import dev.datastudio.api.query.QueryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a step gave. Immutable.
 *
 * @param step as it was run: with real names, and with the values that a repair put in
 * @param sql the statement that was run, with its values written in
 * @param columns what each column of the rows is, in order
 * @param result the rows
 * @param warnings what a reader must know to trust the numbers, whole sentences, in order
 * @param reading the rows in one or two sentences, every number taken from them
 * @param evidence what was asked of the data beyond the rows
 */
public record StepResult(
        Step step,
        String sql,
        List<StepColumn> columns,
        QueryResult result,
        List<String> warnings,
        String reading,
        Evidence evidence) {
    public StepResult {
        columns = List.copyOf(columns);
        warnings = List.copyOf(warnings);
    }

    /**
     * The single number that the step asked for: one row and one measure, or one coefficient, that has a value; of
     * outliers their number.
     */
    public Optional<Object> value() {
        if (step.operation() == Operation.OUTLIERS) {
            return Optional.of(result.totalRows());
        }
        if (result.totalRows() != 1 || result.rows().size() != 1) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            StepColumn.Origin origin = columns.get(i).origin();
            boolean measure = origin instanceof StepColumn.Origin.OfMeasure
                    || (origin instanceof StepColumn.Origin.OfOperation o
                            && (o.role() == StepColumn.Role.CORRELATION || o.role() == StepColumn.Role.COVARIANCE));
            if (measure) {
                numbers.add(i);
            }
        }
        return numbers.size() == 1 ? Optional.ofNullable(result.rows().get(0).get(numbers.get(0))) : Optional.empty();
    }
}
