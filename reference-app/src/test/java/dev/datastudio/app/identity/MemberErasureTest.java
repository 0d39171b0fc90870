package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Belongings;
import dev.datastudio.app.Person;
import dev.datastudio.app.Traces;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Somebody who is deleted with their data leaves nothing behind that is theirs alone, in no file and no table (G18). */
class MemberErasureTest {
    /** Entries that may name somebody who is gone, by their id: what was done, and what the organisation shares. */
    private static final Set<String> MAY_NAME =
            Set.of("audit", "graph", "graph-version", "project", "project-note", "identity-invitation", "source");

    private final AppServer server = AppServer.shared();
    private final Traces traces = Traces.in(server.bean(Studio.class).workspace());
    private final Person ada = server.newPerson();

    private Person join() {
        String link = ada.post(
                        "/api/v1/invitations", "{'email':'" + UUID.randomUUID() + "@example.org','role':'editor'}")
                .is(201)
                .json()
                .path("link")
                .asString();
        Person joined = server.nobody();
        String secret = URI.create(link).getFragment();
        joined.post(
                        "/api/v1/auth/invitations/accept",
                        "{'token':'" + secret + "','name':'Ben','password':'" + Person.PASSWORD + "'}")
                .is(200);
        return joined;
    }

    private static JsonNode user(Person person) {
        return person.get("/api/v1/auth/session").json().path("user");
    }

    /** One of everything, with a word in it that is nowhere else. */
    static String fill(Person person, String word) {
        String dataset = Belongings.dataset(person, "theirs.csv", "region,sales\n" + word + ",10\nSouth,20\n");
        Belongings.document(person, "theirs.txt", ("Here is " + word + ".").getBytes(StandardCharsets.UTF_8));
        String talk = Belongings.id(person.post("/api/v1/conversations", "{'title':'" + word + "'}"));
        person.post(
                "/api/v1/conversations/" + talk + "/messages",
                "{'message':'average sales by region where region is " + word + "','context':{'datasetIds':['" + dataset
                        + "']}}");
        person.post("/api/v1/analysis/ask", "{'question':'average sales by region','datasetIds':['" + dataset + "']}")
                .is(200);
        person.sendFile("/api/v1/uploads", "waiting.csv", ("a\n" + word + "\n").getBytes(StandardCharsets.UTF_8));
        JsonNode upload = person.post("/upload", "{'file_name':'asked.csv','content_type':'text/csv'}")
                .is(200)
                .json();
        person.sendTo(
                URI.create(upload.path("presigned_url").asString()),
                "text/csv",
                ("region,sales\n" + word + ",1\nSouth,2\n").getBytes(StandardCharsets.UTF_8));
        person.post(
                        "/ask?async=true",
                        "{'file_id':'" + upload.path("file_id").asString() + "','question':'average sales by region'}")
                .is(202);
        String graph = Belongings.id(person.post("/api/v1/graph-templates/greeting/graphs", ""));
        String run =
                Belongings.id(person.post("/api/v1/graphs/" + graph + "/runs", "{'inputs':{'name':'" + word + "'}}"));
        person.get("/api/v1/runs/" + run + "/events").is(200); // to its end
        Belongings.id(person.post("/api/v1/tokens", "{'name':'theirs','scopes':['dataset:get'],'expiresInDays':1}"));
        return dataset;
    }

    @Test
    void whatSomebodySharedAndLeftBehindIsDeletedByAnAdministrator() {
        Person ben = join();
        Person cleo = join();
        byte[] text = "Ours alone.".getBytes(StandardCharsets.UTF_8);
        String alone = Belongings.document(ben, "alone.txt", text);
        String shared = Belongings.id(ben.sendFile("/api/v1/documents?shared=true", "shared.txt", text));
        ben.get("/api/v1/documents/" + shared + "/events").is(200); // ends when it was read
        ada.delete("/api/v1/members/" + user(ben).path("id").asString()).is(204);

        cleo.delete("/api/v1/documents/" + shared).is(404);
        ada.delete("/api/v1/documents/" + alone).is(404);
        ada.delete("/api/v1/documents/" + shared).is(204);

        cleo.get("/api/v1/documents/" + shared).is(404);
    }

    @Test
    void whoIsDeletedWithTheirDataLeavesNothingOfTheirsBehind() throws IOException, SQLException {
        String word = "Quagga" + UUID.randomUUID().toString().replace("-", "");
        String kept = "Okapi" + UUID.randomUUID().toString().replace("-", "");
        Person ben = join();
        Person cleo = join();
        String id = user(ben).path("id").asString();
        String email = user(ben).path("email").asString();
        fill(ben, word);
        String other = fill(cleo, kept);
        assertNotEquals(Set.of(), traces.of(word), "the search must be able to find it");
        JsonNode counts = ada.get("/api/v1/members/" + id + "/data").is(200).json();
        assertTrue(counts.path("datasets").asInt() >= 1, counts::toString);
        assertEquals(1, counts.path("documents").asInt());
        assertEquals(1, counts.path("conversations").asInt());
        ben.delete("/api/v1/members/" + id + "?withData=true").is(403);

        ada.delete("/api/v1/members/" + id + "?withData=true").is(204);

        ben.get("/api/v1/datasets").is(401);
        ada.get("/api/v1/members/" + id + "/data").is(404);
        ada.delete("/api/v1/members/" + id + "?withData=true").is(404);
        Set<String> left = traces.of(word);
        left.remove("entry:audit"); // which questions were asked of the organisation's data is its record
        assertEquals(Set.of(), left);
        assertEquals(Set.of(), traces.of(email));
        Set<String> naming = traces.inTables(id);
        naming.removeIf(place -> MAY_NAME.contains(place.replaceFirst("entry(_attribute)?:", "")));
        assertEquals(Set.of(), naming);

        cleo.get("/api/v1/datasets/" + other).is(200);
        assertNotEquals(Set.of(), traces.of(kept));
        assertEquals(
                1, cleo.get("/api/v1/documents").is(200).json().path("items").size());
    }
}
