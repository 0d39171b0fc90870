package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Belongings;
import dev.datastudio.app.Person;
import dev.datastudio.app.Traces;
import dev.datastudio.app.identity.account.OrganisationEnds;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An organisation that is deleted leaves nothing behind, in no file and no table, and nobody gets in any more (G18). */
@Timeout(120)
class OrganisationErasureTest {
    private final AppServer server = AppServer.shared();
    private final Studio studio = server.bean(Studio.class);
    private final Traces traces = Traces.in(studio.workspace());

    private static String word(String name) {
        return name + UUID.randomUUID().toString().replace("-", "");
    }

    private static Person.Reply end(Person person, String name, String password) {
        String body = "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}";
        return person.send(person.request("/api/v1/organisation")
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(body)));
    }

    private static String nameOf(Person person) {
        return person.get("/api/v1/organisation").is(200).json().path("name").asString();
    }

    /** Beside what a person has: what the organisation shares. */
    private void fill(Person person, String word) {
        MemberErasureTest.fill(person, word);
        Belongings.id(person.post(
                "/api/v1/models",
                "{'name':'" + word
                        + "','provider':'ollama','model_name':'llama3.2','endpoint_url':'http://127.0.0.1:9',"
                        + "'api_key':'" + word + "'}"));
        Belongings.id(person.post(
                "/api/v1/sources", "{'name':'" + word + "','kind':'sqlite','database':'/" + word + ".db'}"));
        String project = Belongings.id(person.post("/api/v1/projects", "{'name':'" + word + "'}"));
        Belongings.id(person.post("/api/v1/projects/" + project + "/notes", "{'text':'" + word + "'}"));
        Belongings.id(person.post("/api/v1/graphs", "{'name':'" + word + "'}"));
        Belongings.id(person.post("/api/v1/invitations", "{'email':'" + word + "@example.org','role':'viewer'}"));
        Belongings.id(person.post("/api/v1/tokens", "{'name':'theirs','scopes':['dataset:get'],'expiresInDays':1}"));
        Caller caller = person.account().caller();
        Dataset one = studio.datasets()
                .as(caller)
                .get(DatasetId.parse(Belongings.dataset(
                        person, word + "1.csv", "customer_id,amount\n1," + word + "\n2,b\n3,c\n4,d\n")));
        Dataset two = studio.datasets()
                .as(caller)
                .get(DatasetId.parse(
                        Belongings.dataset(person, word + "2.csv", "id,city\n1,x\n2," + word + "\n3,z\n4,w\n")));
        studio.as(caller).relations().find(List.of(one, two), ProgressListener.NONE, Cancellation.none());
    }

    /** Until nothing of a text is left but what may stay. */
    private static void awaitOnly(Set<String> left, Traces traces, String text) throws IOException, SQLException {
        while (!traces.of(text).equals(left)) {
            LockSupport.parkNanos(50_000_000);
            assertTrue(!Thread.currentThread().isInterrupted(), () -> "interrupted while " + text + " is left");
        }
    }

    @Test
    void leavesNothingBehindAndLetsNobodyIn() throws IOException, SQLException {
        String word = word("Quagga");
        String kept = word("Okapi");
        Person ada = server.newPerson();
        Person other = server.newPerson();
        fill(ada, word);
        MemberErasureTest.fill(other, kept);
        Caller gone = ada.account().caller();
        String email = ada.account().email();
        String name = nameOf(ada);
        assertEquals(
                1,
                ada.get("/api/v1/organisation/data")
                        .is(200)
                        .json()
                        .path("members")
                        .asInt());
        assertNotEquals(Set.of(), traces.of(word), "the search must be able to find it");
        assertTrue(ada.get("/api/v1/organisation/data").json().path("datasets").asInt() >= 3);

        end(ada, name + "x", Person.PASSWORD).is(400);
        end(ada, name, "not the password").is(403);
        ada.get("/api/v1/datasets").is(200);
        end(ada, name, Person.PASSWORD).is(202);

        ada.get("/api/v1/datasets").is(401);
        server.nobody()
                .post("/api/v1/auth/sign-in", "{'email':'" + email + "','password':'" + Person.PASSWORD + "'}")
                .is(401);
        awaitOnly(Set.of(), traces, word);
        assertEquals(Set.of(), traces.of(email));
        // It is in mind until every process must have heard of it; then it is gone over again.
        awaitOnly(Set.of("entry:identity-ending"), traces, gone.tenant());
        assertEquals(Set.of(), traces.of(gone.user()));
        studio.metadata()
                .apply(EntryChange.put(
                        new EntryKey("studio-identity", "identity-ending", gone.tenant()),
                        "{\"begunAt\":\"2020-01-01T00:00:00Z\"}",
                        Map.of()));
        server.bean(OrganisationDeletion.class).resume();
        awaitOnly(Set.of(), traces, gone.tenant());

        assertNotEquals(Set.of(), traces.of(kept));
        other.get("/api/v1/datasets").is(200);
        server.newPerson().get("/api/v1/datasets").is(200);
    }

    @Test
    void isTakenUpAgainAtTheNextStart(@TempDir Path folder) throws IOException, SQLException {
        String word = word("Quagga");
        String[] settings = {"studio.identity.mode=accounts", "studio.workspace=" + folder};
        Person ada;
        try (AppServer first = AppServer.start(settings)) {
            ada = first.newPerson();
            Belongings.dataset(ada, "theirs.csv", "region,sales\n" + word + ",10\nSouth,20\n");
            end(ada, nameOf(ada), Person.PASSWORD).is(409); // nobody could get in any more
            first.bean(OrganisationEnds.class).begin(ada.account().caller().tenant()); // and is killed
        }
        assertNotEquals(Set.of(), Traces.in(folder).of(word));

        try (AppServer second = AppServer.start(settings)) {
            awaitOnly(Set.of(), Traces.in(folder), word);
            assertTrue(second.bean(OrganisationEnds.class).open().size() == 1);
        }
    }
}
