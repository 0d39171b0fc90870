package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.Report;
import dev.datastudio.agents.reporter.ReportRequest;
import dev.datastudio.agents.reporter.ShownRows;
import dev.datastudio.agents.reporter.WrittenSql;
import dev.datastudio.agents.telemetry.StudioEngines;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.Reservation;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs the graphs of one studio. Thread-safe. */
public final class ReportFlow {
    private final Studio studio;
    private final Engine engine;
    private final Graph<ReportGraph.Input, ReportGraph.Output> reporter = ReportGraph.graph();
    private final Graph<SqlGraph.Input, SqlGraph.Output> sql = SqlGraph.graph();
    private final Graph<PictureGraph.Input, PictureGraph.Output> picture = PictureGraph.graph();

    public ReportFlow(Studio studio) {
        this.studio = studio;
        this.engine = studio.closing(StudioEngines.of(studio).engine().build());
    }

    /** Where it reports. */
    public Studio studio() {
        return studio;
    }

    /** Answers a message within the caller's quota, and tells of it. */
    public Report ask(Caller caller, ReportRequest request, @Nullable StepModel model) {
        Activity activity =
                Activity.of(caller, "report.ask").about(subjects(request)).with("question", request.message());
        return studio.activities()
                .watching(
                        activity,
                        () -> withinQuota(caller, request, model),
                        (asked, report) -> asked.with("answer", report.id())
                                .with("status", report.status().jsonName())
                                .with("sql", report.sql()));
    }

    private static List<String> subjects(ReportRequest request) {
        List<String> subjects = new ArrayList<>();
        request.sources().forEach(source -> subjects.add(source.toString()));
        request.datasets().forEach(dataset -> subjects.add(dataset.id().toString()));
        return subjects;
    }

    /** The built-in planner, which answers without a model, counts its questions itself. */
    private Report withinQuota(Caller caller, ReportRequest request, @Nullable StepModel model) {
        if (model == null) {
            return report(caller, request, null);
        }
        try (Reservation question = studio.reserve(caller, Measure.QUESTIONS, 1)) {
            Report report = report(caller, request, model);
            question.settle(1);
            return report;
        }
    }

    private Report report(Caller caller, ReportRequest request, @Nullable StepModel model) {
        long start = System.nanoTime();
        try (DataScope scope = DataScope.open(studio, caller, request)) {
            ReportGraph.Output output = engine.run(
                    reporter, new ReportGraph.Input(task(caller, request, scope, model)), options(caller, request));
            return ReportDraft.finished(output.report(), output.trace(), (System.nanoTime() - start) / 1_000_000);
        }
    }

    private ReportTask task(Caller caller, ReportRequest request, DataScope scope, @Nullable StepModel model) {
        return new ReportTask(UUID.randomUUID().toString(), studio, caller, request, scope, model);
    }

    private static RunOptions options(Caller caller, ReportRequest request) {
        return RunOptions.builder()
                .caller(caller)
                .cancellation(request.cancellation())
                .keptEvents(0)
                .build();
    }

    /** Writes SQL, and does not run it. */
    public WrittenSql write(Caller caller, ReportRequest request, StepModel model) {
        try (DataScope scope = DataScope.open(studio, caller, request)) {
            SqlGraph.Input input = new SqlGraph.Input(
                    task(caller, request, scope, model),
                    ForeignText.lines(request.message(), WriteSteps.LONGEST_QUESTION),
                    request.summary());
            SqlGraph.Output output = engine.run(sql, input, options(caller, request));
            Draft draft = output.draft();
            Shown shown = draft.shown();
            return new WrittenSql(
                    draft.sql(),
                    draft.description(),
                    draft.problem(),
                    draft.question(),
                    shown == null ? "" : shown.place().name(),
                    WriteSteps.uses(draft),
                    shown == null ? "" : shown.ddl(),
                    output.notes(),
                    output.trace());
        }
    }

    /** Shows rows. */
    public ShownRows show(Caller caller, ReportRequest request, QueryResult rows, @Nullable StepModel model) {
        try (DataScope scope = DataScope.none()) {
            PictureGraph.Input input =
                    new PictureGraph.Input(task(caller, request, scope, model), request.message(), rows);
            PictureGraph.Output output = engine.run(picture, input, options(caller, request));
            return new ShownRows(
                    output.visual().form(),
                    output.visual().chart(),
                    output.visual().notes(),
                    output.trace());
        }
    }
}
