package dev.datastudio.agents.ask;

import dev.datastudio.api.query.ResultColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one intent. Immutable.
 *
 * @param intent the words of the question that it answers
 * @param op the operation's JSON name: {@code distribution}
 * @param reading what the rows say, in words
 * @param sql the statement that ran, with its values written in; running it gives the rows again
 * @param columns of the rows
 * @param rows the first rows, values as in {@link dev.datastudio.api.query.QueryResult}
 * @param totalRows how many rows there are without the row limit
 * @param value the answer when it is a single value; null otherwise
 * @param test the answer when it is a hypothesis test; null otherwise
 * @param chart the kind of chart: {@code histogram}; null when there is none
 * @param artifacts files that belong to it
 */
public record AnswerStep(
        String intent,
        String op,
        String reading,
        String sql,
        List<ResultColumn> columns,
        List<List<@Nullable Object>> rows,
        long totalRows,
        @Nullable Object value,
        @Nullable TestOutcome test,
        @Nullable String chart,
        List<AnswerArtifact> artifacts) {

    public AnswerStep {
        columns = List.copyOf(columns);
        artifacts = List.copyOf(artifacts);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            copy.add(Collections.unmodifiableList(row));
        }
        rows = Collections.unmodifiableList(copy);
    }

    /** This step with other files. */
    public AnswerStep withArtifacts(List<AnswerArtifact> artifacts) {
        return new AnswerStep(intent, op, reading, sql, columns, rows, totalRows, value, test, chart, artifacts);
    }
}
