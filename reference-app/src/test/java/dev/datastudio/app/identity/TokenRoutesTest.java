package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.app.Person.Reply;
import dev.datastudio.core.Studio;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokenRoutesTest {
    private static final String TOKENS = "/api/v1/tokens";

    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();

    private JsonNode make(String scopes) {
        return ada.post(TOKENS, "{'name':'script','scopes':[" + scopes + "],'expiresInDays':30}")
                .is(201)
                .json();
    }

    private Reply get(String path, String token) {
        return ada.send(ada.bare(path).header("Authorization", "Bearer " + token));
    }

    @Test
    void aTokenMayDoWhatItsScopesSayAndNothingElse() {
        String token = make("'model:get'").path("token").asString();

        get("/api/v1/models", token).is(200);
        Reply refused = get("/api/v1/members", token).is(403);

        assertEquals("SCOPE_MISSING", refused.json().path("code").asString());
        assertTrue(refused.json().path("detail").asString().contains("'member:get'"));
    }

    @Test
    void aTokenNeedsNoOtherProofForUnsafeRequests() {
        String token = make("'member:edit'").path("token").asString();

        Reply reply =
                ada.send(ada.bare("/api/v1/members/" + ada.account().caller().user())
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString("{\"role\":\"admin\"}")));

        reply.is(200);
    }

    @Test
    void aTokenCanNotMakeTokensChangeThePasswordOrInvite() {
        String token = make("'self:edit','member:edit'").path("token").asString();

        for (String[] request : new String[][] {
            {"POST", TOKENS, "{\"name\":\"more\",\"scopes\":[\"self:edit\"],\"expiresInDays\":1}"},
            {
                "PUT",
                "/api/v1/auth/password",
                "{\"current\":\"" + Person.PASSWORD + "\",\"password\":\"other words here\"}"
            },
            {"POST", "/api/v1/invitations", "{\"email\":\"x@example.org\",\"role\":\"admin\"}"}
        }) {
            Reply reply = ada.send(ada.bare(request[1])
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(request[0], BodyPublishers.ofString(request[2])));
            assertEquals("SESSION_REQUIRED", reply.is(403).json().path("code").asString());
        }
    }

    @Test
    void nobodyGivesATokenMoreThanTheyMayDo() {
        Reply reply = ada.post(TOKENS, "{'name':'root','scopes':['server:own'],'expiresInDays':30}")
                .is(400);

        assertTrue(reply.json().path("detail").asString().contains("server:own"));
    }

    @Test
    void aTokenIsShownOnceAndKeptAsAHash() {
        JsonNode made = ada.send(ada.request(TOKENS)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(
                                "{\"name\":\"script\",\"scopes\":[\"model:get\"],\"expiresInDays\":30}")))
                .is(201)
                .json();
        String token = made.path("token").asString();

        String list = ada.get(TOKENS).is(200).response().body();

        assertTrue(token.startsWith("std_"));
        assertTrue(list.contains(made.path("id").asString()));
        assertFalse(list.contains(token));
        Studio studio = server.bean(Studio.class);
        for (String tenant : new String[] {ada.account().caller().tenant(), "studio-identity"}) {
            for (String kind : new String[] {"identity-token", "identity-secret", "idempotency"}) {
                String entries = studio.metadata()
                        .list(EntryQuery.of(tenant, kind).limitedTo(1_000))
                        .toString();
                assertFalse(entries.contains(token.substring(4)));
            }
        }
    }

    @Test
    void aTokenThatWasRevokedIsNobodysAtOnce() {
        JsonNode made = make("'model:get'");
        get("/api/v1/models", made.path("token").asString()).is(200);

        ada.delete(TOKENS + "/" + made.path("id").asString()).is(204);

        get("/api/v1/models", made.path("token").asString()).is(401);
    }

    @Test
    void aBadTokenIsNobodysEvenWithAGoodCookie() {
        Reply reply = ada.send(ada.request("/api/v1/models").header("Authorization", "Bearer std_" + "A".repeat(43)));

        assertEquals("SIGN_IN_REQUIRED", reply.is(401).json().path("code").asString());
        ada.send(ada.request("/api/v1/models").header("Authorization", "Basic YWRhOmFkYQ=="))
                .is(401);
    }

    @Test
    void aColleaguesTokenIsNotThere() {
        JsonNode made = make("'model:get'");
        Person eve = server.newPerson();

        eve.delete(TOKENS + "/" + made.path("id").asString()).is(404);

        assertEquals(0, eve.get(TOKENS).json().path("items").size());
        get("/api/v1/models", made.path("token").asString()).is(200);
    }
}
