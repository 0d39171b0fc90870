package dev.datastudio.app.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DocumentRoutesTest {
    private static final String BRIDGE = """
            # The bridge

            The bridge was opened in 1932 by the mayor.

            ## Size

            It is 400 m long and carries two lanes.
            """;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Person ada = AppServer.shared().newPerson();

    private static Person.Reply upload(Person person, String name, byte[] content) {
        String border = "border" + UUID.randomUUID();
        String head = "--" + border + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        List<byte[]> body = List.of(
                head.getBytes(StandardCharsets.UTF_8),
                content,
                ("\r\n--" + border + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return person.send(person.request("/api/v1/documents")
                .header("Content-Type", "multipart/form-data; boundary=" + border)
                .POST(BodyPublishers.ofByteArrays(body)));
    }

    private static String added(Person person, String name, String text) {
        return upload(person, name, text.getBytes(StandardCharsets.UTF_8))
                .is(202)
                .json()
                .path("id")
                .asString();
    }

    /** The last event of a document's reading, and how many there were. */
    private static JsonNode read(Person person, String id, String ending) {
        String events = person.send(
                        person.request("/api/v1/documents/" + id + "/events").GET())
                .is(200)
                .response()
                .body();
        int last = events.lastIndexOf("event: ");
        assertTrue(events.startsWith("event: " + ending, last), events);
        return JSON.readTree(events.substring(events.indexOf("data: ", last) + 6));
    }

    @Test
    void aDocumentIsReadFoundAskedAndLeavesNoTrace() {
        String id = added(ada, "../../bridge.md", BRIDGE);
        JsonNode document = read(ada, id, "done");

        assertEquals("bridge.md", document.path("name").asString());
        assertEquals("done", document.path("status").asString());
        assertEquals("store", document.path("stages").get(3).path("stage").asString());
        assertEquals("done", document.path("stages").get(3).path("state").asString());
        JsonNode chunks = ada.get("/api/v1/documents/" + id + "/chunks").is(200).json();
        assertEquals(document.path("chunks").asInt(), chunks.path("items").size());
        assertTrue(chunks.path("items").get(0).path("text").asString().contains("1932"));
        JsonNode hit = ada.post("/api/v1/documents/search", "{'query':'opened by the mayor','limit':3}")
                .is(200)
                .json()
                .path("hits")
                .get(0);
        assertEquals(id, hit.path("documentId").asString());
        assertTrue(hit.path("scores").path("words").asDouble() > 0);
        JsonNode answer = ada.post("/api/v1/documents/ask", "{'question':'When was the bridge opened?'}")
                .is(200)
                .json();
        assertEquals("answered", answer.path("status").asString());
        assertTrue(answer.path("extractive").asBoolean());
        JsonNode citation = answer.path("citations").get(0);
        assertTrue(citation.path("quote").asString().contains("1932"));
        assertEquals(
                citation.path("quote").asString().length(),
                citation.path("to").asInt() - citation.path("from").asInt());
        assertEquals(
                1, answer.path("statements").get(0).path("citations").get(0).asInt());

        ada.delete("/api/v1/documents/" + id).is(204);
        ada.get("/api/v1/documents/" + id).is(404);
        assertEquals(
                0,
                ada.post("/api/v1/documents/search", "{'query':'bridge'}")
                        .is(200)
                        .json()
                        .path("hits")
                        .size());
    }

    @Test
    void aFileThatCantBeReadSaysWhyAndIsTriedAgain() {
        byte[] broken = "%PDF-1.7\nthis is no pdf at all".getBytes(StandardCharsets.UTF_8);
        String id = upload(ada, "broken.pdf", broken).is(202).json().path("id").asString();
        JsonNode failed = read(ada, id, "failed");

        assertEquals("failed", failed.path("status").asString());
        assertFalse(failed.path("error").path("what").asString().isBlank());
        assertFalse(failed.path("error").path("mend").asString().isBlank());
        assertEquals("failed", failed.path("stages").get(0).path("state").asString());
        ada.post("/api/v1/documents/" + id + "/retry", "").is(202);
        read(ada, id, "failed");
        JsonNode dashboard = ada.get("/api/v1/dashboard").is(200).json();
        assertEquals(1, dashboard.path("counts").path("documents").asInt());
        assertTrue(dashboard.path("failures").size() > 0, dashboard.toString());
    }

    @Test
    void nobodyElseSeesFindsOrDeletesADocument() {
        Person eve = AppServer.shared().newPerson();
        String id = added(ada, "secret.txt", "The password of the vault is 4711.");
        read(ada, id, "done");

        eve.get("/api/v1/documents/" + id).is(404);
        eve.get("/api/v1/documents/" + id + "/chunks").is(404);
        eve.get("/api/v1/documents/" + id + "/events").is(404);
        eve.post("/api/v1/documents/" + id + "/retry", "").is(404);
        eve.delete("/api/v1/documents/" + id).is(404);
        assertEquals(
                0, eve.get("/api/v1/documents").is(200).json().path("items").size());
        assertEquals(
                0,
                eve.post("/api/v1/documents/search", "{'query':'password of the vault'}")
                        .is(200)
                        .json()
                        .path("hits")
                        .size());
        ada.get("/api/v1/documents/" + id).is(200);
    }

    @Test
    void questionsWithoutWordsAreRefused() {
        ada.post("/api/v1/documents/search", "{}").is(400);
        ada.post("/api/v1/documents/ask", "{'question':' '}").is(400);
        ada.post("/api/v1/documents/search", "{'query':'a','limit':51}").is(400);
    }
}
