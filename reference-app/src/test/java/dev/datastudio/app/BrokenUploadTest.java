package dev.datastudio.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.web.ApiErrors;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files that are not sent to their end: nobody's failure here. */
class BrokenUploadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PART = String.join(
            "\r\n",
            "--B",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"",
            "Content-Type: text/csv",
            "",
            "a,b",
            "1,2");

    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();

    @Test
    void anUploadThatItsSenderCancelsIsNoErrorOfTheServer() throws IOException {
        StringBuilder head = new StringBuilder("POST /api/v1/uploads HTTP/1.1\r\n");
        ada.request("/api/v1/uploads")
                .header("Content-Type", "multipart/form-data; boundary=B")
                .GET()
                .build()
                .headers()
                .map()
                .forEach((name, values) ->
                        head.append(name).append(": ").append(values.get(0)).append("\r\n"));
        head.append("Host: ").append(server.address().getAuthority()).append("\r\nContent-Length: 1000000\r\n\r\n");
        String wanted = "MultipartException";

        try (LogWatch log = LogWatch.begin(text -> text.contains(wanted) ? Set.of(wanted) : Set.of())) {
            try (Socket sender =
                    new Socket(server.address().getHost(), server.address().getPort())) {
                sender.getOutputStream().write((head + PART).getBytes(UTF_8));
            }
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (log.finds().stream().noneMatch(found -> found.contains(ApiErrors.class.getName()))) {
                assertTrue(System.nanoTime() < end, () -> "only " + log.finds());
                Thread.onSpinWait();
            }

            assertTrue(
                    log.finds().stream().allMatch(found -> found.matches("(DEBUG|TRACE) .*")), log.finds()::toString);
        }
    }

    @Test
    void aBodyThatEndsWithoutItsBoundaryIsRefused() {
        JsonNode problem = ada.send(ada.request("/api/v1/uploads")
                        .header("Content-Type", "multipart/form-data; boundary=B")
                        .POST(BodyPublishers.ofString(PART)))
                .is(400)
                .json();

        assertEquals("INVALID_ARGUMENT", problem.path("code").asString());
        assertEquals(
                "The body of the request is no form of parts",
                problem.path("detail").asString());
    }
}
