package dev.datastudio.cli;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.core.Studio;
import dev.datastudio.core.export.ExportOptions;
import dev.datastudio.core.export.ExportResult;
import dev.datastudio.core.query.EngineLease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio export FILE --to OTHER}: rows as CSV, TSV, JSON, JSON lines, Parquet or Excel (A15). */
@Command(
        name = "export",
        description = "Writes the rows of a file, or of a SELECT over files, into another file.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private static final Duration LONG = Duration.ofHours(1);

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE... [SQL]",
            description = "the file; or the files, then a statement in quotes")
    private List<String> words = List.of();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE",
            description = "where the rows go; ends in .csv, .tsv, .json, .jsonl, .parquet or .xlsx")
    private Path target = Path.of("");

    @Option(names = "--replace", description = "replace the file if it is there")
    private boolean replace;

    @Option(
            names = "--keep-formulas",
            description = "write texts that begin with =, +, - or @ as they are; a spreadsheet may run them")
    private boolean keepFormulas;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ExportOptions options = ExportOptions.of(target).cancelledBy(terminal.cancellation());
        options = replace ? options.replacing() : options;
        options = keepFormulas ? options.keepingFormulas() : options;
        try (Studio studio = workspace.open();
                ProgressLine progress = terminal.progressOf("Exporting")) {
            ExportResult result = export(studio, options.telling(progress));
            result.notes().forEach(note -> terminal.err().println("note: " + note));
            terminal.out()
                    .println(String.format(
                            Locale.ROOT, "%s: %,d rows, %,d bytes", result.file(), result.rows(), result.bytes()));
            return StudioCommand.OK;
        }
    }

    private ExportResult export(Studio studio, ExportOptions options) {
        DataFiles files = new DataFiles(studio, terminal);
        if (words.size() == 1) {
            return studio.exports().export(files.open(words).get(0), target, options);
        }
        String sql = words.get(words.size() - 1);
        if (!sql.strip().contains(" ")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Several files were named, and " + StudioException.quote(sql) + " is no statement",
                    "Export one file, or give a SELECT in quotes after the files");
        }
        List<Dataset> datasets = files.open(words.subList(0, words.size() - 1));
        Query query = new Query(sql, List.of(), new QueryLimits(QueryLimits.NO_ROW_LIMIT, LONG));
        try (EngineLease lease = studio.engine(datasets)) {
            return studio.exports().export(lease.engine(), query, target, options);
        }
    }
}
