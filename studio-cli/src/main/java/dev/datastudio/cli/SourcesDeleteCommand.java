package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.core.source.Source;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio sources delete NAME}. */
@Command(
        name = "delete",
        description =
                "Forgets a database, its password and all that is known of its tables. The database itself stays.",
        mixinStandardHelpOptions = true)
final class SourcesDeleteCommand extends SourcesTask {
    @Parameters(paramLabel = "NAME", description = "name of the database")
    private String name = "";

    SourcesDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio) {
        Source source = named(studio, name);
        studio.sources().delete(source.id());
        print(json() ? SourcesJson.source(source) : "Forgot " + source.name() + " and its password.");
        return StudioCommand.OK;
    }
}
