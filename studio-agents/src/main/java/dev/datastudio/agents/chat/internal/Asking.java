package dev.datastudio.agents.chat.internal;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelUse;
import dev.datastudio.agents.model.Models;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.Studio;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** The model of the orchestrator, for one turn. Its calls are counted to the conversation and stopped with the turn. */
final class Asking {
    private final Models models;
    private final ModelConfig config;

    private Asking(Models models, ModelConfig config) {
        this.models = models;
        this.config = config;
    }

    /** The model that the request names, or the active one; empty when there is none. */
    static Optional<Asking> of(Studio studio, TurnTask task) {
        Models models = Models.of(studio)
                .as(task.caller())
                .in(ModelUse.NONE
                        .inConversation(task.conversation())
                        .inRun(task.id())
                        .stoppedBy(task.asked()));
        String name = task.request().model();
        Optional<ModelConfig> config = name.isEmpty() ? models.configs().active() : Optional.of(models.config(name));
        return config.map(each -> new Asking(models, each));
    }

    String name() {
        return config.name();
    }

    /** @throws StudioException as {@link Models} says */
    AiMessage ask(ChatRequest request) {
        return models.create(config).chat(request).aiMessage();
    }

    /**
     * Asks piece by piece; gives the whole.
     *
     * @throws StudioException as {@link Models} says
     */
    String stream(ChatRequest request, Consumer<String> pieces) {
        CompletableFuture<String> whole = new CompletableFuture<>();
        models.createStreaming(config).chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                if (!piece.isEmpty()) {
                    pieces.accept(piece);
                }
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                String text = response.aiMessage().text();
                whole.complete(text == null ? "" : text);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        try {
            return whole.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StudioException known) {
                throw known;
            }
            throw new StudioException(
                    ErrorCode.MODEL_FAILED, "A model failed in an unknown way", "Look into the log", e.getCause());
        }
    }
}
