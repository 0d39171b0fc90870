package dev.datastudio.core.analysis;

import java.util.List;

/**
 * A step as one SELECT. Immutable.
 *
 * @param sql with a {@code ?} for each value
 * @param parameters the values, in order
 * @param displaySql the same statement with its values written in; it runs as it stands and gives the same rows
 * @param columns what each column of its result is, in order
 */
public record CompiledStep(String sql, List<Object> parameters, String displaySql, List<StepColumn> columns) {
    public CompiledStep {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
    }
}
