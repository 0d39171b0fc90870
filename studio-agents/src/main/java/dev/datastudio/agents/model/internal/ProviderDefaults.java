package dev.datastudio.agents.model.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.agents.model.Provider;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is assumed of a provider unless told, from the resource {@code providers.json}. Immutable.
 *
 * @param title what people call it
 * @param model the name of its model; empty for none
 * @param embeddingModel the name of its model for embeddings; empty for none
 * @param endpoint where it is reached; empty when that must be told
 */
public record ProviderDefaults(String title, String model, String embeddingModel, String endpoint) {
    private static final Map<String, ProviderDefaults> ALL = read();

    /** The defaults of a provider. */
    public static ProviderDefaults of(Provider provider) {
        ProviderDefaults defaults = ALL.get(provider.id());
        if (defaults == null) {
            throw new IllegalStateException("providers.json lacks " + provider.id());
        }
        return defaults;
    }

    private static Map<String, ProviderDefaults> read() {
        JsonNode root = ModelResources.read("providers.json");
        return Arrays.stream(Provider.values())
                .map(Provider::id)
                .collect(Collectors.toUnmodifiableMap(id -> id, id -> from(root.path(id))));
    }

    private static ProviderDefaults from(JsonNode node) {
        return new ProviderDefaults(
                node.path("name").asText(),
                node.path("model").asText(),
                node.path("embedding_model").asText(),
                node.path("endpoint").asText());
    }
}
