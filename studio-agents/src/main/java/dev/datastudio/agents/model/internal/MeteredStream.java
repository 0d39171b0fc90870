package dev.datastudio.agents.model.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream on and counts it. LangChain4j tells nobody when a stream is cancelled, and loses an event that it can't
 * read: {@link #ended} closes both gaps. Called by the thread that reads the stream.
 */
final class MeteredStream implements StreamingChatResponseHandler {
    private final StreamingChatResponseHandler handler;
    private final Meter meter;
    private final Meter.Metering metering;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile @Nullable StreamingHandle handle;
    private final AtomicLong characters = new AtomicLong();

    MeteredStream(StreamingChatResponseHandler handler, Meter meter, Meter.Metering metering) {
        this.handler = handler;
        this.meter = meter;
        this.metering = metering;
    }

    @Override
    public void onPartialResponse(String piece) {
        count(piece);
        handler.onPartialResponse(piece);
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        count(piece.text());
        handle = context.streamingHandle();
        handler.onPartialResponse(piece, context);
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
        count(piece.text());
        handler.onPartialThinking(piece);
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        count(piece.text());
        handle = context.streamingHandle();
        handler.onPartialThinking(piece, context);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece) {
        count(piece.partialArguments());
        handler.onPartialToolCall(piece);
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        count(piece.partialArguments());
        handle = context.streamingHandle();
        handler.onPartialToolCall(piece, context);
    }

    private void count(@Nullable String piece) {
        metering.piece();
        characters.addAndGet(piece == null ? 0 : piece.length());
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        handler.onCompleteToolCall(call);
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        handler.onUnmappedRawEvent(event);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        if (response.finishReason() == null) {
            fail(meter.brokenOff()); // the connection was closed as if that were all
        } else if (isOver.compareAndSet(false, true)) {
            complete(response);
        }
    }

    private void complete(ChatResponse response) {
        try {
            metering.answered(response);
        } catch (RuntimeException e) {
            handler.onError(e); // what is not counted is not given
            return;
        }
        handler.onCompleteResponse(response);
    }

    @Override
    public void onError(Throwable error) {
        fail(meter.failure(error));
    }

    /** The stream is over; when it has not ended for the handler, it does now. */
    void ended() {
        StreamingHandle seen = handle;
        boolean isCancelled = meter.use().cancellation().isCancelled() || (seen != null && seen.isCancelled());
        fail(isCancelled ? Cancellation.cancelledError() : meter.brokenOff());
    }

    private void fail(StudioException error) {
        if (isOver.compareAndSet(false, true)) {
            metering.failed(error, characters.get());
            handler.onError(error);
        }
    }
}
