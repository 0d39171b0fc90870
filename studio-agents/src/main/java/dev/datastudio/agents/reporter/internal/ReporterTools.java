package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.reporter.Report;
import dev.datastudio.agents.reporter.ReportRequest;
import dev.datastudio.agents.reporter.ReportStatus;
import dev.datastudio.agents.reporter.Reporter;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.query.TextTable;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.tool.ToolProvider;
import dev.langchain4j.model.output.structured.Description;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives agents the reporter as a tool, when a model is active for the caller. Thread-safe. */
public final class ReporterTools implements ToolProvider {
    private static final String NAME = "ask_database";
    private static final int SHOWN_ROWS = 20;
    private static final int MOST_SOURCES = 16;
    private static final int LONGEST_TRACE = 300;

    /** What a model says to ask. */
    record Arguments(
            @Description("A whole question in plain English, with its filters and groups")
            String question,

            @Description("Ids or names of the databases and data sets that it may be about")
            List<String> source_ids) {}

    @Override
    public String name() {
        return "reporter";
    }

    @Override
    public String description() {
        return "Answers questions about databases and data sets with SQL that a model writes.";
    }

    @Override
    public List<Tool> tools(Studio studio, Caller caller) {
        boolean hasModel = Models.of(studio).as(caller).configs().active().isPresent();
        if (!hasModel || studio.sqlExecutor() == Studio.SqlExecutor.OFF) {
            return List.of();
        }
        return List.of(Tools.reading(
                NAME,
                "Answers a question about databases or data sets: finds the tables, writes SQL that only reads, mends it,"
                        + " runs it, and draws a chart where one helps. Use it when you don't know the tables; use"
                        + " sql_query when you do.",
                Arguments.class,
                (arguments, context) -> ask(studio, arguments, context)));
    }

    private static ToolResult ask(Studio studio, Arguments arguments, ToolContext context) {
        Sources sources = sources(studio, context.caller(), arguments.source_ids());
        ReportRequest request = ReportRequest.of(sources.databases(), sources.datasets(), arguments.question())
                .stoppedBy(context.cancellation());
        Report report = Reporter.of(studio).as(context.caller()).ask(request);
        return new ToolResult(
                text(report),
                report.status() == ReportStatus.NOT_ANSWERED,
                report.artifacts().stream()
                        .map(file -> new ArtifactKey(file.key()).value())
                        .toList());
    }

    private record Sources(List<SourceId> databases, List<Dataset> datasets) {}

    /** Of what the caller has only. */
    private static Sources sources(Studio studio, Caller caller, List<String> names) {
        if (names.isEmpty() || names.size() > MOST_SOURCES) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The question is about " + names.size() + " sources",
                    "Name 1 to " + MOST_SOURCES + " in source_ids");
        }
        List<SourceId> databases = new ArrayList<>();
        List<Dataset> datasets = new ArrayList<>();
        List<Source> known = studio.sources().as(caller).list();
        for (String name : names) {
            Optional<Dataset> dataset = studio.datasets().as(caller).list().stream()
                    .filter(each ->
                            each.id().toString().equals(name) || each.name().equals(name))
                    .max((one, other) -> Integer.compare(one.version(), other.version()));
            Optional<Source> database = known.stream()
                    .filter(each ->
                            each.id().toString().equals(name) || each.name().equals(name))
                    .findFirst();
            if (database.isPresent()) {
                databases.add(database.get().id());
            } else {
                datasets.add(dataset.orElseThrow(() -> new StudioException(
                        ErrorCode.SOURCE_NOT_FOUND,
                        "There is no source " + StudioException.quote(name),
                        "List data sets and sources to see their ids")));
            }
        }
        return new Sources(databases, datasets);
    }

    private static String text(Report report) {
        StringBuilder text = new StringBuilder(report.text());
        if (!report.sql().isEmpty()) {
            text.append("\nSQL: ").append(ForeignText.line(report.sql(), WriteSteps.LONGEST_SQL));
        }
        if (!report.rows().isEmpty()) {
            text.append("\nRows (")
                    .append(Math.min(SHOWN_ROWS, report.rows().size()))
                    .append(" shown, ")
                    .append(report.totalRows())
                    .append(" total):\n")
                    .append(TextTable.format(report.columns(), report.rows(), SHOWN_ROWS));
        }
        report.artifacts().stream()
                .filter(file -> file.type().equals("image"))
                .forEach(file -> text.append("\nPicture: ").append(file.key()));
        report.notes().forEach(note -> text.append("\nNote: ").append(note));
        if (!report.figures().isEmpty()) {
            text.append("\nNumbers that no row holds: ").append(String.join(", ", report.figures()));
        }
        if (report.status() != ReportStatus.ANSWERED && !report.trace().isEmpty()) {
            String last = report.trace().get(report.trace().size() - 1).decision();
            text.append("\nIt ended with: ").append(ForeignText.line(last, LONGEST_TRACE));
        }
        return text.toString();
    }
}
