package dev.datastudio.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code studio models list|add|test|use|delete}: language models and their keys (P1). */
@Command(
        name = "models",
        description = "Keeps which language models are used, with their keys sealed.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ModelsListCommand.class,
            ModelsAddCommand.class,
            ModelsTestCommand.class,
            ModelsUseCommand.class,
            ModelsDeleteCommand.class
        })
final class ModelsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Say what to do with models: list, add, test, use or delete");
    }
}
