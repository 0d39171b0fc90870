package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelParameters;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.mistralai.MistralAiChatModel;
import dev.langchain4j.model.mistralai.MistralAiChatModel.MistralAiChatModelBuilder;
import dev.langchain4j.model.mistralai.MistralAiStreamingChatModel;
import dev.langchain4j.model.mistralai.MistralAiStreamingChatModel.MistralAiStreamingChatModelBuilder;

/** Models of Mistral. */
final class MistralModels implements ProviderModels {
    @Override
    public ChatModel chat(Access access) {
        ModelParameters parameters = access.spec().parameters();
        MistralAiChatModelBuilder builder = MistralAiChatModel.builder()
                .httpClientBuilder(access.http())
                .baseUrl(access.spec().endpoint())
                .apiKey(access.key().reveal())
                .modelName(access.spec().modelName())
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .maxRetries(0);
        parameters.temperature().ifPresent(builder::temperature);
        parameters.topP().ifPresent(builder::topP);
        parameters.maxTokens().ifPresent(builder::maxTokens);
        return builder.build();
    }

    @Override
    public StreamingChatModel streaming(Access access) {
        ModelParameters parameters = access.spec().parameters();
        MistralAiStreamingChatModelBuilder builder = MistralAiStreamingChatModel.builder()
                .httpClientBuilder(access.http())
                .baseUrl(access.spec().endpoint())
                .apiKey(access.key().reveal())
                .modelName(access.spec().modelName());
        parameters.temperature().ifPresent(builder::temperature);
        parameters.topP().ifPresent(builder::topP);
        parameters.maxTokens().ifPresent(builder::maxTokens);
        return builder.build();
    }
}
