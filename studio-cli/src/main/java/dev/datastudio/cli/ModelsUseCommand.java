package dev.datastudio.cli;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelConfigJson;
import dev.datastudio.agents.model.Models;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio models use NAME}. */
@Command(
        name = "use",
        description = "Makes a model the one that is used when none is named.",
        mixinStandardHelpOptions = true)
final class ModelsUseCommand extends ModelsTask {
    @Parameters(paramLabel = "NAME", description = "name of the model")
    private String name = "";

    ModelsUseCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Models models) {
        ModelConfig used = models.configs().activate(kept(models, name).id());
        print(json() ? ModelConfigJson.write(used) : "Using " + used.name() + ".");
        return StudioCommand.OK;
    }
}
