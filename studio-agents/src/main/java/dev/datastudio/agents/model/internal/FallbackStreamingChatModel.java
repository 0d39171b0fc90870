package dev.datastudio.agents.model.internal;

import dev.datastudio.api.error.StudioException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Set;

/** Asks the next model when one fails before the first piece of its answer. Immutable. */
public final class FallbackStreamingChatModel implements StreamingChatModel {
    private final List<StreamingChatModel> models;

    /**
     * Models in the order in which they are asked.
     *
     * @param models at least one
     */
    public FallbackStreamingChatModel(List<StreamingChatModel> models) {
        this.models = List.copyOf(models);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        ask(0, request, handler);
    }

    private void ask(int index, ChatRequest request, StreamingChatResponseHandler handler) {
        boolean isLast = index == models.size() - 1;
        models.get(index).chat(request, isLast ? handler : new UntilFirstPiece(handler, index, request));
    }

    @Override
    public ModelProvider provider() {
        return models.get(0).provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return NextModel.shared(
                models.stream().map(StreamingChatModel::supportedCapabilities).toList());
    }

    /** What was shown can't be taken back: after it a failure is passed on. */
    private final class UntilFirstPiece implements StreamingChatResponseHandler {
        private final StreamingChatResponseHandler handler;
        private final int index;
        private final ChatRequest request;
        private boolean isShown;

        private UntilFirstPiece(StreamingChatResponseHandler handler, int index, ChatRequest request) {
            this.handler = handler;
            this.index = index;
            this.request = request;
        }

        @Override
        public void onPartialResponse(String piece) {
            isShown = true;
            handler.onPartialResponse(piece);
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            isShown = true;
            handler.onPartialResponse(piece, context);
        }

        @Override
        public void onPartialThinking(PartialThinking piece) {
            isShown = true;
            handler.onPartialThinking(piece);
        }

        @Override
        public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
            isShown = true;
            handler.onPartialThinking(piece, context);
        }

        @Override
        public void onPartialToolCall(PartialToolCall piece) {
            isShown = true;
            handler.onPartialToolCall(piece);
        }

        @Override
        public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
            isShown = true;
            handler.onPartialToolCall(piece, context);
        }

        @Override
        public void onCompleteToolCall(CompleteToolCall call) {
            isShown = true;
            handler.onCompleteToolCall(call);
        }

        @Override
        public void onUnmappedRawEvent(Object event) {
            handler.onUnmappedRawEvent(event);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            handler.onCompleteResponse(response);
        }

        @Override
        public void onError(Throwable error) {
            if (!isShown && error instanceof StudioException failure && NextModel.mayHelp(failure)) {
                ask(index + 1, request, handler);
            } else {
                handler.onError(error);
            }
        }
    }
}
