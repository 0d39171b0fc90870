package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.reporter.ReportForm;
import dev.datastudio.agents.reporter.ReportOptions.ChartChoice;
import dev.datastudio.agents.reporter.TraceStep;
import dev.datastudio.agents.reporter.internal.PictureGraph.Filled;
import dev.datastudio.agents.reporter.internal.PictureGraph.Visual;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The steps that show rows. */
final class PictureSteps {
    private static final String GRAPH = "picture";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_WHY = 300;
    private static final int LONGEST_QUESTION = 2_000;
    private static final int MOST_COLUMNS = 40;
    private static final PromptFile FORM = PromptFile.load("reporter/internal/form");
    private static final PromptFile CHART = PromptFile.load("reporter/internal/chart");
    private static final List<String> FORMS =
            Arrays.stream(ReportForm.values()).map(ReportForm::jsonName).toList();
    private static final List<String> KINDS =
            Arrays.stream(ChartSpec.Kind.values()).map(ChartSpec.Kind::words).toList();
    private static final AnswerForm FORM_ANSWER =
            AnswerForm.of("form").choice("form", FORMS).text("why", LONGEST_WHY);
    private static final AnswerForm CHART_ANSWER = AnswerForm.of("chart")
            .choice("kind", KINDS)
            .text("x", LONGEST_NAME)
            .texts("y", LONGEST_NAME)
            .text("series", LONGEST_NAME)
            .text("title", LONGEST_TITLE);

    Update form(View view, NodeContext context) {
        ReportTask task = view.get(PictureGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "form");
        ResultTable rows = new ResultTable(view.get(PictureGraph.ROWS));
        if (rows.size() == 1 && rows.columns().size() == 1) {
            return formed(ReportForm.TEXT, tracing.byRule("one value", "One value is said in words"));
        }
        boolean numbers = false;
        for (int i = 0; i < rows.columns().size(); i++) {
            numbers |= rows.isNumber(i);
        }
        if (rows.size() < 2 || !numbers) {
            String why = rows.size() < 2 ? "There is one row" : "No column holds numbers";
            return formed(ReportForm.TABLE, tracing.byRule("nothing to draw", why + ", so it is a table"));
        }
        if (task.options().chartChoice() == ChartChoice.BUILT_IN || task.model() == null) {
            ReportForm form = BuiltInChart.choose(rows).isPresent() ? ReportForm.CHART : ReportForm.TABLE;
            return formed(form, tracing.byRule("built-in", "The columns make a " + form.jsonName()));
        }
        StepModel.Asked<ReportForm> asked = task.ask(
                FORM,
                facts(view, rows),
                FORM_ANSWER,
                answer -> ReportForm.valueOf(answer.text("form").toUpperCase(Locale.ROOT)),
                context.cancellation());
        return formed(
                asked.value(),
                tracing.byModel(asked, "The answer is a " + asked.value().jsonName()));
    }

    private static Update formed(ReportForm form, TraceStep step) {
        return Update.of(PictureGraph.FORM.set(form), PictureGraph.TRACE.add(step));
    }

    /** Names, types and counts of the columns; no cell. */
    private static String facts(View view, ResultTable rows) {
        QueryResult result = rows.result();
        StringBuilder text = new StringBuilder("Rows: ")
                .append(result.totalRows())
                .append(result.isCut() ? ", of which " + rows.size() + " can be drawn" : "")
                .append("\nColumns:\n");
        for (int i = 0; i < Math.min(MOST_COLUMNS, rows.columns().size()); i++) {
            String kind = rows.grain(i) != null ? "time" : rows.isNumber(i) ? "number" : "text";
            text.append("- ")
                    .append(ForeignText.quoted(rows.name(i), LONGEST_NAME))
                    .append(": ")
                    .append(kind)
                    .append(", ")
                    .append(rows.labels(i).size())
                    .append(" different values\n");
        }
        return text.append("Question: ")
                .append(ForeignText.quoted(view.get(PictureGraph.QUESTION), LONGEST_QUESTION))
                .toString();
    }

