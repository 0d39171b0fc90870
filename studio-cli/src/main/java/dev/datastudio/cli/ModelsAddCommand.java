package dev.datastudio.cli;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelConfigJson;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.secret.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio models add NAME --provider ...}; the key is never a word of the command, which others can see. */
@Command(
        name = "add",
        description = "Adds a model. Its key is asked for, or comes from a variable or standard input.",
        mixinStandardHelpOptions = true)
final class ModelsAddCommand extends ModelsTask {
    @Parameters(paramLabel = "NAME", description = "what you call it")
    private String name = "";

    @Option(
            names = "--provider",
            required = true,
            paramLabel = "PROVIDER",
            description = "openai, azure_openai, anthropic, ollama, mistral or generic (speaks as OpenAI does)")
    private String provider = "";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "the model's name at the service; for azure_openai the deployment's (default: the provider's)")
    private String model = "";

    @Option(names = "--endpoint", paramLabel = "URL", description = "where the service is (default: the provider's)")
    private String endpoint = "";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "temperature, top_p, max_tokens, timeout_seconds, max_retries, api_version,"
                    + " input_price_per_million or output_price_per_million; can be repeated")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--mine", description = "only for yourself")
    private boolean mine;

    @Mixin
    private KeyOption key = new KeyOption();

    ModelsAddCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(Models models) {
        ModelSpec spec =
                new ModelSpec(name, Provider.parse(provider), model, endpoint, ModelConfigJson.parameters(parameters));
        Secret secret = key.read(spec.provider());
        ModelConfig added = models.configs().create(spec, mine ? ModelScope.USER : ModelScope.TENANT, secret);
        print(json() ? ModelConfigJson.write(added) : "Added " + added.name() + ". Try it: ./studio models test");
        return StudioCommand.OK;
    }
}
