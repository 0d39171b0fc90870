package dev.datastudio.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AppStartTest {
    @Test
    void aRouteThatIsNotThereIsAProblemWithAMendAndATraceId() {
        JsonNode problem = AppServer.shared()
                .newPerson()
                .get("/api/v1/nothing-here")
                .is(404)
                .json();

        assertEquals("ROUTE_NOT_FOUND", problem.path("code").asString());
        assertFalse(problem.path("mend").asString().isBlank());
        assertFalse(problem.path("traceId").asString().isBlank());
    }

    @Test
    void theApiIsDescribed() {
        JsonNode api = AppServer.shared().newPerson().get("/api/docs").is(200).json();

        assertEquals("Studio", api.path("info").path("title").asString());
    }
}
