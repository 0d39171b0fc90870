package dev.datastudio.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket that keeps nothing but how many tokens came, and how many of them out of order. Thread-safe. */
final class TokenSocket implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();
    private @Nullable WebSocket socket;
    private String turn = "";
    private long sequence;
    private int next;
    private long tokens;
    private long disordered;
    private String trouble = "";

    private TokenSocket() {}

    static TokenSocket open(HttpClient http, URI address, String origin) {
        TokenSocket listener = new TokenSocket();
        listener.socket = http.newWebSocketBuilder()
                .header("Origin", origin)
                .buildAsync(address, listener)
                .join();
        return listener;
    }

    void send(String text) {
        open().sendText(text, true).join();
    }

    private WebSocket open() {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
        part.append(data);
        if (isLast) {
            try {
                take(ServerSession.read(part.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        trouble = "closed with " + code + " " + reason;
        notifyAll();
        return null;
    }

    @Override
    public synchronized void onError(WebSocket from, Throwable error) {
        trouble = error.toString();
        notifyAll();
    }

    private synchronized void take(JsonNode event) {
        if (event.path("type").asText().equals("error")) {
            trouble = event.toString();
            notifyAll();
        }
        if (!event.path("turn_id").asText().equals(turn)) {
            turn = event.path("turn_id").asText();
            sequence = 0;
            next = 0;
        }
        boolean isLater = event.path("sequence").asLong() > sequence;
        sequence = event.path("sequence").asLong();
        if (!event.path("type").asText().equals("token")) {
            return;
        }
        if (!isLater || !event.path("text").asText().equals("t" + next + " ")) {
            disordered++;
        }
        next++;
        tokens++;
        notifyAll();
    }

    /**
     * Waits until so many tokens came in all, or a time of {@link System#nanoTime}.
     *
     * @return how many came
     * @throws IOException when it was told of an error, or closed
     */
    synchronized long await(long wanted, long end) throws IOException, InterruptedException {
        while (tokens < wanted && System.nanoTime() < end) {
            if (!trouble.isEmpty()) {
                throw new IOException("A socket that had " + tokens + " tokens: " + trouble);
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
        }
        return tokens;
    }

    synchronized long disordered() {
        return disordered;
    }

    void close() {
        open().abort();
    }
}
