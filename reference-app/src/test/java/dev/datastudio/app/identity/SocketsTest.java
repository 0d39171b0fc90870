package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.app.identity.account.AccessTokens;
import dev.datastudio.app.identity.account.IdentityKeys;
import dev.datastudio.app.identity.account.Sessions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SocketsTest {
    private static final long LIMIT_SECONDS = 60;

    private final AppServer server = AppServer.shared();
    private final String own = server.address().toString();

    /** What a socket told its client. */
    private static final class Told implements WebSocket.Listener {
        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            text.completeExceptionally(error);
            closed.completeExceptionally(error);
        }
    }

    private static WebSocket open(AppServer server, Map<String, String> headers, Told told) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        headers.forEach(builder::header);
        URI address = URI.create(server.address().toString().replace("http:", "ws:") + "/ws/test-echo");
        return builder.buildAsync(address, told).join();
    }

    private static int refusal(AppServer server, Map<String, String> headers) {
        CompletionException refused = assertThrows(CompletionException.class, () -> open(server, headers, new Told()));
        return assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
                .getResponse()
                .statusCode();
    }

    private static <T> T soon(CompletableFuture<T> future) throws Exception {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aPageOfOursOpensASocketAsWhoIsSignedIn() throws Exception {
        Person ada = server.newPerson();
        Told told = new Told();

        WebSocket socket = open(server, Map.of("Cookie", ada.cookieHeader(), "Origin", own), told);
        socket.sendText("who am I?", true).join();

        assertEquals(ada.account().caller().user(), soon(told.text));
        socket.abort();
    }

    @Test
    void aForeignAnAbsentAndAnOpaqueOriginAreRefusedWithACookie() {
        String cookie = server.newPerson().cookieHeader();

        assertEquals(403, refusal(server, Map.of("Cookie", cookie, "Origin", "https://evil.example")));
        assertEquals(403, refusal(server, Map.of("Cookie", cookie, "Origin", "null")));
        assertEquals(403, refusal(server, Map.of("Cookie", cookie, "Origin", own + ".evil.example")));
        assertEquals(403, refusal(server, Map.of("Cookie", cookie)));
    }

    @Test
    void nobodyOpensASocket() {
        assertEquals(401, refusal(server, Map.of("Origin", own)));
        assertEquals(401, refusal(server, Map.of("Origin", own, "Cookie", "studio=nonsense")));
    }

    @Test
    void aTokenOpensASocketWithItsScopeAndNeedsNoOrigin() throws Exception {
        Person ada = server.newPerson();
        Told told = new Told();

        WebSocket socket = open(server, Map.of("Authorization", "Bearer " + token(ada, "graph:run")), told);
        socket.sendText("who am I?", true).join();

        assertEquals(ada.account().caller().user(), soon(told.text));
        assertEquals(403, refusal(server, Map.of("Authorization", "Bearer " + token(ada, "model:get"))));
        socket.abort();
    }

    private static String token(Person person, String scope) {
        return person.post("/api/v1/tokens", "{'name':'t','scopes':['" + scope + "'],'expiresInDays':1}")
                .is(201)
                .json()
                .path("token")
                .asString();
    }

    @Test
    void signingOutClosesTheSocketsOfTheSession() throws Exception {
        Person ada = server.newPerson();
        Told told = new Told();
        open(server, Map.of("Cookie", ada.cookieHeader(), "Origin", own), told);

        ada.post("/api/v1/auth/sign-out", "").is(204);

        assertEquals(4401, soon(told.closed));
    }

    @Test
    void aSocketIsClosedWhenItsAccessTokenExpires() throws Exception {
        Person ada = server.newPerson();
        Sessions.Session session = server.bean(Sessions.class).begin(ada.account());
        Told told = new Told();

        Duration left = Duration.ofSeconds(2);
        while (!opens(ada, session, left, told)) { // a busy machine took longer than that
            left = left.multipliedBy(2);
        }

        assertEquals(4401, soon(told.closed));
        assertEquals(401, refusal(server, Map.of("Cookie", ada.cookieHeader(), "Origin", own)));
    }

    /** Opens a socket with an access token that has so long to live; gives false when it had expired by then. */
    private boolean opens(Person person, Sessions.Session session, Duration left, Told told) {
        Instant issued = Instant.now().minus(Duration.ofMinutes(10)).plus(left);
        AccessTokens shortLived =
                new AccessTokens(server.bean(IdentityKeys.class), () -> issued, Duration.ofMinutes(10));
        person.cookies().put("studio", shortLived.issue(session).token());
        try {
            open(server, Map.of("Cookie", person.cookieHeader(), "Origin", own), told);
            return true;
        } catch (CompletionException e) {
            assertEquals(
                    401,
                    assertInstanceOf(WebSocketHandshakeException.class, e.getCause())
                            .getResponse()
                            .statusCode());
            return false;
        }
    }

    @Test
    void inSingleUserModeOnlyItsOwnPagesOpenSockets() {
        AppServer local = AppServer.local();
        Told told = new Told();

        open(local, Map.of("Origin", local.address().toString()), told).abort();

        assertEquals(403, refusal(local, Map.of("Origin", "https://evil.example")));
        assertEquals(403, refusal(local, Map.of("Origin", "null")));
        assertEquals(403, refusal(local, Map.of()));
    }
}
