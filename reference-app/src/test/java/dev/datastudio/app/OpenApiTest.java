package dev.datastudio.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API is kept: the types of the pages are generated from it, and a change of it is seen. */
class OpenApiTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Path KEPT = Path.of("src/main/frontend/openapi.json");

    @Test
    void theKeptDescriptionIsWhatTheApplicationSays() throws IOException {
        JsonNode api = AppServer.shared().newPerson().get("/api/docs").is(200).json();
        ((ObjectNode) api).remove("servers");
        String text = JSON.writeValueAsString(api) + "\n";
        if (Boolean.getBoolean("studio.openapi.write")) {
            Files.createDirectories(KEPT.getParent());
            Files.writeString(KEPT, text);
        }

        assertEquals(
                Files.readString(KEPT),
                text,
                "The API has changed. If it was meant to, write the new description with -Dstudio.openapi.write=true");
    }
}
