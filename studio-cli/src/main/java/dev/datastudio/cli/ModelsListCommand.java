package dev.datastudio.cli;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelConfigJson;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.Models;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code studio models list}. */
@Command(
        name = "list",
        description = "Lists the models; the one that is used has a star.",
        mixinStandardHelpOptions = true)
final class ModelsListCommand extends ModelsTask {
    private static final String NONE = "There are no models yet. Add one: ./studio models add NAME --provider openai";

    ModelsListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Models models) {
        List<ModelConfig> all = models.configs().list();
        if (json()) {
            print(ModelConfigJson.write(all));
        } else if (all.isEmpty()) {
            print(NONE);
        } else {
            ModelConfig active = models.configs().active().orElse(null);
            all.forEach(config -> print(line(config, config.equals(active) ? "*" : " ")));
        }
        return StudioCommand.OK;
    }

    private static String line(ModelConfig config, String mark) {
        String origin = config.isFromEnvironment() ? ", from OPENAI_API_KEY" : "";
        String whose = config.scope() == ModelScope.USER ? ", mine" : "";
        String key = config.hasKey() ? "" : ", no key";
        return mark + " " + config.name() + "  " + config.spec().provider().id() + " "
                + config.spec().modelName() + " at " + config.spec().endpoint() + origin + whose + key;
    }
}
