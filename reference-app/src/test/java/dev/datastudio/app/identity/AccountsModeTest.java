package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.app.Person.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application as it is first set up for several people: invitations only, and a configured administrator. */
class AccountsModeTest {
    private static final String AUTH = "/api/v1/auth";
    private static final String FIRST = "given by the environment";
    private static final String ORIGIN = "https://app.example.org";
    private static AppServer server;

    @BeforeAll
    static void start() {
        server = AppServer.start(
                "studio.identity.mode=accounts",
                "studio.identity.allowed-origins=" + ORIGIN,
                "studio.identity.base-url=https://studio.example.org/",
                "studio.identity.admin.email=Root@Example.org",
                "studio.identity.admin.password=" + FIRST);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static Reply signIn(Person person, String password) {
        return person.post(AUTH + "/sign-in", "{'email':'root@example.org','password':'" + password + "'}");
    }

    @Test
    void theConfiguredAdministratorChoosesAnotherPasswordBeforeAnythingElse() {
        Person root = server.nobody();
        Reply first = signIn(root, FIRST);
        if (first.status() == 200) {
            assertTrue(first.json().path("mustChangePassword").asBoolean());
            assertEquals("[\"self:edit\"]", first.json().path("scopes").toString());
            root.get("/api/v1/members").is(403);
            root.put(AUTH + "/password", "{'current':'" + FIRST + "','password':'" + Person.PASSWORD + "'}")
                    .is(204);
        }

        assertFalse(
                root.get(AUTH + "/session").json().path("mustChangePassword").asBoolean());
        root.get("/api/v1/members").is(200);
        signIn(server.nobody(), FIRST).is(401);
    }

    @Test
    void nobodyJoinsUninvited() {
        assertFalse(
                server.nobody().get(AUTH + "/options").json().path("firstUser").asBoolean());

        Reply reply = server.nobody()
                .post(
                        AUTH + "/sign-up",
                        "{'email':'eve@example.org','name':'Eve','password':'" + Person.PASSWORD
                                + "','organisation':'Lab'}");

        assertEquals("REGISTRATION_CLOSED", reply.is(403).json().path("code").asString());
    }

    @Test
    void linksLeadToTheConfiguredServer() {
        Person ada = server.newPerson();

        String link = ada.post("/api/v1/invitations", "{'email':'ben@example.org','role':'viewer'}")
                .is(201)
                .json()
                .path("link")
                .asString();

        assertTrue(link.startsWith("https://studio.example.org/invitation#"), link);
    }

    @Test
    void onlyPagesOfAllowedServersMayUseTheCookies() {
        Person ada = server.newPerson();

        Reply allowed =
                ada.send(ada.request(AUTH + "/session").header("Origin", ORIGIN).GET());
        Reply asked = ada.send(ada.bare("/api/v1/members")
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "DELETE")
                .header("Access-Control-Request-Headers", "x-csrf-token")
                .method("OPTIONS", BodyPublishers.noBody()));
        Reply foreign = ada.send(ada.request(AUTH + "/session")
                .header("Origin", "https://evil.example")
                .GET());

        assertEquals(ORIGIN, allowed.is(200).header("Access-Control-Allow-Origin"));
        assertEquals("true", allowed.header("Access-Control-Allow-Credentials"));
        assertEquals(ORIGIN, asked.is(200).header("Access-Control-Allow-Origin"));
        assertEquals("", foreign.is(403).header("Access-Control-Allow-Origin"));
    }
}
