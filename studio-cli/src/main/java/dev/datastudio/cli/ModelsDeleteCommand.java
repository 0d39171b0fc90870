package dev.datastudio.cli;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelConfigJson;
import dev.datastudio.agents.model.Models;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code studio models delete NAME}. */
@Command(name = "delete", description = "Forgets a model and its key.", mixinStandardHelpOptions = true)
final class ModelsDeleteCommand extends ModelsTask {
    @Parameters(paramLabel = "NAME", description = "name of the model")
    private String name = "";

    ModelsDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Models models) {
        ModelConfig config = kept(models, name);
        models.configs().delete(config.id());
        print(json() ? ModelConfigJson.write(config) : "Deleted " + config.name() + " and its key.");
        return StudioCommand.OK;
    }
}
