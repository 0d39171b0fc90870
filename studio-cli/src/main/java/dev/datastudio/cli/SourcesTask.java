package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.Source;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands on databases have in common. */
abstract class SourcesTask implements Callable<Integer> {
    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    SourcesTask(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        try (Studio studio = workspace.openForFiles()) {
            return run(studio);
        }
    }

    /** Does the work and gives the exit code. */
    abstract int run(Studio studio);

    final Terminal terminal() {
        return terminal;
    }

    final boolean json() {
        return json;
    }

    final void print(String text) {
        terminal.out().println(text);
    }

    /** The database of a name, letter case aside, or of an id. */
    static Source named(Studio studio, String name) {
        List<Source> all = studio.sources().list();
        return all.stream()
                .filter(source ->
                        source.name().equals(name) || source.id().toString().equals(name))
                .findFirst()
                .or(() -> all.stream()
                        .filter(source -> source.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> new StudioException(
                        ErrorCode.SOURCE_NOT_FOUND,
                        "There is no database " + StudioException.quote(name),
                        "List the databases with './studio sources list' and use the name of one of them"));
    }
}
