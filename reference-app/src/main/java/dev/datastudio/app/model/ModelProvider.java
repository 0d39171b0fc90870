package dev.datastudio.app.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.agents.model.Provider;
import java.util.Optional;

/**
 * Who offers models.
 *
 * @param provider its id
 * @param title what people call it
 * @param defaultModel the model that is used unless another one is named; null when one must be named
 * @param defaultEndpoint where it is reached unless told; null when it must be told
 * @param needsKey whether it takes no request without a key
 * @param needsEndpoint whether its endpoint must be told
 */
public record ModelProvider(
        String provider,
        String title,
        @JsonProperty("default_model") Optional<String> defaultModel,
        @JsonProperty("default_endpoint") Optional<String> defaultEndpoint,
        @JsonProperty("needs_key") boolean needsKey,
        @JsonProperty("needs_endpoint") boolean needsEndpoint) {
    static ModelProvider of(Provider provider) {
        return new ModelProvider(
                provider.id(),
                provider.title(),
                Optional.of(provider.defaultModel()).filter(model -> !model.isEmpty()),
                Optional.of(provider.defaultEndpoint()).filter(endpoint -> !endpoint.isEmpty()),
                !provider.worksWithoutKey(),
                provider.defaultEndpoint().isEmpty());
    }
}
