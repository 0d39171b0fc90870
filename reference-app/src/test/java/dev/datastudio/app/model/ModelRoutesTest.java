package dev.datastudio.app.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ModelRoutesTest {
    private static final String CANARY = "sk-canary-7f3e9b1d5c2a48d6";

    private final Person ada = AppServer.shared().newPerson();
    private final Person eve = AppServer.shared().newPerson();

    private static String model(String name, ScriptedModelServer server) {
        return "{'name':'" + name + "','provider':'generic','model_name':'m-1','endpoint_url':'" + server.baseUrl()
                + "','configuration':{'temperature':0.2,'max_retries':0},'api_key':'" + CANARY + "'}";
    }

    @Test
    void aModelIsKeptChangedTriedUsedAndForgotten() {
        try (ScriptedModelServer server = ScriptedModelServer.start()) {
            server.inTurn(ModelReply.text("ready"));
            JsonNode made =
                    ada.post("/api/v1/models", model("First", server)).is(201).json();
            String path = "/api/v1/models/" + made.path("id").asString();

            assertEquals("generic", made.path("provider").asString());
            assertEquals("m-1", made.path("model_name").asString());
            assertEquals(0.2, made.path("configuration").path("temperature").asDouble());
            assertEquals("tenant", made.path("scope").asString());
            assertTrue(made.path("is_active").asBoolean());
            assertTrue(made.path("has_key").asBoolean());
            JsonNode tried = ada.post(path + "/test", "").is(200).json();
            assertTrue(tried.path("ok").asBoolean(), tried.toString());

            ada.put(path, "{'name':'Renamed','provider':'generic','model_name':'m-1'}")
                    .is(428);
            String changed = "{'name':'Renamed','provider':'generic','model_name':'m-2','endpoint_url':'"
                    + server.baseUrl() + "'}";
            JsonNode renamed = ada.put(path, changed, "\"1\"").is(200).json();
            assertEquals("Renamed", renamed.path("name").asString());
            assertTrue(renamed.path("has_key").asBoolean());
            ada.put(path, changed, "\"1\"").is(409);

            JsonNode usage = ada.get("/api/v1/models/usage").is(200).json();
            assertEquals(1, usage.path("calls").asInt());
            assertEquals("First", usage.path("byModel").get(0).path("name").asString());
            ada.delete(path).is(204);
            ada.get(path).is(404);
        }
    }

    @Test
    void whoeverMissesAModelIsSentToThePageWhereOneIsAdded() {
        String conversation = ada.post("/api/v1/conversations", "{'title':'Gnomes'}")
                .is(201)
                .json()
                .path("id")
                .asString();

        String answer = ada.post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        "{'message':'Why are the gnomes unhappy?'}")
                .is(200)
                .response()
                .body();

        assertTrue(answer.contains("Settings → Models"), answer);
        assertFalse(answer.contains("studio models add"), answer);
    }

    @Test
    void theModelsOfAnotherOrganisationAreNotThere() {
        try (ScriptedModelServer server = ScriptedModelServer.start()) {
            String id = ada.post("/api/v1/models", model("Secret one", server))
                    .is(201)
                    .json()
                    .path("id")
                    .asString();

            String foreign = eve.get("/api/v1/models/" + id)
                    .is(404)
                    .json()
                    .path("detail")
                    .asString();
            String unknownId = UUID.randomUUID().toString();
            String unknown = eve.get("/api/v1/models/" + unknownId)
                    .is(404)
                    .json()
                    .path("detail")
                    .asString();

            assertEquals(unknown.replace(unknownId, "X"), foreign.replace(id, "X"));
            eve.put("/api/v1/models/" + id, model("Mine", server), "\"1\"").is(404);
            eve.post("/api/v1/models/" + id + "/activate", "").is(404);
            eve.post("/api/v1/models/" + id + "/test", "").is(404);
            eve.delete("/api/v1/models/" + id).is(404);
            assertEquals(
                    0, eve.get("/api/v1/models").is(200).json().path("items").size());
            assertEquals(0, server.requests().size());
        }
    }

    @Test
    void aKeyIsInNoAnswerWhateverIsAsked() {
        try (ScriptedModelServer server = ScriptedModelServer.start()) {
            server.requireKey("another key");
            Person.Reply made = ada.post("/api/v1/models", model("Keyed", server));
            String path = "/api/v1/models/" + made.json().path("id").asString();

            List<Person.Reply> answers = List.of(
                    made,
                    ada.get("/api/v1/models"),
                    ada.get(path),
                    ada.post(path + "/test", ""),
                    ada.post("/api/v1/models/test", model("Draft", server)),
                    ada.post(path + "/activate", ""),
                    ada.post("/api/v1/models", model("Keyed", server)),
                    ada.post("/api/v1/models", "{'name':'x','provider':'nobody','api_key':'" + CANARY + "'}"),
                    ada.post("/api/v1/models", "{'name':'x','provider':'openai','api_key':" + CANARY + "}"),
                    ada.post("/api/v1/models", "{'name':'x','api_key':'" + CANARY + "'"),
                    ada.post("/api/v1/models", "[" + CANARY + "]"),
                    ada.put(path, model("Again", server), "\"7\""),
                    ada.put(path, model("Again", server), "no revision"),
                    ada.get("/api/v1/models/usage"),
                    ada.get("/api/v1/agents"),
                    ada.get("/api/v1/tools"),
                    ada.get("/api/v1/studio/agent/capabilities"),
                    ada.get("/api/v1/audit"),
                    ada.get("/api/v1/dashboard"),
                    ada.get("/api/v1/settings"));

            assertFalse(answers.get(3).is(200).json().path("ok").asBoolean());
            for (Person.Reply answer : answers) {
                String seen =
                        answer.response().headers().map() + answer.response().body();
                assertFalse(seen.contains("canary"), answer.response().uri() + " gave away a key: " + seen);
            }
        }
    }

    @Test
    void thereIsAProviderForEachProtocolWithItsDefaults() {
        JsonNode providers = ada.get("/api/v1/model-providers").is(200).json();

        assertEquals(6, providers.size());
        assertEquals("gpt-4o-mini", providers.get(0).path("default_model").asString());
        assertTrue(providers.get(5).path("default_model").isNull());
        assertTrue(providers.get(5).path("needs_endpoint").asBoolean());
    }
}
