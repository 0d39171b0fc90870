package dev.datastudio.agents.model.internal;

import dev.datastudio.api.error.StudioException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Set;

/**
 * A streaming model whose calls are limited, counted and can be stopped, and whose errors are Studio's. Each call ends
 * with exactly one {@code onCompleteResponse} or {@code onError}, also when it is cancelled. Thread-safe.
 */
public final class MeteredStreamingChatModel implements StreamingChatModel {
    private final StreamingChatModel model;
    private final Meter meter;

    public MeteredStreamingChatModel(StreamingChatModel model, Meter meter) {
        this.model = model;
        this.meter = meter;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Meter.Metering metering;
        try {
            metering = meter.begin(request);
        } catch (StudioException e) {
            handler.onError(e);
            return;
        }
        MeteredStream stream = new MeteredStream(handler, meter, metering);
        CallScope scope = new CallScope(meter.use().cancellation(), stream::ended);
        try {
            scope.calling(() -> {
                model.chat(request, stream);
                return stream;
            });
        } catch (RuntimeException e) {
            stream.onError(e);
        }
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
