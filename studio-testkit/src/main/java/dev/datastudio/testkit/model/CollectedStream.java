package dev.datastudio.testkit.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A streamed answer as a test wants it: the pieces in order, the whole or the error, and how often it ended. */
public final class CollectedStream implements StreamingChatResponseHandler {
    private static final int LIMIT_SECONDS = 30;

    private final List<String> pieces = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();
    private final AtomicInteger ends = new AtomicInteger();
    private final BiConsumer<String, PartialResponseContext> onPiece;

    /** One that only collects. */
    public CollectedStream() {
        this((piece, context) -> {});
    }

    /** One that also does something at each piece, on the thread that brings it. */
    public CollectedStream(BiConsumer<String, PartialResponseContext> onPiece) {
        this.onPiece = onPiece;
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        pieces.add(piece.text());
        onPiece.accept(piece.text(), context);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        ends.incrementAndGet();
        end.complete(response);
    }

    @Override
    public void onError(Throwable error) {
        ends.incrementAndGet();
        end.completeExceptionally(error);
    }

    /** The pieces so far, in the order in which they came. */
    public List<String> pieces() {
        return List.copyOf(pieces);
    }

    /** How often the end was told, by an answer or an error. */
    public int ends() {
        return ends.get();
    }

    /** Waits for the whole answer; an error fails the test. */
    public ChatResponse answer() {
        try {
            return end.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the stream failed", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the stream did not end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits for the error; an answer fails the test. */
    public Throwable error() {
        try {
            throw new AssertionError("the stream did not fail but gave " + end.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause(), "cause");
        } catch (TimeoutException e) {
            throw new AssertionError("the stream did not end in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
