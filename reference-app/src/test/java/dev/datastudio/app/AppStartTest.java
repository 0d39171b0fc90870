package dev.datastudio.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Set;
import java.util.stream.Collectors;
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

    @Test
    void closingAtOnceEndsTheSamplesThatAreBeingAddedAndNothingFails() {
        AppServer.shared(); // its logging has begun
        String failure = "The samples could not be added";

        try (LogWatch watch = LogWatch.begin(text -> text.contains(failure) ? Set.of(failure) : Set.of())) {
            AppServer.start("studio.in-memory=true").close();

            Set<String> going = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .collect(Collectors.toSet());
            assertFalse(going.contains("studio-samples"), going::toString);
            assertEquals(Set.of(), watch.finds());
        }
    }
}
