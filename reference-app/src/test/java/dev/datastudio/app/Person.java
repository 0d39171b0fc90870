package dev.datastudio.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.app.identity.account.AccessTokens;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who sends requests to the application and keeps their session, as a browser would. Not thread-safe. */
public final class Person {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What everybody signs in with. */
    public static final String PASSWORD = "four words nobody guesses";

    private static final String CSRF = "studio-csrf";

    private static final AtomicInteger HOUSES = new AtomicInteger();

    private final HttpClient http;
    private final URI address;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final String house = newHouse();
    private Optional<Account> account = Optional.empty();

    Person(HttpClient http, URI address) {
        this.http = http;
        this.address = address;
        cookies.put(CSRF, UUID.randomUUID().toString());
    }

    /**
     * A network address that nobody else has, told by {@code X-Forwarded-For} to servers that believe it, as {@link
     * AppServer#shared()} does: tests of one process do not use up each other's tries of a minute.
     */
    public static String newHouse() {
        int number = HOUSES.incrementAndGet();
        return "198.18." + (number >> 8 & 0xff) + "." + (number & 0xff);
    }

    /** Gives this person the session of somebody who has just signed in. */
    public void signedInAs(AppServer server, Account who) {
        Sessions.Session session = server.bean(Sessions.class).begin(who);
        cookies.put("studio", server.bean(AccessTokens.class).issue(session).token());
        cookies.put("studio-refresh", session.refreshToken());
        account = Optional.of(who);
    }

    /** Whose session it is, when the person was given one. */
    public Account account() {
        return account.orElseThrow();
    }

    /** The cookies of this person by their names, to be changed at will. */
    public Map<String, String> cookies() {
        return cookies;
    }

    /** The cookies as a browser sends them. */
    public String cookieHeader() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Another browser of nobody yet. */
    public Person elsewhere() {
        return new Person(http, address);
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

    /**
     * Sends a POST.
     *
     * @param body JSON; single quotes stand for double ones
     */
    public Reply post(String path, String body) {
        return send(json(path).POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /**
     * Sends a PUT.
     *
     * @param body as in {@link #post}
     */
    public Reply put(String path, String body) {
        return send(json(path).PUT(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /** As {@link #put(String, String)}, to the revision that was seen. */
    public Reply put(String path, String body, String ifMatch) {
        return send(json(path).header("If-Match", ifMatch).PUT(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /**
     * Sends a PATCH.
     *
     * @param body as in {@link #post}
     */
    public Reply patch(String path, String body) {
        return send(json(path).method("PATCH", BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /** Sends a file as a form with the field {@code file}. */
    public Reply sendFile(String path, String name, byte[] content) {
        String border = "border" + UUID.randomUUID();
        String head = "--" + border + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + border)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(content),
                        BodyPublishers.ofString("\r\n--" + border + "--\r\n"))));
    }

    /** Sends the bytes of an uploaded file to the signed address that it was given. */
    public void sendTo(URI signed, String type, byte[] content) {
        send(HttpRequest.newBuilder(signed).header("Content-Type", type).PUT(BodyPublishers.ofByteArray(content)))
                .is(200);
    }

    /** A request as this person, to be finished and sent. */
    public HttpRequest.Builder request(String path) {
        return bare(path).header("Cookie", cookieHeader()).header("X-CSRF-Token", cookies.getOrDefault(CSRF, ""));
    }

    /** A request of nobody, to be finished and sent. */
    public HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).header("X-Forwarded-For", house);
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    public Reply send(HttpRequest.Builder request) {
        try {
            Reply reply = new Reply(http.send(request.build(), BodyHandlers.ofString()));
            reply.response().headers().allValues("Set-Cookie").forEach(this::keep);
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String setCookie) {
        HttpCookie cookie = HttpCookie.parse(setCookie).get(0);
        if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie.getValue());
        }
    }
}
