package dev.datastudio.cli;

import dev.datastudio.core.Studio;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceCheck;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio sources check NAME}. */
@Command(
        name = "check",
        description = "Connects once, and tells what the user may do there.",
        mixinStandardHelpOptions = true)
final class SourcesCheckCommand extends SourcesTask {
    @Parameters(paramLabel = "NAME", description = "name of the database")
    private String name = "";

    SourcesCheckCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Studio studio) {
        Source source = named(studio, name);
        SourceCheck check = studio.sources().test(source.id());
        if (json()) {
            print(SourcesJson.check(source, check));
            return StudioCommand.OK;
        }
        print(source.name() + " answers: " + check.product() + ", " + words(check.rights()) + ", encryption "
                + words(check.encryption()) + ", " + check.took().toMillis() + " ms");
        check.advice().forEach(advice -> print("note: " + advice));
        return StudioCommand.OK;
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
