package dev.datastudio.app.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.app.Person.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SingleUserTest {
    private final AppServer server = AppServer.local();
    private final Person you = server.newPerson();

    @Test
    void whoeverSitsAtTheMachineMayDoEverything() {
        JsonNode options = you.get("/api/v1/auth/options").is(200).json();
        JsonNode session = you.get("/api/v1/auth/session").is(200).json();

        assertEquals("single-user", options.path("mode").asString());
        assertFalse(options.path("firstUser").asBoolean());
        assertTrue(session.path("signedIn").asBoolean());
        assertEquals("admin", session.path("user").path("role").asString());
        assertEquals("local", session.path("organisation").path("id").asString());
        assertTrue(session.path("expiresAt").isNull());
        assertEquals(1, you.get("/api/v1/members").is(200).json().path("items").size());
    }

    @Test
    void anotherHostNameThatLeadsHereIsRefused() throws IOException {
        int port = server.address().getPort();

        assertEquals(200, status("127.0.0.1:" + port));
        assertEquals(200, status("localhost:" + port));
        assertEquals(200, status("LOCALHOST:" + port));
        assertEquals(200, status("[::1]:" + port));
        assertEquals(403, status("evil.example:" + port));
        assertEquals(403, status("localhost.evil.example:" + port));
        assertEquals(403, status("127.0.0.1.evil.example:" + port));
        assertEquals(403, status("localhost"));
        assertEquals(403, status("localhost:1"));
    }

    private int status(String host) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            String request = "GET /api/v1/auth/session HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            return Integer.parseInt(line.split(" ", 3)[1]);
        }
    }

    @Test
    void unsafeRequestsNeedTheTokenAndAPageOfOurs() {
        String path = "/api/v1/tokens";
        String body = "{\"name\":\"x\",\"scopes\":[\"model:get\"],\"expiresInDays\":1}";

        Reply without = you.send(
                you.bare(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
        Reply foreign = you.send(you.request(path)
                .header("Content-Type", "application/json")
                .header("Origin", "https://evil.example")
                .POST(BodyPublishers.ofString(body)));

        assertEquals("CSRF_TOKEN_MISSING", without.is(403).json().path("code").asString());
        assertEquals("ORIGIN_REFUSED", foreign.is(403).json().path("code").asString());
    }

    @Test
    void aTokenForProgramsIsNarrowerThanThePerson() {
        String token = you.post("/api/v1/tokens", "{'name':'x','scopes':['model:get'],'expiresInDays':1}")
                .is(201)
                .json()
                .path("token")
                .asString();

        you.send(you.bare("/api/v1/models").header("Authorization", "Bearer " + token))
                .is(200);
        you.send(you.bare("/api/v1/members").header("Authorization", "Bearer " + token))
                .is(403);
        you.send(you.bare("/api/v1/models").header("Authorization", "Bearer std_x"))
                .is(401);
    }

    @Test
    void thereAreNoAccounts() {
        Reply reply = you.post("/api/v1/auth/sign-in", "{'email':'ada@example.org','password':'some words here'}");

        assertEquals("SINGLE_USER", reply.is(409).json().path("code").asString());
        assertTrue(reply.json().path("mend").asString().contains("studio.identity.mode=accounts"));
    }

    @Test
    void itDoesNotStartWhereOthersCouldReachIt() {
        RuntimeException refused =
                assertThrows(RuntimeException.class, () -> AppServer.start("server.address=0.0.0.0"));

        Throwable cause = refused;
        while (!(cause instanceof OpenToOthersException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertEquals(
                "Studio in single-user mode may not listen at 0.0.0.0, where others could use it without signing in",
                cause.getMessage());
    }
}
