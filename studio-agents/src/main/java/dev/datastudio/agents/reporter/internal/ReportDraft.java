package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.reporter.Report;
import dev.datastudio.agents.reporter.ReportForm;
import dev.datastudio.agents.reporter.ReportStatus;
import dev.datastudio.agents.reporter.TraceStep;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills a {@link Report}; its trace and time come last. Not thread-safe. */
final class ReportDraft {
    private final ReportTask task;
    private final ReportStatus status;
    private final String text;
    private ReportForm form = ReportForm.TEXT;
    private @Nullable Draft sql;
    private List<ResultColumn> columns = List.of();
    private List<List<@Nullable Object>> rows = List.of();
    private long totalRows;
    private @Nullable Chart chart;
    private List<AnswerArtifact> artifacts = List.of();
    private List<String> figures = List.of();
    private final List<String> notes = new ArrayList<>();
    private String summary = "";

    private ReportDraft(ReportTask task, ReportStatus status, String text) {
        this.task = task;
        this.status = status;
        this.text = text;
    }

    static ReportDraft of(ReportTask task, ReportStatus status, String text) {
        return new ReportDraft(task, status, text);
    }

    ReportDraft form(ReportForm value) {
        form = value;
        return this;
    }

    /** The statement that ran, or was to run. */
    ReportDraft sql(Draft value) {
        sql = value;
        return this;
    }

    ReportDraft rows(QueryResult result) {
        return rows(result.columns(), result.rows(), result.totalRows());
    }

    ReportDraft rows(List<ResultColumn> names, List<List<@Nullable Object>> values, long total) {
        columns = names;
        rows = values;
        totalRows = total;
        return this;
    }

    ReportDraft chart(@Nullable Chart value, List<AnswerArtifact> files) {
        chart = value;
        artifacts = files;
        return this;
    }

    ReportDraft figures(List<String> value) {
        figures = value;
        return this;
    }

    ReportDraft notes(List<String> more) {
        more.stream().filter(note -> !notes.contains(note)).forEach(notes::add);
        return this;
    }

    ReportDraft summary(String value) {
        summary = value;
        return this;
    }

    Report build() {
        Draft draft = sql;
        return new Report(
                task.id(),
                status,
                form,
                text,
                draft == null ? "" : draft.sql(),
                draft == null || !draft.isWritten() ? "" : draft.description(),
                draft == null || draft.shown() == null
                        ? ""
                        : draft.tables().place().name(),
                columns,
                rows,
                totalRows,
                chart,
                artifacts,
                draft == null ? List.of() : WriteSteps.uses(draft),
                figures,
                notes,
                summary,
                List.of(),
                0);
    }

    /** A report when it is known which steps it took, and how long. */
    static Report finished(Report report, List<TraceStep> trace, long millis) {
        return new Report(
                report.id(),
                report.status(),
                report.form(),
                report.text(),
                report.sql(),
                report.description(),
                report.source(),
                report.columns(),
                report.rows(),
                report.totalRows(),
                report.chart(),
                report.artifacts(),
                report.tables(),
                report.figures(),
                report.notes(),
                report.summary(),
                trace,
                millis);
    }
}
