package dev.datastudio.cli;

import dev.datastudio.agents.reporter.Report;
import dev.datastudio.agents.reporter.ReportJson;
import dev.datastudio.agents.reporter.ReportOptions;
import dev.datastudio.agents.reporter.ReportRequest;
import dev.datastudio.agents.reporter.ReportStatus;
import dev.datastudio.agents.reporter.Reporter;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.io.File;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio report SOURCE_OR_FILE... QUESTION}: SQL that a model writes, over databases and files. */
@Command(
        name = "report",
        description = "Answers a question with SQL that a model writes, over files or connected databases.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 100_000;

    @Parameters(
            arity = "2..*",
            paramLabel = "SOURCE_OR_FILE... QUESTION",
            description = "names or ids of databases, or files, then the question as one word in quotes")
    private List<String> words = List.of();

    @Option(
            names = "--model",
            paramLabel = "CONFIG",
            description = "a configured model (default: the active one; without one the built-in planner answers)")
    private @Nullable String model;

    @Option(names = "--json", description = "print the report as JSON, with its trace")
    private boolean json;

    @Option(names = "--trace", description = "show each step: what was decided, by whom, how long, how many tokens")
    private boolean trace;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "5000", description = "rows at most, 1 to 100000")
    private int rows;

    @Option(
            names = "--show-rows",
            paramLabel = "N",
            defaultValue = "20",
            description = "rows that the model is shown to write the answer; with 0 no row leaves the program")
    private int shownRows;

    @Option(names = "--no-images", description = "draw no pictures")
    private boolean noImages;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ReportOptions options = options();
        try (Studio studio = workspace.openForFiles()) {
            Report report = reporter(studio).ask(request(studio).with(options).stoppedBy(terminal.cancellation()));
            terminal.out().println(json ? ReportJson.write(report) : new ReportText(trace).format(report));
            return report.status() == ReportStatus.ANSWERED ? StudioCommand.OK : StudioCommand.NO_ANSWER;
        }
    }

    private ReportOptions options() {
        if (rows < 1 || rows > MOST_ROWS) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "--rows is " + rows, "Give a number from 1 to " + MOST_ROWS);
        }
        if (shownRows < 0 || shownRows > 1_000) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "--show-rows is " + shownRows, "Give a number from 0 to 1000");
        }
        return ReportOptions.DEFAULT.toBuilder()
                .maxRows(rows)
                .shownRows(shownRows)
                .pictures(noImages ? ReportOptions.Pictures.SKIP : ReportOptions.Pictures.DRAW)
                .build();
    }

    private Reporter reporter(Studio studio) {
        Reporter reporter = Reporter.of(studio);
        return model == null ? reporter : reporter.by(model.equals("active") ? "" : model);
    }

    private ReportRequest request(Studio studio) {
        String question = words.get(words.size() - 1);
        if (new File(question).isFile()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The last word " + StudioException.quote(question) + " is a file, no question",
                    "Name the files first, then the question in quotes");
        }
        NamedData data = NamedData.of(studio, terminal, words.subList(0, words.size() - 1));
        return ReportRequest.of(data.sources(), data.datasets(), question);
    }
}
