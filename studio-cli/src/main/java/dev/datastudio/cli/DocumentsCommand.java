package dev.datastudio.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code studio documents add|list|search|ask|delete|retry}: files of text, found and asked (A9, G9). */
@Command(
        name = "documents",
        description = "Keeps documents (PDF, Word, slides, mail, ...), finds passages in them and answers out of them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DocumentsAddCommand.class,
            DocumentsListCommand.class,
            DocumentsSearchCommand.class,
            DocumentsAskCommand.class,
            DocumentsDeleteCommand.class,
            DocumentsRetryCommand.class
        })
final class DocumentsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to do with documents: add, list, search, ask, delete or retry");
    }
}
