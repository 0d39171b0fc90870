package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.app.Person.Reply;
import dev.datastudio.app.identity.account.AccessTokens;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.IdentityKeys;
import dev.datastudio.app.identity.account.Sessions;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SessionRoutesTest {
    private static final String AUTH = "/api/v1/auth";
    private static final String SESSION = AUTH + "/session";

    private final AppServer server = AppServer.shared();

    private static String signUp(String email) {
        return "{'email':'" + email + "','name':'Ada','password':'" + Person.PASSWORD + "','organisation':'Lab'}";
    }

    private static String signIn(String email, String password) {
        return "{'email':'" + email + "','password':'" + password + "'}";
    }

    private static String newEmail() {
        return UUID.randomUUID() + "@example.org";
    }

    /** A browser in which somebody signed in by the route. */
    private Person signedIn(Person ada) {
        Person browser = server.nobody();
        browser.post(AUTH + "/sign-in", signIn(ada.account().email(), Person.PASSWORD))
                .is(200);
        return browser;
    }

    @Test
    void whoSignsUpIsTheAdministratorOfANewOrganisation() {
        Person ada = server.nobody();
        String email = newEmail();

        JsonNode session = ada.post(AUTH + "/sign-up", signUp(email)).is(201).json();

        assertTrue(session.path("signedIn").asBoolean());
        assertEquals(email, session.path("user").path("email").asString());
        assertEquals("admin", session.path("user").path("role").asString());
        assertEquals("Lab", session.path("organisation").path("name").asString());
        assertEquals("accounts", session.path("mode").asString());
        assertFalse(session.path("mustChangePassword").asBoolean());
        assertTrue(Instant.parse(session.path("expiresAt").asString()).isAfter(Instant.now()));
        assertEquals(session.path("scopes"), ada.get(SESSION).is(200).json().path("scopes"));
    }

    @Test
    void nobodyIsToldHowToGetInAndGivenATokenForUnsafeRequests() {
        Person nobody = server.nobody();
        nobody.cookies().clear();

        JsonNode options = nobody.get(AUTH + "/options").is(200).json();
        Reply session = nobody.get(SESSION).is(200);

        assertEquals("accounts", options.path("mode").asString());
        assertEquals("open", options.path("registration").asString());
        assertFalse(session.json().path("signedIn").asBoolean());
        assertTrue(session.json().path("user").isNull());
        String cookie = session.header("Set-Cookie");
        assertTrue(cookie.startsWith("studio-csrf="), cookie);
        assertTrue(cookie.contains("SameSite=Lax") && !cookie.contains("HttpOnly"), cookie);
    }

    @Test
    void theCookiesOfASessionAreReadByNoScriptAndSentByNoForeignPage() {
        Person ada = server.newPerson();

        List<String> cookies = server.nobody()
                .post(AUTH + "/sign-in", signIn(ada.account().email(), Person.PASSWORD))
                .is(200)
                .response()
                .headers()
                .allValues("Set-Cookie");

        String access = cookies.stream()
                .filter(each -> each.startsWith("studio="))
                .findFirst()
                .orElseThrow();
        String refresh = cookies.stream()
                .filter(each -> each.startsWith("studio-refresh="))
                .findFirst()
                .orElseThrow();
        assertTrue(
                access.contains("Path=/;") && access.contains("HttpOnly") && access.contains("SameSite=Lax"), access);
        assertTrue(
                refresh.contains("Path=/api/v1/auth;")
                        && refresh.contains("HttpOnly")
                        && refresh.contains("SameSite=Strict"),
                refresh);
    }

    @Test
    void aWrongPasswordAndAnUnknownAddressAreAnsweredAlike() {
        Person ada = server.newPerson();

        Reply wrong = server.nobody()
                .post(AUTH + "/sign-in", signIn(ada.account().email(), "another password"))
                .is(401);
        Reply unknown = server.nobody()
                .post(AUTH + "/sign-in", signIn(newEmail(), Person.PASSWORD))
                .is(401);

        assertEquals("SIGN_IN_FAILED", wrong.json().path("code").asString());
        assertEquals(wrong.json().path("detail"), unknown.json().path("detail"));
        assertEquals(wrong.json().path("mend"), unknown.json().path("mend"));
        assertTrue(wrong.response().headers().allValues("Set-Cookie").isEmpty());
    }

    @Test
    void aForgottenPasswordIsAnsweredAlikeForEveryAddress() {
        Person ada = server.newPerson();

        String known = server.nobody()
                .post(AUTH + "/password/forgot", "{'email':'" + ada.account().email() + "'}")
                .is(202)
                .response()
                .body();
        String unknown = server.nobody()
                .post(AUTH + "/password/forgot", "{'email':'" + newEmail() + "'}")
                .is(202)
                .response()
                .body();

        assertEquals(known, unknown);
    }

    @Test
    void whoGuessesPasswordsWaits() {
        Person ada = server.newPerson();
        Person guesser = server.nobody();

        Reply reply = guesser.post(AUTH + "/sign-in", signIn(ada.account().email(), "guess number 0 of many"));
        for (int i = 1; i <= 40 && reply.status() != 429; i++) {
            reply = guesser.post(AUTH + "/sign-in", signIn(ada.account().email(), "guess number " + i + " of many"));
        }

        assertEquals(429, reply.status(), reply.response().body());
        assertEquals("TOO_MANY_TRIES", reply.json().path("code").asString());
        int wait = Integer.parseInt(reply.header("Retry-After"));
        assertTrue(wait >= 1 && wait <= 3600, "waits " + wait);
    }

    @Test
    void aRefreshTokenThatWasUsedEndsItsSession() {
        Person ada = signedIn(server.newPerson());
        String first = ada.cookies().get("studio-refresh");
        ada.post(AUTH + "/refresh", "").is(200);
        ada.post(AUTH + "/refresh", "").is(200);
        Person thief = server.nobody();
        thief.cookies().put("studio-refresh", first);

        thief.post(AUTH + "/refresh", "").is(401);

        ada.post(AUTH + "/refresh", "").is(401);
        ada.get("/api/v1/models").is(401);
        assertFalse(ada.cookies().containsKey("studio-refresh"));
    }

    @Test
    void twoTabsThatRefreshWithTheSameTokenBothGoOn() {
        Person ada = signedIn(server.newPerson());
        String shared = ada.cookies().get("studio-refresh");
        Person tab = server.nobody();
        tab.cookies().put("studio-refresh", shared);

        ada.post(AUTH + "/refresh", "").is(200);
        tab.post(AUTH + "/refresh", "").is(200);

        assertNotEquals(shared, ada.cookies().get("studio-refresh"));
        assertEquals(ada.cookies().get("studio-refresh"), tab.cookies().get("studio-refresh"));
        ada.get("/api/v1/models").is(200);
        tab.get("/api/v1/models").is(200);
        tab.post(AUTH + "/refresh", "").is(200);
    }

    @Test
    void anExpiredAccessTokenIsNobodysAndIsRefreshed() {
        Person ada = server.newPerson();
        Account account = ada.account();
        Sessions.Session session = server.bean(Sessions.class).begin(account);
        AccessTokens past = new AccessTokens(
                server.bean(IdentityKeys.class),
                () -> Instant.now().minus(Duration.ofMinutes(10)),
                Duration.ofMinutes(10));
        ada.cookies().put("studio", past.issue(session).token());
        ada.cookies().put("studio-refresh", session.refreshToken());

        ada.get("/api/v1/models").is(401);
        assertFalse(ada.get(SESSION).is(200).json().path("signedIn").asBoolean());

        ada.post(AUTH + "/refresh", "").is(200);
        ada.get("/api/v1/models").is(200);
    }

    @Test
    void anAccessTokenThatIsNotOursIsNobodys() {
        Person ada = server.newPerson();
        String token = Objects.requireNonNull(ada.cookies().get("studio"));
        String[] parts = token.split("\\.", -1);

        // The header of the second says {"alg":"none"}.
        for (String forged : List.of(
                parts[0] + "." + parts[1] + "." + "A".repeat(parts[2].length()),
                "eyJhbGciOiJub25lIn0." + parts[1] + ".",
                parts[0] + "." + parts[1] + ".",
                "nonsense",
                "")) {
            ada.cookies().put("studio", forged);
            ada.get("/api/v1/models").is(401);
        }
    }

    @Test
    void signingOutEndsTheSessionAtOnceForWhoeverHasItsCookies() {
        Person ada = signedIn(server.newPerson());
        Person copy = server.nobody();
        copy.cookies().putAll(ada.cookies());

        ada.post(AUTH + "/sign-out", "").is(204);

        copy.get("/api/v1/models").is(401);
        copy.post(AUTH + "/refresh", "").is(401);
        assertFalse(ada.cookies().containsKey("studio"));
        assertFalse(ada.cookies().containsKey("studio-refresh"));
        ada.post(AUTH + "/sign-out", "").is(204);
    }

    @Test
    void anUnsafeRequestWithoutTheTokenOrFromAForeignPageIsRefused() {
        Person ada = server.newPerson();
        String cookies = ada.cookieHeader();
        String path = "/api/v1/organisation";

        Reply without = ada.send(ada.bare(path).header("Cookie", cookies).PUT(BodyPublishers.ofString("{}")));
        Reply wrong = ada.send(ada.bare(path)
                .header("Cookie", cookies)
                .header("X-CSRF-Token", "guess")
                .PUT(BodyPublishers.ofString("{}")));
        Reply foreign = ada.send(
                ada.request(path).header("Origin", "https://evil.example").PUT(BodyPublishers.ofString("{}")));
        Reply opaque = ada.send(ada.request(path).header("Origin", "null").PUT(BodyPublishers.ofString("{}")));
        Reply site = ada.send(
                ada.request(path).header("Sec-Fetch-Site", "cross-site").PUT(BodyPublishers.ofString("{}")));

        assertEquals("CSRF_TOKEN_MISSING", without.is(403).json().path("code").asString());
        assertEquals("CSRF_TOKEN_MISSING", wrong.is(403).json().path("code").asString());
        assertEquals("ORIGIN_REFUSED", foreign.is(403).json().path("code").asString());
        assertEquals("ORIGIN_REFUSED", opaque.is(403).json().path("code").asString());
        assertEquals("ORIGIN_REFUSED", site.is(403).json().path("code").asString());
        assertFalse(without.json().path("mend").asString().isBlank());
        ada.get(path).is(200);
    }

    @Test
    void signingInNeedsTheTokenToo() {
        Person ada = server.newPerson();
        Person victim = server.nobody();
        String body = signIn(ada.account().email(), Person.PASSWORD).replace('\'', '"');

        Reply reply = victim.send(victim.bare(AUTH + "/sign-in")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));

        assertEquals("CSRF_TOKEN_MISSING", reply.is(403).json().path("code").asString());
    }

    @Test
    void anotherPasswordEndsAllOtherSessions() {
        Person ada = server.newPerson();
        Person here = signedIn(ada);
        Person there = signedIn(ada);
        String changed = "another four words instead";

        here.put(AUTH + "/password", "{'current':'wrong','password':'" + changed + "'}")
                .is(403);
        here.put(AUTH + "/password", "{'current':'" + Person.PASSWORD + "','password':'" + changed + "'}")
                .is(204);

        there.get("/api/v1/models").is(401);
        there.post(AUTH + "/refresh", "").is(401);
        here.get("/api/v1/models").is(200);
        server.nobody()
                .post(AUTH + "/sign-in", signIn(ada.account().email(), changed))
                .is(200);
    }

    @Test
    void aPasswordThatIsEasyToGuessIsRefusedAndNotRepeated() {
        Reply reply = server.nobody()
                .post(AUTH + "/sign-up", signUp(newEmail()).replace(Person.PASSWORD, "password1234"))
                .is(400);

        assertEquals(
                "The password is one of the first that are guessed",
                reply.json().path("detail").asString());
        assertFalse(reply.response().body().contains("password1234"));
    }

    @Test
    void noAnswerLetsAnotherServersPageInOrRunsForeignScripts() {
        Person ada = server.newPerson();
        Reply page = ada.get("/").is(200);
        Reply data = ada.get(SESSION).is(200);
        Reply foreign = ada.send(
                ada.request(SESSION).header("Origin", "https://evil.example").GET());

        String policy = page.header("Content-Security-Policy");
        assertTrue(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe-eval"), policy);
        assertEquals("default-src 'none'; frame-ancestors 'none'", data.header("Content-Security-Policy"));
        assertEquals("no-store", data.header("Cache-Control"));
        for (Reply reply : List.of(page, data)) {
            assertEquals("nosniff", reply.header("X-Content-Type-Options"));
            assertEquals("DENY", reply.header("X-Frame-Options"));
        }
        assertEquals("same-origin", page.header("Referrer-Policy"));
        assertEquals("", foreign.header("Access-Control-Allow-Origin"));
        assertEquals("", foreign.header("Access-Control-Allow-Credentials"));
    }

    @Test
    void metersAreForThoseWhoMayReadTheSettings() {
        server.nobody().get("/actuator/prometheus").is(401);
        server.newPerson().get("/actuator/prometheus").is(200);
        server.nobody().get("/actuator/health").is(200);
    }
}
