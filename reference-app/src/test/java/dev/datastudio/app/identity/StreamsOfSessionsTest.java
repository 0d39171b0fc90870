package dev.datastudio.app.identity;

import static dev.datastudio.app.Belongings.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.app.identity.account.AccessTokens;
import dev.datastudio.app.identity.account.IdentityKeys;
import dev.datastudio.app.identity.account.Sessions;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is streamed to somebody ends when they may not read it any more. */
class StreamsOfSessionsTest {
    private static final long LIMIT_SECONDS = 60;
    private static final String WAITING = "{'nodes':["
            + "{'id':'text','type':'text.input','typeVersion':1,'data':{'config':{'name':'text','default':'Hi'}}},"
            + "{'id':'person','type':'human.approval','typeVersion':1,'data':{'config':{'question':'Send it?'}}},"
            + "{'id':'yes','type':'text.output','typeVersion':1,'data':{'config':{'name':'yes'}}}],'edges':["
            + "{'id':'a','source':'text','sourceHandle':'value','target':'person','targetHandle':'value'},"
            + "{'id':'b','source':'person','sourceHandle':'approved','target':'yes','targetHandle':'value'}]}";

    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();
    private final String events = events(ada);

    /** Where a run tells of itself that waits for somebody, and so goes on for as long as it likes. */
    private static String events(Person person) {
        String graph = id(person.post("/api/v1/graphs", "{'name':'Waiting','graph':" + WAITING + "}"));
        return "/api/v1/runs/" + id(person.post("/api/v1/graphs/" + graph + "/runs", "{}")) + "/events";
    }

    private static HttpResponse<InputStream> opened(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.GET().build(), BodyHandlers.ofInputStream());
    }

    private static CompletableFuture<Void> follow(HttpRequest.Builder request) throws Exception {
        return follow(opened(request));
    }

    /** A stream that has told that the run waits, and is done when it ends. */
    private static CompletableFuture<Void> follow(HttpResponse<InputStream> answer) throws Exception {
        assertEquals(200, answer.statusCode());
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        String told = "";
        while (!told.contains("\"waiting\"")) {
            told = Objects.requireNonNull(lines.readLine(), "the stream ended");
        }
        return CompletableFuture.runAsync(() -> lines.lines().forEach(line -> {}), work -> {
            Thread thread = new Thread(work, "reader");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void ends(CompletableFuture<Void> stream) throws Exception {
        stream.exceptionally(broken -> null).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void signingOutEndsTheStreamsOfTheSessionAndNoOthers() throws Exception {
        CompletableFuture<Void> here = follow(ada.request(events));
        Person elsewhere = ada.elsewhere();
        elsewhere.signedInAs(server, ada.account());
        CompletableFuture<Void> there = follow(elsewhere.request(events));

        ada.post("/api/v1/auth/sign-out", "").is(204);

        ends(here);
        assertFalse(there.isDone());
        elsewhere.post("/api/v1/auth/sign-out", "").is(204);
        ends(there);
    }

    @Test
    void revokingATokenEndsItsStreams() throws Exception {
        var token = ada.post("/api/v1/tokens", "{'name':'t','scopes':['graph:get'],'expiresInDays':1}")
                .is(201)
                .json();
        CompletableFuture<Void> stream = follow(ada.bare(events)
                .header("Authorization", "Bearer " + token.path("token").asString()));

        ada.delete("/api/v1/tokens/" + token.path("id").asString()).is(204);

        ends(stream);
    }

    @Test
    void aMemberWhoIsShutOutReadsNoFurther() throws Exception {
        String link = ada.post(
                        "/api/v1/invitations", "{'email':'" + UUID.randomUUID() + "@example.org','role':'editor'}")
                .is(201)
                .json()
                .path("link")
                .asString();
        Person ben = server.nobody();
        String secret = URI.create(link).getFragment();
        String joined = ben.post(
                        "/api/v1/auth/invitations/accept",
                        "{'token':'" + secret + "','name':'Ben','password':'" + Person.PASSWORD + "'}")
                .is(200)
                .json()
                .at("/user/id")
                .asString();
        CompletableFuture<Void> stream = follow(ben.request(events(ben)));

        ada.patch("/api/v1/members/" + joined, "{'active':false}").is(200);

        ends(stream);
    }

    /** An access token that has so long to live. */
    private String token(Sessions.Session session, Duration left) {
        Instant issued = Instant.now().minus(Duration.ofMinutes(10)).plus(left);
        return new AccessTokens(server.bean(IdentityKeys.class), () -> issued, Duration.ofMinutes(10))
                .issue(session)
                .token();
    }

    /** A stream is longer than the cookie that began it is good: that is refreshed meanwhile. */
    @Test
    void aCookieThatIsToBeRefreshedEndsNoStreamButTheEndOfItsSessionDoes() throws Exception {
        Sessions.Session session = server.bean(Sessions.class).begin(ada.account());
        Person late = ada.elsewhere();
        HttpResponse<InputStream> answer;
        Duration left = Duration.ofSeconds(2);
        do { // a busy machine may take longer than that
            late.cookies().put("studio", token(session, left));
            answer = opened(late.request(events));
            left = left.multipliedBy(2);
        } while (answer.statusCode() == 401);
        CompletableFuture<Void> stream = follow(answer);
        while (late.get("/api/v1/datasets").status() != 401) {
            Thread.onSpinWait();
        }

        assertFalse(stream.isDone());

        server.bean(Sessions.class).end(ada.account().caller(), session.id());
        ends(stream);
    }
}
