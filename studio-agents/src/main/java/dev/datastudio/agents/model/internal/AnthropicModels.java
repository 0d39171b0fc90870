package dev.datastudio.agents.model.internal;

import dev.datastudio.agents.model.ModelParameters;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicChatModel.AnthropicChatModelBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel.AnthropicStreamingChatModelBuilder;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;

/** Models of Anthropic, whose service wants a limit for answers in each request. */
final class AnthropicModels implements ProviderModels {
    private static final int MAX_TOKENS = 4_096;

    @Override
    public ChatModel chat(Access access) {
        ModelParameters parameters = access.spec().parameters();
        AnthropicChatModelBuilder builder = AnthropicChatModel.builder()
                .httpClientBuilder(access.http())
                .baseUrl(access.spec().endpoint() + "/")
                .apiKey(access.key().reveal())
                .modelName(access.spec().modelName())
                .maxTokens(parameters.maxTokens().orElse(MAX_TOKENS))
                .maxRetries(0);
        parameters.temperature().ifPresent(builder::temperature);
        parameters.topP().ifPresent(builder::topP);
        return builder.build();
    }

    @Override
    public StreamingChatModel streaming(Access access) {
        ModelParameters parameters = access.spec().parameters();
        AnthropicStreamingChatModelBuilder builder = AnthropicStreamingChatModel.builder()
                .httpClientBuilder(access.http())
                .baseUrl(access.spec().endpoint() + "/")
                .apiKey(access.key().reveal())
                .modelName(access.spec().modelName())
                .maxTokens(parameters.maxTokens().orElse(MAX_TOKENS));
        parameters.temperature().ifPresent(builder::temperature);
        parameters.topP().ifPresent(builder::topP);
        return builder.build();
    }
}
