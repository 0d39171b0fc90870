package dev.datastudio.app.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.app.AppServer;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void anybodyIsToldWhetherTheApplicationWorksAndNoMore() {
        for (String path : new String[] {"/api/health", "/api/health/", "/actuator/health"}) {
            String body = AppServer.shared()
                    .nobody()
                    .get(path)
                    .is(200)
                    .json()
                    .path("status")
                    .asString();

            assertEquals("UP", body, path);
        }
        assertEquals(
                1,
                AppServer.shared().nobody().get("/api/health/").json().size(),
                "somebody who is not signed in is told no detail");
    }
}
