package dev.datastudio.app.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.ml.device.Devices;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PlatformRoutesTest {
    private final Person ada = AppServer.shared().newPerson();

    @Test
    void aNewcomerSeesWhatThereIsAndWhatToDoNext() {
        JsonNode empty = ada.get("/api/v1/dashboard").is(200).json();
        ada.post("/api/v1/samples", "").is(200);
        ada.post("/api/v1/projects", "{'name':'First'}").is(201);
        JsonNode then = ada.get("/api/v1/dashboard").is(200).json();

        assertFalse(empty.path("samples").path("present").asBoolean());
        assertEquals("partial", empty.path("model").path("state").asString());
        assertTrue(then.path("samples").path("present").asBoolean());
        assertEquals(1, then.path("counts").path("datasets").asInt());
        assertEquals(1, then.path("counts").path("projects").asInt());
        assertEquals(3, then.path("questions").size());
        assertTrue(then.path("components").size() > 3, then.toString());
        assertTrue(then.path("checklist").size() > 3);
        assertFalse(then.at("/checklist/0/done").asBoolean(), "the sample is nobody's own");
    }

    @Test
    void whatAnswersHereIsToldWithoutAnyKey() {
        JsonNode before = ada.get("/api/v1/studio/agent/capabilities").is(200).json();
        ada.post(
                        "/api/v1/models",
                        "{'name':'Local','provider':'ollama','endpoint_url':'http://127.0.0.1:9','api_key':'sk-canary'}")
                .is(201);
        Person.Reply after = ada.get("/api/v1/studio/agent/capabilities").is(200);

        assertTrue(before.path("agent_available").asBoolean());
        assertFalse(before.path("llm_configured").asBoolean());
        assertTrue(before.path("active_config").isNull());
        assertEquals(
                "llama3.2",
                after.json().path("active_config").path("model_name").asString());
        assertFalse(after.response().body().contains("canary"));
        assertTrue(ada.get("/api/v1/capabilities")
                .is(200)
                .json()
                .path("features")
                .path("model")
                .asBoolean());
        JsonNode status = ada.get("/api/v1/studio/status").is(200).json();
        assertEquals("{\"connected_workers\":[],\"worker_count\":0}", status.toString());
    }

    @Test
    void whatModelsAreTrainedOnIsTold() {
        JsonNode devices = ada.get("/api/v1/studio/devices").is(200).json();

        assertEquals(
                Runtime.getRuntime().availableProcessors(),
                devices.path("cpuThreads").asInt());
        assertEquals(Devices.found().cards().size(), devices.path("cards").size());
        assertEquals(Devices.found().boosting(), devices.path("boosting").asString());
        assertEquals(
                Devices.found().boostingNote(), devices.path("boostingNote").asString());
    }

    @Test
    void preferencesAreChangedAgainstTheRevisionThatWasSeen() {
        Person eve = AppServer.shared().newPerson();
        Person.Reply seen = ada.get("/api/v1/settings").is(200);
        String wanted = "{'locale':'de-AT','timeZone':'Europe/Vienna'}";

        ada.put("/api/v1/settings", wanted).is(428);
        JsonNode changed =
                ada.put("/api/v1/settings", wanted, seen.header("ETag")).is(200).json();
        ada.put("/api/v1/settings", wanted, seen.header("ETag")).is(409);
        ada.put("/api/v1/settings", wanted.replace("Vienna", "Atlantis"), "\"1\"")
                .is(400);

        assertEquals("de-AT", changed.path("locale").asString());
        assertEquals(changed, ada.get("/api/v1/settings").is(200).json());
        assertEquals(
                0, eve.get("/api/v1/settings").is(200).json().path("revision").asInt());
    }

    @Test
    void whatWasKeptWhenPreferencesHadACurrencyIsRead() {
        EntryKey kept = new EntryKey(ada.account().caller().tenant(), "preferences", "organisation");
        AppServer.shared()
                .bean(Studio.class)
                .metadata()
                .apply(EntryChange.insert(
                        kept, "{\"locale\":\"fr-FR\",\"timeZone\":\"Europe/Paris\",\"currency\":\"EUR\"}", Map.of()));

        assertEquals(
                "fr-FR",
                ada.get("/api/v1/settings").is(200).json().path("locale").asString());
    }

    @Test
    void whoChangedWhichSettingStandsInTheAuditLog() {
        ada.put("/api/v1/settings", "{'locale':'de-AT','timeZone':'Europe/Vienna'}", "\"0\"")
                .is(200);
        ada.put("/api/v1/settings", "{'locale':'de-AT','timeZone':'Europe/Berlin'}", "\"1\"")
                .is(200);
        ada.put("/api/v1/settings", "{'locale':'de-CH','timeZone':'Europe/Berlin'}", "\"1\"")
                .is(409);
        // Once this is there, all that was done before is.
        AppServer.shared()
                .bean(Studio.class)
                .audit()
                .appendNow(AuditEvent.of(ada.account().caller(), "test.end", List.of()));

        JsonNode entries =
                ada.get("/api/v1/audit?action=settings.update").is(200).json().path("items");

        assertEquals(2, entries.size(), entries.toString());
        assertEquals(
                "timeZone: Europe/Vienna → Europe/Berlin",
                entries.get(0).path("detail").asString());
        assertEquals(ada.account().caller().user(), entries.get(0).path("user").asString());
    }

    @Test
    void questionsToBeginWithAreAboutWhatIsThereAndHaveAnswers() {
        String csv = """
                bought_at,shop name,Unit Price,paid
                2024-01-10,Graz,10.5,€12
                2024-02-11,Linz,20.5,€24
                2024-02-12,Graz,11.5,€30
                2024-03-12,Linz,12.5,€8
                """;
        ada.sendFile("/api/v1/datasets", "bills.csv", csv.getBytes(StandardCharsets.UTF_8))
                .is(201);

        JsonNode dashboard = ada.get("/api/v1/dashboard").is(200).json();
        JsonNode questions = dashboard.path("questions");

        assertTrue(dashboard.at("/checklist/0/done").asBoolean(), "it is data of one's own");
        assertEquals(3, questions.size(), questions.toString());
        for (JsonNode each : questions) {
            String id = each.path("datasetId").asString();
            JsonNode answer = ada.post(
                            "/api/v1/analysis/ask",
                            "{'datasetIds':['" + id + "'],'question':'"
                                    + each.path("question").asString() + "'}")
                    .is(200)
                    .json();
            assertEquals("answered", answer.path("status").asString(), answer.toString());
            assertEquals("bills.csv", each.path("datasetName").asString());
        }
        ada.post("/api/v1/samples", "").is(200);
        assertEquals(6, ada.get("/api/v1/dashboard").json().path("questions").size());
    }

    @Test
    void theAuditLogIsTheOrganisationsOwn() {
        Person eve = AppServer.shared().newPerson();
        Studio studio = AppServer.shared().bean(Studio.class);
        studio.audit()
                .appendNow(AuditEvent.of(ada.account().caller(), "test.done", List.of("thing-1"))
                        .with("api_key", "sk-canary"));

        JsonNode entry = ada.get("/api/v1/audit?action=test.done")
                .is(200)
                .json()
                .path("items")
                .get(0);

        assertEquals("thing-1", entry.path("subject").asString());
        assertEquals("api_key: ***", entry.path("detail").asString());
        assertEquals(
                0,
                eve.get("/api/v1/audit?action=test.done")
                        .is(200)
                        .json()
                        .path("items")
                        .size());
    }

    @Test
    void usageIsCountedForOneself() {
        JsonNode usage = ada.get("/api/v1/usage").is(200).json();

        assertEquals(0, usage.path("tokens").asInt());
        assertTrue(usage.path("limits").path("tokens").isNull());
    }
}
