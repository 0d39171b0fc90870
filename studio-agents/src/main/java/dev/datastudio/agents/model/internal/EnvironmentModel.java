package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The model that the environment of the program offers: OpenAI's default one, when {@value #KEY} is set. Immutable.
 *
 * @param config says that it comes from there
 * @param key what the variable holds
 */
public record EnvironmentModel(ModelConfig config, Secret key) {
    /** The variable with the key. */
    public static final String KEY = "OPENAI_API_KEY";

    /** The variable with the address of another service that speaks the same protocol. */
    public static final String BASE = "OPENAI_API_BASE";

    /** What the configuration is called. */
    public static final String NAME = "environment";

    private static final UUID ID = UUID.nameUUIDFromBytes(KEY.getBytes(StandardCharsets.US_ASCII));

    /** What these variables offer. */
    public static Optional<EnvironmentModel> in(Map<String, String> environment) {
        String key = environment.getOrDefault(KEY, "").strip();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        ModelSpec spec = ModelSpec.of(Provider.OPENAI, NAME, "", environment.getOrDefault(BASE, ""));
        ModelConfig config = new ModelConfig(ID, spec, ModelScope.TENANT, true, true, 0, Instant.EPOCH, Instant.EPOCH);
        return Optional.of(new EnvironmentModel(config, Secret.of(key)));
    }
}
