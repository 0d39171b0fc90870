package dev.datastudio.agents.agentic.internal;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.graph.NodeContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.service.TokenStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits for streamed answers. Cancelling a stream's handle closes its connection, but then neither of its callbacks is
 * ever called, so the wait is ended here; and the handle is only known from the first piece on, so a stream that is
 * cancelled before goes on until then.
 */
public final class TokenStreams {
    private TokenStreams() {}

    /** The whole text when the result is a stream, which is then waited for; otherwise the result itself. */
    public static @Nullable Object settled(@Nullable Object result, NodeContext context) throws Exception {
        return result instanceof TokenStream stream ? await(stream, context) : result;
    }

    /** Starts a stream, passes its pieces on as the node's tokens, and gives the whole text. */
    public static String await(TokenStream stream, NodeContext context) throws Exception {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        AtomicReference<@Nullable StreamingHandle> handle = new AtomicReference<>();
        Cancellation cancellation = context.cancellation();
        stream.onPartialResponseWithContext((piece, answer) -> {
                    handle.set(answer.streamingHandle());
                    if (whole.isDone()) {
                        answer.streamingHandle().cancel();
                    } else {
                        context.token(piece.text());
                    }
                })
                .onCompleteResponse(whole::complete)
                .onError(whole::completeExceptionally)
                .start();
        Cancellation.Registration registration =
                cancellation.onCancel(() -> whole.completeExceptionally(Cancellation.cancelledError()));
        try {
            return text(whole.get());
        } catch (ExecutionException | InterruptedException e) {
            whole.completeExceptionally(e);
            close(handle.get());
            throw e;
        } finally {
            registration.close();
        }
    }

    private static void close(@Nullable StreamingHandle handle) {
        if (handle != null) {
            handle.cancel();
        }
    }

    private static String text(ChatResponse response) {
        String text = response.aiMessage().text();
        return text == null ? "" : text;
    }
}
