package dev.datastudio.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who sends requests to the application and keeps their session, as a browser would. Not thread-safe. */
public final class Person {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http;
    private final URI address;
    private final String name;

    Person(HttpClient http, URI address, String name) {
        this.http = http;
        this.address = address;
        this.name = name;
    }

    /** An answer: its status, its headers and its body, which is a missing node when it is no JSON. */
    public record Reply(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Fails, showing the body, unless the status is this one. */
        public Reply is(int status) {
            assertEquals(status, status(), response.body());
            return this;
        }
    }

    public Reply get(String path) {
        return send(request(path).GET());
    }

    public Reply delete(String path) {
        return send(request(path).DELETE());
    }

    /** @param body JSON; single quotes stand for double ones */
    public Reply post(String path, String body) {
        return send(json(path).POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /** @param body as in {@link #post} */
    public Reply put(String path, String body) {
        return send(json(path).PUT(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /** As {@link #put(String, String)}, to the revision that was seen. */
    public Reply put(String path, String body, String ifMatch) {
        return send(json(path).header("If-Match", ifMatch).PUT(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /** @param body as in {@link #post} */
    public Reply patch(String path, String body) {
        return send(json(path).method("PATCH", BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /** A request as this person, to be finished and sent. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header(TestPeople.HEADER, name);
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    public Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
