package dev.datastudio.cli;

import dev.datastudio.agents.model.ModelCheck;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelConfigJson;
import dev.datastudio.agents.model.ModelUse;
import dev.datastudio.agents.model.Models;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands on models have in common. */
abstract class ModelsTask implements Callable<Integer> {
    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ModelsTask(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        try (Studio studio = workspace.open()) {
            return run(Models.of(studio).in(ModelUse.NONE.stoppedBy(terminal.cancellation())));
        }
    }

    /** Does the work and gives the exit code. */
    abstract int run(Models models);

    final boolean json() {
        return json;
    }

    final void print(String text) {
        terminal.out().println(text);
    }

    /** The model of a name. */
    static ModelConfig named(Models models, String name) {
        return models.configs()
                .find(name)
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_NOT_FOUND,
                        "There is no model " + StudioException.quote(name),
                        "List the models with './studio models list' and use the name of one of them"));
    }

    /** One that is kept, not offered by the environment. */
    static ModelConfig kept(Models models, String name) {
        ModelConfig config = named(models, name);
        if (config.isFromEnvironment()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The model " + StudioException.quote(name) + " comes from the variable OPENAI_API_KEY",
                    "Change the variable, or add a model of your own");
        }
        return config;
    }

    /** What came of trying a model; gives the exit code. */
    final int show(String name, ModelCheck check) {
        if (json) {
            print(ModelConfigJson.write(check));
        } else if (check instanceof ModelCheck.Answered answered) {
            print(name + " answers: " + answered.modelName() + ", "
                    + answered.took().toMillis() + " ms");
        } else if (check instanceof ModelCheck.Failed failed) {
            terminal.err().println("error: " + failed.what() + ". " + failed.mend() + ".");
        } else {
            throw new AssertionError(check);
        }
        return check.works() ? StudioCommand.OK : StudioCommand.ERROR;
    }
}
