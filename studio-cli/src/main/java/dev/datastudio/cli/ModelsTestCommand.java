package dev.datastudio.cli;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.Models;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio models test [NAME]}. */
@Command(name = "test", description = "Tries a model with one short call.", mixinStandardHelpOptions = true)
final class ModelsTestCommand extends ModelsTask {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "name of the model (default: the one that is used)")
    private String name = "";

    ModelsTestCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Models models) {
        ModelConfig config =
                name.isEmpty() ? models.configs().active().orElseThrow(ModelsTestCommand::none) : named(models, name);
        return show(config.name(), models.test(config));
    }

    private static StudioException none() {
        return new StudioException(
                ErrorCode.ENTRY_NOT_FOUND, "There are no models yet", "Add one with './studio models add'");
    }
}
