package dev.datastudio.cli;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.vocabulary.TaughtWord;
import dev.datastudio.agents.vocabulary.Teaching;
import dev.datastudio.agents.vocabulary.Teaching.Taught;
import dev.datastudio.agents.vocabulary.VerifiedQuestion;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio teach}: other names of columns and values, measures, and checked questions. */
@Command(
        name = "teach",
        description = "Teaches words: teach add FILE turnover --column Sales; teach list; teach remove ID.",
        mixinStandardHelpOptions = true)
final class TeachCommand {
    private final Terminal terminal;

    TeachCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(name = "add", description = "Teaches what words mean in a file.", mixinStandardHelpOptions = true)
    int add(
            @Mixin WorkspaceOption workspace,
            @Parameters(paramLabel = "FILE", description = "the file whose columns are meant") String file,
            @Parameters(paramLabel = "WORDS", description = "the words, in quotes when there are several") String words,
            @Option(names = "--column", paramLabel = "COLUMN", description = "they are this column") @Nullable
                    String column,
            @Option(names = "--values", paramLabel = "COLUMN=A,B", description = "they are these values of a column")
                    @Nullable
                    String values,
            @Option(
                            names = "--formula",
                            paramLabel = "FORMULA",
                            description = "they are a measure, such as \"sum(price * quantity)\"")
                    @Nullable
                    String formula,
            @Option(
                            names = "--as",
                            paramLabel = "QUESTION",
                            description = "they are a question that asks the same as this one")
                    @Nullable
                    String question,
            @Option(names = "--everywhere", description = "in every file that has these columns") boolean everywhere) {
        return with(workspace, studio -> {
            Dataset dataset = new DataFiles(studio, terminal).open(file);
            Taught taught;
            if (question != null) {
                taught = Teaching.of(studio).verify(verified(studio, dataset, words, question));
            } else {
                TaughtWord word = word(words, column, values, formula);
                requireColumns(word, dataset);
                taught = Teaching.of(studio).teach(everywhere ? word : word.in(dataset.table()));
            }
            terminal.out().println(taught.id() + "  " + taught.text());
            return StudioCommand.OK;
        });
    }

    private static TaughtWord word(
            String words, @Nullable String column, @Nullable String values, @Nullable String formula) {
        if (column != null) {
            return TaughtWord.column(words, column);
        } else if (formula != null) {
            return TaughtWord.measure(words, formula);
        } else if (values != null && values.indexOf('=') > 0) {
            int equals = values.indexOf('=');
            List<String> list = List.of(values.substring(equals + 1).split(",", -1));
            return TaughtWord.values(words, values.substring(0, equals), list);
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "It is not said what " + StudioException.quote(words) + " means",
                "Give one of --column COLUMN, --values COLUMN=A,B, --formula FORMULA, --as QUESTION");
    }

    /** What has no column here would never be understood. */
    private static void requireColumns(TaughtWord word, Dataset dataset) {
        word.meaning().columns().forEach(dataset::column);
        if (dataset.findColumn(word.words()).isPresent()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    StudioException.quote(word.words()) + " is a column of " + dataset.name() + " itself",
                    "Teach other words; the columns are "
                            + dataset.columns().stream().map(Column::name).toList());
        }
    }

    private static VerifiedQuestion verified(Studio studio, Dataset dataset, String words, String question) {
        PlanOutcome outcome = Analyst.of(studio).plan(List.of(dataset), question);
        if (outcome instanceof PlanOutcome.Planned planned) {
            return new VerifiedQuestion(words, planned.plan());
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The question " + StudioException.quote(question) + " has no single answer in " + dataset.name(),
                "Ask it with ./studio ask first, until it is answered as you mean it");
    }

    @Command(name = "list", description = "Lists what was taught, with its ids.", mixinStandardHelpOptions = true)
    int list(
            @Mixin WorkspaceOption workspace,
            @Option(names = "--json", description = "print it as JSON") boolean json) {
        return with(workspace, studio -> {
            if (json) {
                terminal.out().println(Teaching.of(studio).export());
            } else {
                Teaching.of(studio).list().forEach(t -> terminal.out().println(t.id() + "  " + t.text()));
            }
            return StudioCommand.OK;
        });
    }

    @Command(name = "remove", description = "Forgets something.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin WorkspaceOption workspace,
            @Parameters(paramLabel = "ID", description = "the id, or the words themselves") String id) {
        return with(workspace, studio -> {
            Teaching teaching = Teaching.of(studio);
            List<Taught> named = teaching.find(id);
            if (named.isEmpty()) {
                teaching.remove(id);
            }
            named.forEach(t -> teaching.remove(t.id()));
            return StudioCommand.OK;
        });
    }

    private interface Work {
        int on(Studio studio);
    }

    private static int with(WorkspaceOption workspace, Work work) {
        try (Studio studio = workspace.open()) {
            return work.on(studio);
        }
    }
}