    /** An answer that keeps to no form is an invalid chart too: the loop asks again, and ends in a table. */
    Update kind(View view, NodeContext context) {
        ReportTask task = view.get(PictureGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "kind");
        ResultTable rows = new ResultTable(view.get(PictureGraph.ROWS));
        int tried = view.get(PictureGraph.TRIED) + 1;
        if (task.options().chartChoice() == ChartChoice.BUILT_IN || task.model() == null) {
            ChartSpec spec = BuiltInChart.choose(rows).orElseThrow();
            return chosen(spec, tried, tracing.byRule("built-in", described(spec)));
        }
        String before = view.get(PictureGraph.PROBLEM);
        String facts = facts(view, rows)
                + (before.isEmpty()
                        ? ""
                        : "\nYour chart before can't be drawn: " + ForeignText.quoted(before, LONGEST_QUESTION));
        try {
            StepModel.Asked<ChartSpec> asked =
                    task.requireModel().ask(CHART, facts, CHART_ANSWER, PictureSteps::spec, 0, context.cancellation());
            return chosen(asked.value(), tried, tracing.byModel(asked, described(asked.value())));
        } catch (StudioException e) {
            if (e.code() != ErrorCode.MODEL_ANSWER_INVALID) {
                throw e;
            }
            ChartSpec none = new ChartSpec(ChartSpec.Kind.BAR, "", List.of(), "", "");
            return Update.of(
                    PictureGraph.SPEC.set(none),
                    PictureGraph.TRIED.set(tried),
                    PictureGraph.PROBLEM.set(e.what()),
                    PictureGraph.TRACE.add(tracing.byRule("form of the answer", e.what())));
        }
    }

    private static Update chosen(ChartSpec spec, int tried, TraceStep step) {
        return Update.of(
                PictureGraph.SPEC.set(spec),
                PictureGraph.TRIED.set(tried),
                PictureGraph.PROBLEM.set(""),
                PictureGraph.TRACE.add(step));
    }

    private static ChartSpec spec(AnswerForm.Read answer) {
        return new ChartSpec(
                ChartSpec.Kind.valueOf(answer.text("kind").toUpperCase(Locale.ROOT)),
                answer.text("x"),
                answer.texts("y"),
                answer.text("series"),
                ForeignText.line(answer.text("title"), LONGEST_TITLE));
    }

    private static String described(ChartSpec spec) {
        return "A " + spec.kind().words() + " chart of x " + StudioException.quote(spec.x())
                + (spec.y().isEmpty() ? "" : ", y " + spec.y())
                + (spec.series().isEmpty() ? "" : ", series " + StudioException.quote(spec.series()));
    }

    Update fill(View view, NodeContext context) {
        ReportTask task = view.get(PictureGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "fill");
        if (!view.get(PictureGraph.PROBLEM).isEmpty()) {
            return Update.of(
                    PictureGraph.FILLED.set(new Filled(null)),
                    PictureGraph.TRACE.add(tracing.byRule("no chart", "There is no chart to fill")));
        }
        ChartFiller chart = new ChartFiller(view.get(PictureGraph.SPEC), new ResultTable(view.get(PictureGraph.ROWS)));
        return Update.of(
                PictureGraph.FILLED.set(new Filled(chart)),
                PictureGraph.TRACE.add(tracing.byRule(
                        "rows", "Its values are those of " + chart.rows().size() + " rows")));
    }

    Update validate(View view, NodeContext context) {
        ReportTask task = view.get(PictureGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "validate");
        ChartFiller chart = view.get(PictureGraph.FILLED).chart();
        String problem = chart == null
                ? view.get(PictureGraph.PROBLEM)
                : new ChartCheck(chart).problem().orElse("");
        String decision = problem.isEmpty()
                ? "The chart can be drawn"
                : problem + "; chart " + view.get(PictureGraph.TRIED) + " of "
                        + task.options().charts();
        return Update.of(
                PictureGraph.PROBLEM.set(problem), PictureGraph.TRACE.add(tracing.byRule("chart check", decision)));
    }

    Update last(View view, NodeContext context) {
        ReportTask task = view.get(PictureGraph.TASK);
        ReportTask.Tracing tracing = task.begin(GRAPH, "final");
        ReportForm form = view.get(PictureGraph.FORM);
        String problem = view.get(PictureGraph.PROBLEM);
        if (form != ReportForm.CHART) {
            return shown(new Visual(form, null, List.of()), tracing.byRule("form", "Shown as " + form.jsonName()));
        }
        Optional<ChartFiller> filled =
                problem.isEmpty() ? view.find(PictureGraph.FILLED).map(Filled::chart) : Optional.empty();
        if (filled.isEmpty()) {
            int tried = view.get(PictureGraph.TRIED);
            String why = "The rows are shown as a table, because none of " + tried + (tried == 1 ? " chart" : " charts")
                    + " could be drawn: " + problem + ".";
            return shown(new Visual(ReportForm.TABLE, null, List.of(why)), tracing.byRule("bound", why));
        }
        List<String> notes = new ArrayList<>();
        QueryResult rows = view.get(PictureGraph.ROWS);
        if (rows.isCut()) {
            notes.add("Drawn are the first " + rows.rows().size() + " of " + rows.totalRows() + " rows.");
        }
        Chart chart = filled.get().draw(notes);
        return shown(
                new Visual(ReportForm.CHART, chart, List.of()),
                tracing.byRule("drawn", "Shown as a " + chart.kind() + " chart"));
    }

    private static Update shown(Visual visual, TraceStep step) {
        return Update.of(PictureGraph.VISUAL.set(visual), PictureGraph.TRACE.add(step));
    }
}
