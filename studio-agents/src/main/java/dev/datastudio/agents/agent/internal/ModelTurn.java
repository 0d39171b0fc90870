package dev.datastudio.agents.agent.internal;

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
import java.util.function.Function;

/** Asks a streaming model once, passes its pieces on, and waits for the end. */
final class ModelTurn {
    private ModelTurn() {}

    /** How a call of a model ended. */
    sealed interface Outcome {}

    /** It was answered. */
    record Answered(ChatResponse response) implements Outcome {}

    /**
     * It was not, or not to its end.
     *
     * @param said what had come until then
     * @param error why
     */
    record Broken(String said, StudioException error) implements Outcome {}

    /**
     * Asks a model. Blocks until the answer has ended.
     *
     * @param model makes the model whose calls end when this cancellation is set
     * @param stops end the call
     * @param pieces told of each piece, on the thread that reads the stream; what it throws ends the call and is thrown
     * @throws StudioException CANCELLED when this thread is interrupted
     */
    static Outcome ask(
            Function<Cancellation, StreamingChatModel> model,
            ChatRequest request,
            Stops stops,
            Consumer<String> pieces) {
        Collecting stream = new Collecting(stops.either(), pieces);
        try {
            model.apply(stops.either()).chat(request, stream);
            return new Answered(stream.whole.get());
        } catch (InterruptedException e) {
            stops.either().cancel();
            Thread.currentThread().interrupt();
            throw Cancellation.cancelledError();
        } catch (ExecutionException e) {
            return stream.broken(Objects.requireNonNullElse(e.getCause(), e));
        } catch (StudioException e) {
            return stream.broken(e);
        }
    }

    private static final class Collecting implements StreamingChatResponseHandler {
        private final Cancellation call;
        private final Consumer<String> pieces;
        private final StringBuilder said = new StringBuilder();
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        private volatile boolean isRefused;

        private Collecting(Cancellation call, Consumer<String> pieces) {
            this.call = call;
            this.pieces = pieces;
        }

        @Override
        public void onPartialResponse(String raw) {
            String piece = OutsideText.printable(raw);
            if (piece.isEmpty() || isRefused) {
                return;
            }
            synchronized (said) {
                said.append(piece);
            }
            try {
                pieces.accept(piece);
            } catch (RuntimeException | Error e) { // the listener's, which is the run's end; the stream must end first
                isRefused = true;
                whole.completeExceptionally(e);
                call.cancel();
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

        private String said() {
            synchronized (said) {
                return said.toString();
            }
        }

        private Outcome broken(Throwable error) {
            if (error instanceof StudioException known && !isRefused) {
                return new Broken(said(), known);
            }
            if (error instanceof Error fatal) {
                throw fatal;
            }
            if (isRefused && error instanceof RuntimeException listeners) {
                throw listeners;
            }
            return new Broken(
                    said(),
                    new StudioException(
                            ErrorCode.MODEL_FAILED,
                            "The model gave an answer that can't be read",
                            "Try again, or use another model",
                            error));
        }
    }
}
