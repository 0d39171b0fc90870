package dev.datastudio.agents.graph.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.text.internal.OutsideText;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Asks a streaming model once, passes its pieces on, and waits for the whole answer. */
final class StreamedAnswer {
    private StreamedAnswer() {}

    /**
     * Asks a model that ends its calls when the cancellation is set.
     *
     * @param pieces told of each piece without what can't be printed, on the thread that reads the stream
     * @throws StudioException as the model fails, or CANCELLED
     */
    static ChatResponse ask(
            StreamingChatModel model, ChatRequest request, Cancellation cancellation, Consumer<String> pieces)
            throws InterruptedException {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        model.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String raw) {
                String piece = OutsideText.printable(raw);
                if (!piece.isEmpty()) {
                    pieces.accept(piece);
                }
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        try {
            return whole.get();
        } catch (ExecutionException e) {
            cancellation.throwIfCancelled();
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof StudioException known) {
                throw known;
            }
            throw new StudioException(
                    ErrorCode.MODEL_FAILED,
                    "The model gave an answer that can't be read",
                    "Try again, or use another model",
                    cause);
        }
    }
}
