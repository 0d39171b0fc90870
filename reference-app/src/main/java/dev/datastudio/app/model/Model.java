package dev.datastudio.app.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.agents.model.ModelConfig;
import java.util.UUID;

/**
 * A configured model. Its key can be set and never be read.
 *
 * @param id names it
 * @param name what people call it
 * @param provider {@code openai}, {@code azure_openai}, {@code anthropic}, {@code ollama}, {@code mistral} or {@code generic}
 * @param modelName the model's name at its service
 * @param endpointUrl where the service is reached
 * @param isActive whether it is used when none is named
 * @param configuration how it is called
 * @param scope {@code tenant} for everybody of the organisation, {@code user} for the one who made it
 * @param hasKey whether a key is kept for it
 * @param fromEnvironment whether it comes from the environment of the server and is kept nowhere
 * @param revision 1 when it was made, one more with each change
 */
public record Model(
        UUID id,
        String name,
        String provider,
        @JsonProperty("model_name") String modelName,
        @JsonProperty("endpoint_url") String endpointUrl,
        @JsonProperty("is_active") boolean isActive,
        ModelSettings configuration,
        String scope,
        @JsonProperty("has_key") boolean hasKey,
        @JsonProperty("from_environment") boolean fromEnvironment,
        long revision) {
    /** A configuration as the API shows it. */
    public static Model of(ModelConfig config) {
        return new Model(
                config.id(),
                config.name(),
                config.spec().provider().id(),
                config.spec().modelName(),
                config.spec().endpoint(),
                config.isActive(),
                ModelSettings.of(config.spec().parameters()),
                config.scope().id(),
                config.hasKey(),
                config.isFromEnvironment(),
                config.revision());
    }
}
