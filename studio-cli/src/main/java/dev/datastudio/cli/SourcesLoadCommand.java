package dev.datastudio.cli;

import dev.datastudio.agents.loader.DatabaseLoader;
import dev.datastudio.agents.loader.LoadOptions;
import dev.datastudio.agents.loader.LoadOptions.SentValues;
import dev.datastudio.agents.loader.LoadReport;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.source.Source;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio sources load NAME}. */
@Command(
        name = "load",
        description = "Describes the tables that are new or changed, and finds how they belong together.",
        mixinStandardHelpOptions = true)
final class SourcesLoadCommand extends SourcesTask {
    @Parameters(paramLabel = "NAME", description = "name of the database")
    private String name = "";

    @Option(
            names = "--model",
            paramLabel = "CONFIG",
            description = "the configured model that describes tables (default: the active one, if there is one)")
    private @Nullable String model;

    @Option(names = "--built-in", description = "describe by rules, without a model")
    private boolean builtIn;

    @Option(names = "--no-values", description = "show a model no value of the database")
    private boolean noValues;

    @Option(names = "--all", description = "describe every table again")
    private boolean all;

    SourcesLoadCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio) {
        LoadOptions options = options();
        Source source = named(studio, name);
        LoadReport report;
        try (ProgressLine progress = terminal().progressOf(source.name())) {
            report = DatabaseLoader.of(studio)
                    .load(source.id(), options, progress, terminal().cancellation());
        }
        TableDocs docs = TableDocs.of(studio.metadata(), studio.caller());
        print(
                json()
                        ? SourcesJson.load(source, report, docs.list(source.id()))
                        : LoadText.format(source, report, docs.list(source.id())));
        return StudioCommand.OK;
    }

    private LoadOptions options() {
        if (builtIn && model != null) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--built-in and --model contradict each other",
                    "Leave one of them out");
        }
        LoadOptions options = builtIn ? LoadOptions.DEFAULT.builtIn() : LoadOptions.DEFAULT;
        options = model == null ? options : options.by(model);
        options = noValues ? options.showing(SentValues.NONE) : options;
        return all ? options.everything() : options;
    }
}
