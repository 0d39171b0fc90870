package dev.datastudio.benchmarks;

import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.ModelUse;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Streams as agents read them: limited, counted, written down. */
final class StudioStreams implements StreamsBenchmark.Reader {
    private final Models models;
    private final ModelConfig config;

    StudioStreams(Studio studio, String baseUrl) {
        this.models = Models.of(studio, Map.of());
        this.config = models.configs()
                .create(
                        new ModelSpec("scripted", Provider.GENERIC, "scripted", baseUrl, ModelParameters.DEFAULT),
                        ModelScope.TENANT,
                        Secret.of("sk-streams"));
    }

    @Override
    public double millisToFirstWord(int conversation) throws Exception {
        Listening listening = new Listening();
        models.in(ModelUse.NONE.inConversation("conversation-" + conversation))
                .createStreaming(config)
                .chat("Tell me something", listening);
        ChatResponse response = listening.end.get();
        if (response.tokenUsage().outputTokenCount() != StreamServer.WORDS) {
            throw new IllegalStateException("The stream was cut: " + response);
        }
        return listening.first;
    }

    private static final class Listening implements StreamingChatResponseHandler {
        private final long start = System.nanoTime();
        private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        private double first = Double.NaN;

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            if (Double.isNaN(first)) {
                first = (System.nanoTime() - start) / 1e6;
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            end.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }
    }
}
