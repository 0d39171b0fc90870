package dev.datastudio.agents.mcp.internal;

import dev.datastudio.core.fetch.internal.PinnedHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.apache.hc.core5.http.HttpEntity;

/** Hands the body of an answer on, as fast as it is asked for, and cuts the connection when nobody wants the rest. */
final class BodyPump implements Flow.Subscription {
    private static final int CHUNK = 16 * 1024;

    private final PinnedHttp.Answer answer;
    private final HttpResponse.BodySubscriber<?> subscriber;
    private long wanted;
    private boolean cancelled;

    BodyPump(PinnedHttp.Answer answer, HttpResponse.BodySubscriber<?> subscriber) {
        this.answer = answer;
        this.subscriber = subscriber;
    }

    /**
     * Reads to the end; the subscriber is told of a failure too.
     *
     * @throws IOException if the connection breaks before the end
     */
    void run() throws IOException {
        subscriber.onSubscribe(this);
        HttpEntity entity = answer.response().getEntity();
        try (InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent()) {
            byte[] chunk = new byte[CHUNK];
            // Read before it is asked for: the end is told also to those who ask for nothing more.
            for (int length = body.read(chunk); length >= 0 && isWanted(); length = body.read(chunk)) {
                subscriber.onNext(List.of(ByteBuffer.wrap(Arrays.copyOf(chunk, length))));
            }
            subscriber.onComplete();
        } catch (IOException e) {
            if (isCancelled()) {
                subscriber.onComplete();
                return;
            }
            subscriber.onError(e);
            throw e;
        }
    }

    private synchronized boolean isWanted() throws InterruptedIOException {
        try {
            while (wanted == 0 && !cancelled) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading an answer");
        }
        if (wanted != Long.MAX_VALUE) {
            wanted--;
        }
        return !cancelled;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public synchronized void request(long n) {
        wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
        notifyAll();
    }

    @Override
    public void cancel() {
        synchronized (this) {
            cancelled = true;
            notifyAll();
        }
        answer.close();
    }

    /** The bytes that a request sends. */
    static byte[] collected(HttpRequest.BodyPublisher publisher) {
        CompletableFuture<byte[]> bytes = new CompletableFuture<>();
        publisher.subscribe(new Flow.Subscriber<>() {
            private final ByteArrayOutputStream all = new ByteArrayOutputStream();

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                all.writeBytes(part);
            }

            @Override
            public void onError(Throwable failure) {
                bytes.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                bytes.complete(all.toByteArray());
            }
        });
        return bytes.join();
    }
}
