package dev.datastudio.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** What a page does with the server: gets its token, uploads a file, asks. */
final class ServerSession {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COOKIE = "studio-csrf";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final String token;

    private ServerSession(int port, String token) {
        this.port = port;
        this.token = token;
    }

    static ServerSession open(int port) throws IOException, InterruptedException {
        HttpResponse<String> session = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/auth/session"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        String token = session.headers().allValues("set-cookie").stream()
                .flatMap(cookie -> Stream.of(cookie.split(";", 2)[0]))
                .filter(cookie -> cookie.startsWith(COOKIE + "="))
                .map(cookie -> cookie.substring(COOKIE.length() + 1))
                .findFirst()
                .orElseThrow(() -> new IOException("No token in " + session.headers()));
        return new ServerSession(port, token);
    }

    /** Uploads a file and gives its id. */
    String upload(Path file) throws IOException, InterruptedException {
        JsonNode ticket = read(post(
                "/upload", json(Map.of("file_name", String.valueOf(file.getFileName()), "content_type", "text/csv"))));
        HttpResponse<String> put = http.send(
                HttpRequest.newBuilder(URI.create(ticket.path("presigned_url").asText()))
                        .header("Content-Type", "text/csv")
                        .PUT(HttpRequest.BodyPublishers.ofFile(file))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (put.statusCode() / 100 != 2) {
            throw new IOException("The upload was answered with " + put.statusCode() + ": " + put.body());
        }
        return ticket.path("file_id").asText();
    }

    /** The body of a question about a file. */
    static String question(String file, String question) throws IOException {
        return json(Map.of("file_id", file, "question", question));
    }

    static String json(Map<String, ?> value) throws IOException {
        return JSON.writeValueAsString(value);
    }

    static JsonNode read(String json) throws IOException {
        return JSON.readTree(json);
    }

    /** Connects to a WebSocket, as a page does. */
    TokenSocket socket(String path) {
        return TokenSocket.open(http, URI.create("ws://127.0.0.1:" + port + path), "http://127.0.0.1:" + port);
    }

    /** Asks, and gives the whole answer. */
    JsonNode ask(String file, String question) throws IOException, InterruptedException {
        return read(post("/ask", question(file, question)));
    }

    String post(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json")
                        .header("Cookie", COOKIE + "=" + token)
                        .header("X-CSRF-Token", token)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(path + " was answered with " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** The bytes of a request as a page sends it. */
    byte[] raw(String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\nCookie: " + COOKIE + "=" + token
                + "\r\nX-CSRF-Token: " + token + "\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }
}
