package dev.datastudio.app.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.core.Studio;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tests of conversations share: models, data, readers of streams and sockets. */
final class ChatBench {
    static final JsonMapper JSON = JsonMapper.shared();
    static final HttpClient HTTP = HttpClient.newHttpClient();
    static final long SECONDS = 60;

    private ChatBench() {}

    static String conversation(Person person) {
        return person.post("/api/v1/conversations", "{}")
                .is(201)
                .json()
                .path("id")
                .asString();
    }

    /** Four orders; gives the id of the data set. */
    static String orders(Person person) {
        Studio studio = AppServer.shared().bean(Studio.class);
        return studio.datasets()
                .as(caller(person))
                .importMaps(
                        "orders",
                        List.of(
                                Map.of("region", "North", "sales", 20),
                                Map.of("region", "North", "sales", 30),
                                Map.of("region", "South", "sales", 45),
                                Map.of("region", "West", "sales", 35)))
                .id()
                .toString();
    }

    static Caller caller(Person person) {
        return person.account().caller();
    }

    /** An event of a stream. */
    record Event(String id, String type, JsonNode data) {}

    /** A stream of events that is read piece by piece. */
    static final class Stream implements AutoCloseable {
        private final InputStream body;
        private final BufferedReader lines;

        private Stream(InputStream body) {
            this.body = body;
            this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        static Stream open(HttpRequest request) {
            try {
                HttpResponse<InputStream> response = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
                assertTrue(
                        response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"),
                        () -> response.statusCode() + " " + response.headers());
                return new Stream(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** The next event, which there must be. */
        Event one() {
            return Objects.requireNonNull(next(), "the stream has ended");
        }

        /** The next event; null at the end. */
        @Nullable
        Event next() {
            String id = "";
            String type = "";
            StringBuilder data = new StringBuilder();
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id: ")) {
                        id = line.substring(4);
                    } else if (line.startsWith("event: ")) {
                        type = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        data.append(line.substring(6));
                    } else if (line.isEmpty() && !type.isEmpty()) {
                        return new Event(id, type, JSON.readTree(data.toString()));
                    }
                }
                return null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<Event> rest() {
            List<Event> rest = new ArrayList<>();
            for (Event event = next(); event != null; event = next()) {
                rest.add(event);
            }
            return rest;
        }

        /** The next event that is wanted, which there must be. */
        Event until(Predicate<Event> wanted) {
            Event event = one();
            while (!wanted.test(event)) {
                event = one();
            }
            return event;
        }

        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Stream stream(Person person, String path, String body) {
        return Stream.open(person.request(path)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build());
    }

    static Stream follow(Person person, String conversation, String last) {
        HttpRequest.Builder request = person.request("/api/v1/conversations/" + conversation + "/events")
                .header("Accept", "text/event-stream");
        return Stream.open((last.isEmpty() ? request : request.header("Last-Event-ID", last)).build());
    }

    /** A client of a WebSocket that keeps what it was sent. */
    static final class Socket implements WebSocket.Listener, AutoCloseable {
        final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder part = new StringBuilder();
        private @Nullable WebSocket socket;

        static Socket open(Person person, String path) {
            Socket listener = new Socket();
            URI address = AppServer.shared().address();
            listener.socket = HTTP.newWebSocketBuilder()
                    .header("Cookie", person.cookieHeader())
                    .header("Origin", address.toString())
                    .buildAsync(URI.create(address.toString().replace("http:", "ws:") + path), listener)
                    .join();
            return listener;
        }

        private WebSocket open() {
            return Objects.requireNonNull(socket, "not connected");
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                received.add(JSON.readTree(part.toString()));
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }

        void send(String json) {
            open().sendText(json.replace('\'', '"'), true).join();
        }

        JsonNode next() throws InterruptedException {
            JsonNode next = received.poll(SECONDS, TimeUnit.SECONDS);
            assertTrue(next != null, "nothing came");
            return next;
        }

        JsonNode until(String type) throws InterruptedException {
            JsonNode next = next();
            while (!next.path("type").asString().equals(type)) {
                next = next();
            }
            return next;
        }

        /** All up to the answer. */
        List<JsonNode> turn() throws InterruptedException {
            List<JsonNode> all = new ArrayList<>();
            do {
                all.add(next());
            } while (!all.get(all.size() - 1).path("final").asBoolean());
            return all;
        }

        @Override
        public void close() {
            open().abort();
        }
    }
}
