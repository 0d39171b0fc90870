package dev.datastudio.cli;

import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.query.TextTable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio sql FILE... "SELECT …"}: one statement that only reads, behind the gate. */
@Command(
        name = "sql",
        description = "Runs one SELECT over files; each is a table named after its file.",
        mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
    private static final int SHOWN_ROWS = 50;

    @Parameters(arity = "2..*", paramLabel = "FILE... SQL", description = "the files, then the statement in quotes")
    private List<String> words = List.of();

    @Option(names = "--json", description = "print the rows as JSON")
    private boolean json;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "1000", description = "rows at most; 0 for no limit")
    private long rows;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "60", description = "stop it after this time")
    private int timeoutSeconds;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    SqlCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (rows < 0) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "--rows is " + rows, "Give 0 for no limit, or a positive number");
        }
        if (timeoutSeconds < 1) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "--timeout is " + timeoutSeconds, "Give at least 1 second");
        }
        try (Studio studio = workspace.open()) {
            List<Dataset> datasets = new DataFiles(studio, terminal).open(words.subList(0, words.size() - 1));
            QueryLimits limits =
                    new QueryLimits(rows == 0 ? QueryLimits.NO_ROW_LIMIT : rows, Duration.ofSeconds(timeoutSeconds));
            Query query = new Query(words.get(words.size() - 1), List.of(), limits);
            print(studio.query(datasets, query, terminal.cancellation()));
            return StudioCommand.OK;
        }
    }

    private void print(QueryResult result) {
        if (json) {
            terminal.out().println(AnswerJson.write(result));
            return;
        }
        terminal.out().println(TextTable.format(result.columns(), result.rows(), SHOWN_ROWS));
        long hidden = result.totalRows() - Math.min(SHOWN_ROWS, result.rows().size());
        if (hidden > 0) {
            terminal.err()
                    .println(String.format(
                            Locale.ROOT,
                            "%,d of %,d rows shown; --json --rows 0 gives all",
                            SHOWN_ROWS,
                            result.totalRows()));
        }
    }
}
