package dev.datastudio.agents.model.internal;

import dev.datastudio.api.error.StudioException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Set;

/** A model whose calls are limited, counted and can be stopped, and whose errors are Studio's. Thread-safe. */
public final class MeteredChatModel implements ChatModel {
    private final ChatModel model;
    private final Meter meter;

    public MeteredChatModel(ChatModel model, Meter meter) {
        this.model = model;
        this.meter = meter;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        Meter.Metering metering = meter.begin(request);
        ChatResponse response;
        try {
            CallScope scope = new CallScope(meter.use().cancellation(), () -> {});
            response = scope.calling(() -> model.chat(request));
        } catch (RuntimeException e) {
            StudioException error = meter.failure(e);
            metering.failed(error, 0);
            throw error;
        }
        metering.answered(response);
        return response;
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }
}
