package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelParameters;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel.OllamaChatModelBuilder;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel.OllamaStreamingChatModelBuilder;
import java.util.Map;

/** Models of a server of Ollama, which asks for a key only behind a gateway. */
final class OllamaModels implements ProviderModels {
    @Override
    public ChatModel chat(Access access) {
        ModelParameters parameters = access.spec().parameters();
        OllamaChatModelBuilder builder = OllamaChatModel.builder();
        builder.httpClientBuilder(access.http());
        builder.baseUrl(access.spec().endpoint());
        builder.modelName(access.spec().modelName());
        builder.customHeaders(header(access));
        builder.supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        builder.maxRetries(0);
        parameters.temperature().ifPresent(builder::temperature);
        parameters.topP().ifPresent(builder::topP);
        parameters.maxTokens().ifPresent(builder::numPredict);
        return builder.build();
    }

    @Override
    public StreamingChatModel streaming(Access access) {
        ModelParameters parameters = access.spec().parameters();
        OllamaStreamingChatModelBuilder builder = OllamaStreamingChatModel.builder();
        builder.httpClientBuilder(access.http());
        builder.baseUrl(access.spec().endpoint());
        builder.modelName(access.spec().modelName());
        builder.customHeaders(header(access));
        builder.supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        parameters.temperature().ifPresent(builder::temperature);
        parameters.topP().ifPresent(builder::topP);
        parameters.maxTokens().ifPresent(builder::numPredict);
        return builder.build();
    }

    private static Map<String, String> header(Access access) {
        return access.key().isEmpty()
                ? Map.of()
                : Map.of("Authorization", "Bearer " + access.key().reveal());
    }
}
