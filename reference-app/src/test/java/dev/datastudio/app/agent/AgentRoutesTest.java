package dev.datastudio.app.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.app.AppServer;
import dev.datastudio.app.Person;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AgentRoutesTest {
    private final Person ada = AppServer.shared().newPerson();
    private final Person eve = AppServer.shared().newPerson();

    @Test
    void anAgentIsChangedForOneOrganisationAndBroughtBack() {
        assertEquals(6, ada.get("/api/v1/agents").is(200).json().size());
        JsonNode changed = ada.put(
                        "/api/v1/agents/sql_expert", "{'instructions':'Answer in rhymes.','temperature':0.7}", "\"0\"")
                .is(200)
                .json();

        assertTrue(changed.path("customised").asBoolean());
        assertEquals("Answer in rhymes.", changed.path("instructions").asString());
        assertEquals(0.7, changed.path("temperature").asDouble());
        assertFalse(eve.get("/api/v1/agents/sql_expert")
                .is(200)
                .json()
                .path("customised")
                .asBoolean());
        ada.put("/api/v1/agents/sql_expert", "{'title':'Late'}", "\"0\"").is(409);
        JsonNode reset =
                ada.delete("/api/v1/agents/sql_expert/configuration").is(200).json();
        assertFalse(reset.path("customised").asBoolean());
        ada.get("/api/v1/agents/nobody").is(404);
    }

    @Test
    void toolsAreListedWithTheirSchemaAndWhatTheyDoToTheWorld() {
        JsonNode tools = ada.get("/api/v1/tools").is(200).json();

        JsonNode explore = tools.valueStream()
                .filter(tool -> tool.path("name").asString().equals("eda_analysis"))
                .findFirst()
                .orElseThrow();
        assertEquals("read", explore.path("sideEffect").asString());
        assertEquals("object", explore.path("schema").path("type").asString());
    }
}
