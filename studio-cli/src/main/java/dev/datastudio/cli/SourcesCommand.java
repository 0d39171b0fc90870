package dev.datastudio.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code studio sources add|list|check|load|ask|delete}: connected databases (R1, R2, R3). */
@Command(
        name = "sources",
        description = "Connects databases, gets to know their tables, and answers questions about them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SourcesAddCommand.class,
            SourcesListCommand.class,
            SourcesCheckCommand.class,
            SourcesLoadCommand.class,
            SourcesAskCommand.class,
            SourcesDeleteCommand.class
        })
final class SourcesCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to do with databases: add, list, check, load, ask or delete");
    }
}
