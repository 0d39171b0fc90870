package dev.datastudio.agents.reporter;

import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.query.ResultColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a {@link Reporter}. Immutable.
 *
 * @param id names the report
 * @param status how it ended
 * @param form in which form it is shown
 * @param text the answer in words
 * @param sql the statement that ran; empty when none did
 * @param description what the statement computes, in words; empty when none ran
 * @param source the name of the database that ran it, or {@code data sets}; empty when none did
 * @param columns of the rows
 * @param rows the rows that were read, values as in {@link dev.datastudio.api.query.QueryResult}
 * @param totalRows how many rows there are without the row limit
 * @param chart the chart of the rows; null without one
 * @param artifacts the files of the chart
 * @param tables the tables that the model was shown, those that were read first
 * @param figures the numbers of the text that no row and no earlier answer holds, as they are written; check these
 * @param notes what to know before trusting it, whole sentences
 * @param summary the conversation before this message in short, to be given with the next one; empty for none
 * @param trace all steps, in order
 * @param millis how long it took, in milliseconds
 */
public record Report(
        String id,
        ReportStatus status,
        ReportForm form,
        String text,
        String sql,
        String description,
        String source,
        List<ResultColumn> columns,
        List<List<@Nullable Object>> rows,
        long totalRows,
        @Nullable Chart chart,
        List<AnswerArtifact> artifacts,
        List<UsedTable> tables,
        List<String> figures,
        List<String> notes,
        String summary,
        List<TraceStep> trace,
        long millis) {
    /** The version of the JSON form. */
    public static final int SCHEMA_VERSION = 1;

    public Report {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(summary, "summary");
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            copy.add(Collections.unmodifiableList(row));
        }
        rows = Collections.unmodifiableList(copy);
        artifacts = List.copyOf(artifacts);
        tables = List.copyOf(tables);
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
        trace = List.copyOf(trace);
    }

    /** The chart of the rows, if there is one. */
    public Optional<Chart> picture() {
        return Optional.ofNullable(chart);
    }

    /** The tokens that all steps together used, as far as the model says. */
    public long tokens() {
        return trace.stream()
                .mapToLong(step -> (long) step.inputTokens() + step.outputTokens())
                .sum();
    }

    /** One line for a log or a shell; the whole is {@link ReportJson}. */
    @Override
    public String toString() {
        return "Report[" + status.jsonName() + ", " + form.jsonName() + ", " + rows.size() + " rows, " + trace.size()
                + " steps]";
    }
}
