package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Provider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel.OpenAiChatModelBuilder;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder;
import java.util.Map;

/** Models of OpenAI, of Azure, and of whatever else speaks chat completions. */
record OpenAiModels(Flavour flavour) implements ProviderModels {
    private static final String DEFAULT_API_VERSION = "2024-10-21";

    /** How a service differs from OpenAI's own. */
    enum Flavour {
        /** It does not. */
        PLAIN,
        /** The deployment is part of the path, the version of the query, and the key has a header of its own. */
        AZURE
    }

    @Override
    public ChatModel chat(Access access) {
        ModelSpec spec = access.spec();
        ModelParameters parameters = spec.parameters();
        OpenAiChatModelBuilder builder = OpenAiChatModel.builder()
                .httpClientBuilder(access.http())
                .baseUrl(baseUrl(spec))
                .modelName(spec.modelName())
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .maxRetries(0);
        parameters.temperature().ifPresent(builder::temperature);
        parameters.topP().ifPresent(builder::topP);
        parameters.maxTokens().ifPresent(isOpenAi(spec) ? builder::maxCompletionTokens : builder::maxTokens);
        if (flavour == Flavour.AZURE) {
            builder.customHeaders(header(access)).customQueryParams(query(parameters));
        } else if (!access.key().isEmpty()) {
            builder.apiKey(access.key().reveal());
        }
        return builder.build();
    }

    @Override
    public StreamingChatModel streaming(Access access) {
        ModelSpec spec = access.spec();
        ModelParameters parameters = spec.parameters();
        OpenAiStreamingChatModelBuilder builder = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(access.http())
                .baseUrl(baseUrl(spec))
                .modelName(spec.modelName());
        parameters.temperature().ifPresent(builder::temperature);
        parameters.topP().ifPresent(builder::topP);
        parameters.maxTokens().ifPresent(isOpenAi(spec) ? builder::maxCompletionTokens : builder::maxTokens);
        if (flavour == Flavour.AZURE) {
            builder.customHeaders(header(access)).customQueryParams(query(parameters));
        } else if (!access.key().isEmpty()) {
            builder.apiKey(access.key().reveal());
        }
        return builder.build();
    }

    /** OpenAI's own service wants the limit of its reasoning models by its newer name, which many others don't know. */
    private static boolean isOpenAi(ModelSpec spec) {
        return spec.endpoint().equals(Provider.OPENAI.defaultEndpoint());
    }

    private String baseUrl(ModelSpec spec) {
        return flavour == Flavour.AZURE ? spec.endpoint() + "/openai/deployments/" + spec.modelName() : spec.endpoint();
    }

    private static Map<String, String> header(Access access) {
        return access.key().isEmpty()
                ? Map.of()
                : Map.of("api-key", access.key().reveal());
    }

    private static Map<String, String> query(ModelParameters parameters) {
        String version = parameters.apiVersion();
        return Map.of("api-version", version.isEmpty() ? DEFAULT_API_VERSION : version);
    }
}
