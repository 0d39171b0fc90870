package dev.datastudio.cli;

import dev.datastudio.agents.eval.EvaluatedQuestion;
import dev.datastudio.agents.eval.Evaluation;
import dev.datastudio.agents.eval.EvaluationJson;
import dev.datastudio.agents.eval.EvaluationOptions;
import dev.datastudio.agents.eval.EvaluationOptions.Tables;
import dev.datastudio.agents.eval.EvaluationOutcome;
import dev.datastudio.agents.eval.EvaluationReport;
import dev.datastudio.agents.eval.EvaluationSet;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio eval SET DIR}. */
@Command(
        name = "eval",
        description = "Asks a set of questions with known answers and counts right, refused and wrong ones.",
        mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SET",
            description = "the format: nvbench, spider_dev, dabench, defog, wtq or nl4dv")
    private String set = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "the folder with the questions and their tables")
    private Path folder = Path.of("");

    @Option(names = "--json", description = "print the scores as JSON")
    private boolean json;

    @Option(
            names = "--failures",
            paramLabel = "FILE",
            description = "write a JSON line for each question that was not answered right")
    private @Nullable Path failures;

    @Option(names = "--only", paramLabel = "TEXT", description = "questions whose id, words or database hold this")
    private String only = "";

    @Option(names = "--limit", paramLabel = "N", description = "the first questions only")
    private int limit = Integer.MAX_VALUE;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "databases worked on at once (default: one for each processor)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--needed-tables",
            description = "ask about the tables that a question needs, not about its whole database")
    private boolean neededTables;

    private final Terminal terminal;

    EvalCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (limit < 1 || threads < 1) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--limit and --threads must be at least 1, were " + limit + " and " + threads,
                    "Leave them out, or give positive numbers");
        }
        Evaluation evaluation = Evaluation.of(EvaluationSet.named(set), folder);
        EvaluationReport report = run(evaluation, failures);
        terminal.out().println(json ? EvaluationJson.write(report) : EvaluationText.format(report));
        return StudioCommand.OK;
    }

    private EvaluationReport run(Evaluation evaluation, @Nullable Path file) {
        try (ProgressLine progress = terminal.progressOf("Evaluating " + set);
                Writer lines = file == null ? Writer.nullWriter() : Files.newBufferedWriter(file)) {
            EvaluationOptions options = EvaluationOptions.DEFAULT
                    .withOnly(only)
                    .withLimit(limit)
                    .withThreads(threads)
                    .withTables(neededTables ? Tables.NEEDED : Tables.DATABASE)
                    .withProgress(progress)
                    .withCancellation(terminal.cancellation());
            return evaluation.run(options, question -> write(lines, question));
        } catch (IOException | UncheckedIOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    "The file " + StudioException.quote(String.valueOf(file)) + " can't be written: " + e.getMessage(),
                    "Name a file in a folder that is there and may be written",
                    e);
        }
    }

    private static void write(Writer lines, EvaluatedQuestion question) {
        if (question.outcome() == EvaluationOutcome.RIGHT) {
            return;
        }
        try {
            lines.write(EvaluationJson.write(question));
            lines.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
