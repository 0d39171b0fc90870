package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.reporter.Report;
import dev.datastudio.agents.reporter.ReportForm;
import dev.datastudio.agents.reporter.ReportOptions.Pictures;
import dev.datastudio.agents.reporter.ReportRequest;
import dev.datastudio.agents.reporter.ReportStatus;
import dev.datastudio.agents.reporter.internal.repair.EmptyFacts;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The last steps: what becomes of rows, of none, of a failure, of a message about something else. */
final class EndSteps {
    private static final String GRAPH = "reporter";
    private static final int LONGEST_QUESTION = 2_000;

    private final Wording wording = new Wording();

    /** Without a model, the built-in planner answers in its way. */
    Update planner(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "planner");
        ReportRequest request = task.request();
        AskOptions options = AskOptions.DEFAULT
                .withMaxRows(task.options().maxRows())
                .withPictures(
                        task.options().pictures() == Pictures.DRAW
                                ? AskOptions.Pictures.DRAW
                                : AskOptions.Pictures.SKIP)
                .withCancellation(context.cancellation());
        Analyst analyst = Analyst.of(task.studio()).as(task.caller());
        Answer answer = request.datasets().isEmpty()
                ? analyst.ask(request.sources().get(0), request.message(), options)
                : analyst.ask(request.datasets(), request.message(), options);
        int others = request.sources().size() - (request.datasets().isEmpty() ? 1 : 0);
        List<String> notes = new ArrayList<>();
        notes.add("No language model is configured, so the built-in planner answered.");
        if (others > 0) {
            notes.add("It can look at one place at a time; " + others + " more were left out.");
        }
        notes.addAll(answer.warnings());
        return Update.of(
                ReportGraph.REPORT.set(planned(task, answer, notes)),
                ReportGraph.TRACE.add(tracing.byRule(
                        "built-in planner",
                        "No language model is configured; the built-in planner "
                                + (answer.status() == AnswerStatus.ANSWERED
                                        ? "read it as: " + answer.reading()
                                        : "did not answer: " + answer.message()))));
    }

    private static Report planned(ReportTask task, Answer answer, List<String> notes) {
        if (answer.status() != AnswerStatus.ANSWERED || answer.steps().isEmpty()) {
            String more =
                    answer.suggestions().isEmpty() ? "" : " You may ask: " + String.join(" · ", answer.suggestions());
            return ReportDraft.of(task, ReportStatus.NOT_ANSWERED, answer.message() + more)
                    .notes(notes)
                    .build();
        }
        AnswerStep first = answer.steps().get(0);
        if (answer.steps().size() > 1) {
            notes.add("The rows are those of the first of " + answer.steps().size() + " parts.");
        }
        List<AnswerArtifact> files = answer.steps().stream()
                .flatMap(step -> step.artifacts().stream())
                .toList();
        ReportForm form = first.chart() != null
                ? ReportForm.CHART
                : first.rows().size() <= 1 ? ReportForm.TEXT : ReportForm.TABLE;
        String question = ForeignText.lines(task.request().message(), LONGEST_QUESTION);
        return ReportDraft.of(task, ReportStatus.ANSWERED, answer.message())
                .form(form)
                .sql(new Draft(first.sql(), answer.reading(), "", question, null))
                .rows(first.columns(), first.rows(), first.totalRows())
                .chart(null, files)
                .notes(notes)
                .build();
    }

    Update reply(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "reply");
        Report report = ReportDraft.of(
                        task,
                        ReportStatus.IRRELEVANT,
                        view.get(ReportGraph.SCREENED).reply())
                .build();
        return Update.of(
                ReportGraph.REPORT.set(report),
                ReportGraph.TRACE.add(tracing.byRule("irrelevant", "Replied in short")));
    }

    /** Says what the rows show, and keeps the chart's files. */
    Update answer(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "answer");
        Draft draft = view.get(ReportGraph.DRAFT);
        QueryResult rows = view.get(ReportGraph.RAN).rows();
        PictureGraph.Visual visual = view.get(ReportGraph.VISUAL);
        Wording.Worded worded = wording.of(task, draft, rows, tracing, context.cancellation());
        Report report = ReportDraft.of(task, ReportStatus.ANSWERED, worded.text())
                .form(visual.form())
                .sql(draft)
                .rows(rows)
                .chart(visual.chart(), ChartFiles.keep(task, visual.chart()))
                .figures(worded.figures())
                .notes(notes(view, rows))
                .notes(visual.notes())
                .summary(view.get(ReportGraph.SUMMARY))
                .build();
        return Update.of(ReportGraph.REPORT.set(report), ReportGraph.TRACE.add(worded.step()));
    }

    private static List<String> notes(View view, QueryResult rows) {
        List<String> notes = new ArrayList<>(view.get(ReportGraph.NOTES));
        if (rows.isCut()) {
            notes.add("Read were the first " + rows.rows().size() + " of " + rows.totalRows() + " rows.");
        }
        return notes;
    }

    /** No statement finds rows: says so, with the facts. */
    Update empty(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "empty");
        Draft draft = lastRun(view);
        Ran ran = view.get(ReportGraph.RAN);
        EmptyFacts.Found known = ran.facts();
        EmptyFacts.Found facts = known == null
                ? RunSteps.facts(task, draft, context.cancellation()).orElse(null)
                : known;
        String given = view.get(ReportGraph.DRAFT).problem();
        String text = "No rows match the question."
                + (facts == null ? "" : " " + facts.words().replace('\n', ' '))
                + (given.isEmpty() ? "" : " " + given);
        QueryResult rows = ran.rows();
        Report report = ReportDraft.of(task, ReportStatus.NO_ROWS, text)
                .form(rows.rows().isEmpty() ? ReportForm.TEXT : ReportForm.TABLE)
                .sql(draft)
                .rows(rows)
                .notes(view.get(ReportGraph.NOTES))
                .summary(view.get(ReportGraph.SUMMARY))
                .build();
        return Update.of(
                ReportGraph.REPORT.set(report),
                ReportGraph.TRACE.add(tracing.byRule(
                        "no rows",
                        "No statement of " + view.get(ReportGraph.STATEMENTS).size() + " finds rows")));
    }

    /** The draft with the statement that ran last. */
    private static Draft lastRun(View view) {
        Draft draft = view.get(ReportGraph.DRAFT);
        List<String> statements = view.get(ReportGraph.STATEMENTS);
        String last = statements.get(statements.size() - 1);
        return new Draft(last, draft.description(), draft.problem(), draft.question(), draft.shown());
    }

    /** Says why there is no answer. */
    Update explain(View view, NodeContext context) {
        ReportTask task = view.get(ReportGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "explain");
        Draft draft = view.get(ReportGraph.DRAFT);
        if (draft.shown() == null) {
            return ended(view, tracing, ReportStatus.NO_TABLE, draft.problem(), draft);
        }
        List<String> statements = view.get(ReportGraph.STATEMENTS);
        if (statements.isEmpty()) {
            String text = "The tables don't answer this. " + draft.problem() + " Looked at were "
                    + draft.tables().tables().stream().map(ShownTable::name).collect(Collectors.joining(", ")) + ".";
            return ended(view, tracing, ReportStatus.NOT_ANSWERED, text, draft);
        }
        String why = draft.isWritten()
                ? String.valueOf(view.get(ReportGraph.RAN).failure().getMessage())
                : draft.problem();
        String text = "No statement could be written that the database runs, in " + statements.size()
                + (statements.size() == 1 ? " try. " : " tries. ") + why;
        return ended(view, tracing, ReportStatus.NOT_ANSWERED, text, lastRun(view));
    }

    private static Update ended(View view, ReportTask.Tracing tracing, ReportStatus status, String text, Draft draft) {
        Report report = ReportDraft.of(view.get(ReportGraph.TASK), status, text)
                .sql(draft)
                .notes(view.get(ReportGraph.NOTES))
                .summary(view.get(ReportGraph.SUMMARY))
                .build();
        return Update.of(
                ReportGraph.REPORT.set(report),
                ReportGraph.TRACE.add(tracing.byRule(status.jsonName(), "Said why there is no answer")));
    }
}
