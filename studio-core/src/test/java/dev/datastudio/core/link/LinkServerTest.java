package dev.datastudio.core.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.artifact.ArtifactStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.link.LinkGrant.Method;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files up and down over real HTTP (D1). */
@Timeout(60)
class LinkServerTest {
    private static final ArtifactKey KEY = new ArtifactKey("local/local/uploads/u_1/data.csv");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Studio studio;
    private ArtifactStore artifacts;
    private SignedLinks links;
    private LinkServer server;

    @BeforeEach
    void start() {
        studio = Studio.open(folder);
        artifacts = studio.artifacts();
        links = SignedLinks.in(studio.metadata(), studio.vault(), studio.clock());
        server = LinkServer.start(links, artifacts);
    }

    @AfterEach
    void stop() {
        server.close();
        studio.close();
    }

    @Test
    void storesWhatIsPutAndGivesItToBeSaved() throws Exception {
        byte[] content = "region,sales\nNörd,10\n".repeat(50_000).getBytes(UTF_8);

        HttpResponse<String> put = send(put(writing(content.length)), content, "text/csv; charset=utf-8");
        HttpResponse<byte[]> got = client.send(
                HttpRequest.newBuilder(server.link(Caller.LOCAL, reading())).build(), BodyHandlers.ofByteArray());

        assertEquals(200, put.statusCode(), put::body);
        assertEquals(200, got.statusCode());
        assertTrue(Arrays.equals(content, got.body()));
        assertEquals("text/csv", got.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                "nosniff", got.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals(
                "attachment; filename*=UTF-8''data.csv",
                got.headers().firstValue("Content-Disposition").orElseThrow());
        assertEquals(
                "private, no-store", got.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void listensOnThisMachineOnly() {
        String host = server.base().getHost();

        assertTrue(host.equals("127.0.0.1") || host.equals("localhost"), host);
    }

    @Test
    void storesEmptyContent() throws Exception {
        assertEquals(200, send(put(writing(10)), new byte[0], "text/csv").statusCode());

        assertEquals(0, artifacts.find(KEY).orElseThrow().sizeBytes());
        assertEquals("", get(server.link(Caller.LOCAL, reading())).body());
    }

    @Test
    void refusesASecondPutAndKeepsTheFirst() throws Exception {
        URI link = put(writing(100));
        assertEquals(200, send(link, "first".getBytes(UTF_8), "text/csv").statusCode());

        HttpResponse<String> second = send(link, "second".getBytes(UTF_8), "text/csv");

        assertEquals(403, second.statusCode());
        assertTrue(second.body().contains("was used"), second::body);
        assertEquals("first", stored());
    }

    @Test
    void refusesContentThatTheLinkDoesNotAllowAndLetsItBeSentAgain() throws Exception {
        URI link = put(writing(10));

        assertEquals(413, send(link, new byte[11], "text/csv").statusCode());
        assertEquals(415, send(link, new byte[5], "text/html").statusCode());
        assertEquals(411, chunked(link).statusCode());
        assertNothingStored();

        assertEquals(200, send(link, new byte[10], "text/csv").statusCode());
    }

    @Test
    void leavesNothingOfABodyThatBreaksOff() throws Exception {
        artifacts.put(new ArtifactKey("local/local/other"), new byte[1]);
        URI link = put(writing(1_000_000));
        for (int sent : List.of(0, 1, 70_000)) {
            try (Socket socket = new Socket(InetAddress.getByName(link.getHost()), link.getPort())) {
                socket.getOutputStream().write(head(link, 500_000));
                socket.getOutputStream().write(new byte[sent]);
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
                assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
            }
            assertNothingStored();
        }

        assertEquals(200, send(link, new byte[500_000], "text/csv").statusCode());
        assertEquals(500_000, artifacts.find(KEY).orElseThrow().sizeBytes());
    }

    @Test
    void takesNoMoreThanWasAnnounced() throws Exception {
        URI link = put(writing(1_000));
        try (Socket socket = new Socket(InetAddress.getByName(link.getHost()), link.getPort())) {
            socket.getOutputStream().write(head(link, 5));
            socket.getOutputStream().write("12345678".getBytes(UTF_8));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            assertTrue(new String(socket.getInputStream().readAllBytes(), UTF_8).startsWith("HTTP/1.1 200"));
        }

        assertEquals("12345", stored());
    }

    @Test
    void answersNothingWithoutAValidLink() throws Exception {
        artifacts.put(KEY, "secret".getBytes(UTF_8));
        String link = server.link(Caller.LOCAL, reading()).toString();
        String target = link.substring(link.indexOf("/files/"));

        for (String request : List.of(
                "GET / ",
                "GET /files/ ",
                "GET /files/local/local/uploads/u_1/data.csv ",
                "GET /../../etc/passwd ",
                "GET /files/..%2f..%2fkey ",
                "GET /files/%2e%2e/%2e%2e/key ",
                "GET " + target.replace("data.csv", "..%2Fdata.csv") + " ",
                "GET " + target.replace("/files/", "//files/") + " ",
                "PUT " + target + " ",
                "HEAD " + target + " ",
                "DELETE " + target + " ",
                "POST " + target + " ",
                "OPTIONS * ")) {
            String answer = raw(request + "HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            assertTrue(answer.matches("(?s)HTTP/1.1 (400|403|404|405) .*"), request + answer);
            assertFalse(answer.contains("secret\n") || answer.endsWith("secret"), answer);
        }
        assertEquals("secret", get(URI.create(link)).body());
    }

    @Test
    void saysWhenThereIsNoArtifact() throws Exception {
        HttpResponse<String> missing = get(server.link(Caller.LOCAL, reading()));

        assertEquals(404, missing.statusCode());
        assertEquals(
                "application/problem+json",
                missing.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(missing.body().contains("There is no artifact"), missing::body);
    }

    private static LinkGrant reading() {
        return LinkGrant.get(KEY, Instant.now().plusSeconds(60));
    }

    private static LinkGrant writing(long maxBytes) {
        return LinkGrant.put(KEY, Instant.now().plusSeconds(60), maxBytes).withMediaType("text/csv");
    }

    private URI put(LinkGrant grant) {
        assertEquals(Method.PUT, grant.method());
        return server.link(Caller.LOCAL, grant);
    }

    private HttpResponse<String> send(URI link, byte[] content, String type) throws Exception {
        return client.send(
                HttpRequest.newBuilder(link)
                        .header("Content-Type", type)
                        .PUT(BodyPublishers.ofByteArray(content))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> chunked(URI link) throws Exception {
        return client.send(
                HttpRequest.newBuilder(link)
                        .header("Content-Type", "text/csv")
                        .PUT(BodyPublishers.ofInputStream(() -> InputStream.nullInputStream()))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(URI link) throws Exception {
        return client.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString());
    }

    private static byte[] head(URI link, int length) {
        return ("PUT " + link.getRawPath() + "?" + link.getRawQuery() + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Content-Type: text/csv\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(UTF_8);
    }

    private String raw(String request) throws IOException {
        URI base = server.base();
        try (Socket socket = new Socket(InetAddress.getByName(base.getHost()), base.getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private String stored() throws IOException {
        try (InputStream content = artifacts.open(KEY)) {
            return new String(content.readAllBytes(), UTF_8);
        }
    }

    private void assertNothingStored() throws IOException {
        assertTrue(artifacts.find(KEY).isEmpty());
        if (Files.exists(folder.resolve("tmp"))) {
            try (Stream<Path> files = Files.walk(folder.resolve("tmp"))) {
                assertEquals(
                        List.of(),
                        files.filter(Files::isRegularFile)
                                .filter(file -> !file.endsWith("lock"))
                                .toList());
            }
        }
    }

    private HttpResponse<String> part(URI link, String... headers) throws Exception {
        return client.send(HttpRequest.newBuilder(link).headers(headers).build(), BodyHandlers.ofString());
    }

    @Test
    void givesAPartOfAnArtifact() throws Exception {
        artifacts.put(KEY, "0123456789".getBytes(UTF_8));
        URI link = server.link(Caller.LOCAL, reading());

        for (String[] asked : new String[][] {
            {"bytes=2-4", "234", "bytes 2-4/10"},
            {"bytes=7-", "789", "bytes 7-9/10"},
            {"bytes=-3", "789", "bytes 7-9/10"},
            {"bytes=0-999999", "0123456789", "bytes 0-9/10"},
            {"bytes=-999999", "0123456789", "bytes 0-9/10"}
        }) {
            HttpResponse<String> part = part(link, "Range", asked[0]);

            assertEquals(206, part.statusCode(), asked[0]);
            assertEquals(asked[1], part.body(), asked[0]);
            assertEquals(asked[2], part.headers().firstValue("Content-Range").orElseThrow());
        }
        for (String whole : List.of("bytes=", "bytes=-", "bytes=4-2", "bytes=0-1,3-4", "rows=0-1", "bytes=a-b")) {
            HttpResponse<String> all = part(link, "Range", whole);

            assertEquals(200, all.statusCode(), whole);
            assertEquals("0123456789", all.body(), whole);
        }
        for (String beyond : List.of("bytes=10-", "bytes=999999999999999999-", "bytes=-0")) {
            HttpResponse<String> refused = part(link, "Range", beyond);

            assertEquals(416, refused.statusCode(), beyond);
            assertEquals(
                    "bytes */10", refused.headers().firstValue("Content-Range").orElseThrow());
        }
    }

    @Test
    void givesPartsOfOneContentOnly() throws Exception {
        artifacts.put(KEY, "0123456789".getBytes(UTF_8));
        URI link = server.link(Caller.LOCAL, reading());
        String tag = get(link).headers().firstValue("ETag").orElseThrow();
        assertEquals("01", part(link, "Range", "bytes=0-1", "If-Range", tag).body());

        artifacts.put(KEY, "replaced and longer".getBytes(UTF_8));

        HttpResponse<String> after = part(link, "Range", "bytes=2-", "If-Range", tag);
        assertEquals(200, after.statusCode());
        assertEquals("replaced and longer", after.body());
    }

    private HttpResponse<String> preflight(URI link, String origin) throws Exception {
        return client.send(
                HttpRequest.newBuilder(link)
                        .method("OPTIONS", BodyPublishers.noBody())
                        .headers("Origin", origin, "Access-Control-Request-Method", "PUT")
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void tellsBrowsersOfNoOtherOriginUnlessItIsNamed() throws Exception {
        artifacts.put(KEY, "0123456789".getBytes(UTF_8));
        URI link = server.link(Caller.LOCAL, reading());

        HttpResponse<String> answer = part(link, "Origin", "https://app.example.org");

        assertEquals(200, answer.statusCode());
        assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
        assertEquals(405, preflight(link, "https://app.example.org").statusCode());
    }

    @Test
    void allowsTheScriptsOfNamedOriginsAndNoOthers() throws Exception {
        artifacts.put(KEY, "0123456789".getBytes(UTF_8));
        LinkServerOptions options = LinkServerOptions.DEFAULT.allowingOrigins(Set.of("https://app.example.org"));
        try (LinkServer open = LinkServer.start(links, artifacts, options)) {
            URI link = open.link(Caller.LOCAL, reading());

            HttpResponse<String> answer = part(link, "Origin", "https://app.example.org", "Range", "bytes=0-1");
            HttpResponse<String> asked = preflight(link, "https://app.example.org");

            assertEquals("01", answer.body());
            assertEquals(
                    "https://app.example.org",
                    answer.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
            assertEquals("Origin", answer.headers().firstValue("Vary").orElseThrow());
            assertTrue(answer.headers()
                    .firstValue("Access-Control-Allow-Credentials")
                    .isEmpty());
            assertEquals(204, asked.statusCode());
            assertEquals(
                    "GET, PUT",
                    asked.headers().firstValue("Access-Control-Allow-Methods").orElseThrow());
            for (String foreign : List.of(
                    "https://app.example.org.evil.org",
                    "https://evil.org",
                    "http://app.example.org",
                    "https://app.example.org:8443",
                    "https://APP.example.org",
                    "null",
                    "*")) {
                HttpResponse<String> other = part(link, "Origin", foreign);
                assertTrue(
                        other.headers()
                                .firstValue("Access-Control-Allow-Origin")
                                .isEmpty(),
                        foreign);
                assertEquals(405, preflight(link, foreign).statusCode(), foreign);
            }
            HttpResponse<String> refused = part(open.base().resolve("/files/x"), "Origin", "https://app.example.org");
            assertEquals(403, refused.statusCode());
        }
    }

    @Test
    void takesOnlyPlainOrigins() {
        for (String wrong : List.of(
                "*",
                "null",
                "",
                "app.example.org",
                "https://*.example.org",
                "https://a.org/",
                "https://a.org/x",
                "https://u@a.org",
                "ftp://a.org",
                "https://a.org:0",
                "https://a.org\r\nX: y")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> LinkServerOptions.DEFAULT.allowingOrigins(Set.of(wrong)),
                    wrong);
        }
        LinkServerOptions.DEFAULT.allowingOrigins(Set.of("http://localhost:3000", "https://[::1]:8443"));
    }

    @Test
    void answersWhileSlowClientsHoldConnections() throws Exception {
        artifacts.put(KEY, "0123456789".getBytes(UTF_8));
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Socket socket =
                        new Socket(server.base().getHost(), server.base().getPort());
                slow.add(socket);
                socket.getOutputStream().write("GET /files/x HTTP/1.1\r\nHost: x".getBytes(UTF_8));
            }

            assertEquals("0123456789", get(server.link(Caller.LOCAL, reading())).body());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
