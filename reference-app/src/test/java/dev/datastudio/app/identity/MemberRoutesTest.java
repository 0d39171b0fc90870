package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.app.Person.Reply;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.core.audit.AuditQuery;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class MemberRoutesTest {
    private static final String AUTH = "/api/v1/auth";

    private final AppServer server = AppServer.shared();
    private final Person ada = server.newPerson();

    private Person join(String role) {
        String link = ada.post(
                        "/api/v1/invitations",
                        "{'email':'" + UUID.randomUUID() + "@example.org','role':'" + role + "'}")
                .is(201)
                .json()
                .path("link")
                .asString();
        Person joined = server.nobody();
        joined.post(AUTH + "/invitations/accept", accept(secret(link))).is(200);
        return joined;
    }

    private static String secret(String link) {
        return URI.create(link).getFragment();
    }

    private static String accept(String secret) {
        return "{'token':'" + secret + "','name':'Ben','password':'" + Person.PASSWORD + "'}";
    }

    private static String id(Person person) {
        return person.get(AUTH + "/session").json().path("user").path("id").asString();
    }

    private static String email(Person person) {
        return person.get(AUTH + "/session").json().path("user").path("email").asString();
    }

    @Test
    void whoIsInvitedJoinsTheOrganisationInTheirRole() {
        Person ben = join("editor");

        JsonNode session = ben.get(AUTH + "/session").json();
        JsonNode members = ada.get("/api/v1/members").is(200).json().path("items");

        assertEquals("editor", session.path("user").path("role").asString());
        assertEquals(
                ada.account().caller().tenant(),
                session.path("organisation").path("id").asString());
        assertEquals(2, members.size());
        assertEquals("Ben", members.path(1).path("name").asString());
        assertFalse(members.path(1).path("lastSeenAt").isNull());
        JsonNode invitation =
                ada.get("/api/v1/invitations").is(200).json().path("items").path(0);
        assertFalse(invitation.path("acceptedAt").isNull());
        assertTrue(invitation.path("link").isMissingNode());
    }

    @Test
    void anInvitationIsAcceptedOnce() {
        JsonNode made = ada.post(
                        "/api/v1/invitations", "{'email':'once@" + UUID.randomUUID() + ".org','role':'viewer'}")
                .is(201)
                .json();
        String secret = secret(made.path("link").asString());
        server.nobody().post(AUTH + "/invitations/accept", accept(secret)).is(200);

        Reply again = server.nobody()
                .post(AUTH + "/invitations/accept", accept(secret))
                .is(401);
        Reply nonsense = server.nobody()
                .post(AUTH + "/invitations/accept", accept("nonsense"))
                .is(401);

        assertEquals(nonsense.json().path("detail"), again.json().path("detail"));
    }

    @Test
    void anInvitationThatWasWithdrawnIsNone() {
        JsonNode made = ada.post("/api/v1/invitations", "{'email':'w@" + UUID.randomUUID() + ".org','role':'viewer'}")
                .is(201)
                .json();

        ada.delete("/api/v1/invitations/" + made.path("id").asString()).is(204);

        server.nobody()
                .post(
                        AUTH + "/invitations/accept",
                        accept(secret(made.path("link").asString())))
                .is(401);
    }

    @Test
    void aRoleSaysWhatSomebodyMayDo() {
        Person editor = join("editor");
        Person viewer = join("viewer");

        for (Person person : List.of(editor, viewer)) {
            Reply refused = person.post("/api/v1/invitations", "{'email':'x@example.org','role':'admin'}");
            assertEquals("SCOPE_MISSING", refused.is(403).json().path("code").asString());
            assertTrue(refused.json().path("detail").asString().contains("'member:edit'"));
            person.patch("/api/v1/members/" + id(person), "{'role':'admin'}").is(403);
            person.get("/api/v1/members").is(200);
        }
        Set<String> viewers = scopes(viewer);
        Set<String> editors = scopes(editor);
        assertTrue(editors.containsAll(viewers) && editors.contains("dataset:edit"));
        assertFalse(viewers.contains("dataset:edit"));
        assertTrue(scopes(ada).containsAll(editors));
    }

    private static Set<String> scopes(Person person) {
        return person.get(AUTH + "/session")
                .json()
                .path("scopes")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toSet());
    }

    @Test
    void aNewRoleEndsSessionsAtOnce() {
        Person ben = join("admin");
        String email = email(ben);

        JsonNode changed = ada.patch("/api/v1/members/" + id(ben), "{'role':'viewer'}")
                .is(200)
                .json();

        assertEquals("viewer", changed.path("role").asString());
        ben.get("/api/v1/members").is(401);
        ben.post(AUTH + "/refresh", "").is(401);
        Person again = server.nobody();
        again.post(AUTH + "/sign-in", "{'email':'" + email + "','password':'" + Person.PASSWORD + "'}")
                .is(200);
        assertFalse(scopes(again).contains("member:edit"));
    }

    @Test
    void whoIsDeactivatedIsOutAtOnceWithTheirTokensAndCanComeBack() {
        Person ben = join("editor");
        String id = id(ben);
        String email = email(ben);
        String token = ben.post("/api/v1/tokens", "{'name':'t','scopes':['model:get'],'expiresInDays':1}")
                .is(201)
                .json()
                .path("token")
                .asString();

        ada.patch("/api/v1/members/" + id, "{'active':false}").is(200);

        ben.get("/api/v1/models").is(401);
        ben.send(ben.bare("/api/v1/models").header("Authorization", "Bearer " + token))
                .is(401);
        String signIn = "{'email':'" + email + "','password':'" + Person.PASSWORD + "'}";
        server.nobody().post(AUTH + "/sign-in", signIn).is(401);
        ada.patch("/api/v1/members/" + id, "{'active':true}").is(200);
        server.nobody().post(AUTH + "/sign-in", signIn).is(200);
        ben.send(ben.bare("/api/v1/models").header("Authorization", "Bearer " + token))
                .is(200);
    }

    @Test
    void whoIsRemovedIsGone() {
        Person ben = join("editor");
        String id = id(ben);

        ada.delete("/api/v1/members/" + id).is(204);

        ben.get("/api/v1/models").is(401);
        ada.delete("/api/v1/members/" + id).is(404);
        assertEquals(1, ada.get("/api/v1/members").json().path("items").size());
    }

    @Test
    void theLastAdministratorStays() {
        String own = "/api/v1/members/" + id(ada);

        for (Reply reply :
                List.of(ada.patch(own, "{'role':'viewer'}"), ada.patch(own, "{'active':false}"), ada.delete(own))) {
            assertEquals("LAST_ADMINISTRATOR", reply.is(409).json().path("code").asString());
        }
        ada.get("/api/v1/members").is(200);
    }

    @Test
    void anAdministratorMakesALinkForANewPassword() {
        Person ben = join("viewer");
        String email = email(ben);
        JsonNode made = ada.post("/api/v1/members/" + id(ben) + "/reset-link", "")
                .is(201)
                .json();
        String secret = secret(made.path("link").asString());
        String changed = "another four words instead";

        String body = "{'token':'" + secret + "','password':'" + changed + "'}";
        server.nobody().post(AUTH + "/password/reset", body).is(204);
        server.nobody().post(AUTH + "/password/reset", body).is(401);

        ben.get("/api/v1/models").is(401);
        server.nobody()
                .post(AUTH + "/sign-in", "{'email':'" + email + "','password':'" + changed + "'}")
                .is(200);
    }

    @Test
    void anOrganisationIsRenamedInTheRevisionThatWasSeen() {
        Reply seen = ada.get("/api/v1/organisation").is(200);

        ada.put("/api/v1/organisation", "{'name':'New'}").is(428);
        ada.put("/api/v1/organisation", "{'name':'New'}", seen.header("ETag")).is(200);
        ada.put("/api/v1/organisation", "{'name':'Newer'}", seen.header("ETag")).is(409);

        assertEquals("New", ada.get("/api/v1/organisation").json().path("name").asString());
    }

    @Test
    void colleaguesSeeWhatBelongsToTheirOrganisation() {
        ada.post(
                        "/api/v1/models",
                        "{'name':'ours','provider':'ollama','model_name':'llama3.2',"
                                + "'endpoint_url':'http://127.0.0.1:9'}")
                .is(201);
        Person ben = join("viewer");

        assertTrue(ben.get("/api/v1/models").is(200).response().body().contains("\"ours\""));
        assertFalse(server.newPerson().get("/api/v1/models").response().body().contains("\"ours\""));
    }

    @Test
    void anOrganisationSeesNothingOfAnother() {
        Person eve = server.newPerson();
        Person ben = join("viewer");

        assertEquals(1, eve.get("/api/v1/members").json().path("items").size());
        assertEquals(0, eve.get("/api/v1/invitations").json().path("items").size());
        eve.patch("/api/v1/members/" + id(ben), "{'active':false}").is(404);
        eve.post("/api/v1/members/" + id(ben) + "/reset-link", "").is(404);
        eve.delete("/api/v1/members/" + id(ben)).is(404);
        ben.get("/api/v1/models").is(200);
    }

    @Test
    void whatIsDoneStandsInTheAuditLogWithoutSecrets() {
        Person ben = join("viewer");
        ada.patch("/api/v1/members/" + id(ben), "{'role':'editor'}").is(200);
        server.nobody()
                .post(AUTH + "/sign-in", "{'email':'" + ada.account().email() + "','password':'wrong password'}")
                .is(401);
        ada.post(AUTH + "/sign-out", "").is(204);
        Studio studio = server.bean(Studio.class);
        studio.audit().appendNow(AuditEvent.of(ada.account().caller(), "test.end", List.of()));

        var records = studio.audit()
                .list(AuditQuery.of(ada.account().caller().tenant()))
                .records();

        List<String> actions = records.stream()
                .map(each -> each.event().action() + " " + each.event().outcome())
                .toList();
        for (String action : List.of(
                "invitation.create DONE",
                "account.join DONE",
                "member.change DONE",
                "session.begin REFUSED",
                "session.end DONE")) {
            assertTrue(actions.contains(action), actions.toString());
        }
        assertFalse(records.toString().contains("wrong password"));
    }
}
