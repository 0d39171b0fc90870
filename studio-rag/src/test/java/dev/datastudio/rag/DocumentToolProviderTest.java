package dev.datastudio.rag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.ToolProvider;
import java.nio.file.Files;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Row A12. */
class DocumentToolProviderTest {
    @Test
    void bringsTheToolsOfDocumentsWithoutOpeningAnIndex() {
        try (Studio studio = Studio.inMemory()) {
            ToolProvider provider = ServiceLoader.load(ToolProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(each -> each.name().equals("documents"))
                    .findFirst()
                    .orElseThrow();

            List<Tool> tools = provider.tools(studio, studio.caller());

            assertEquals(
                    List.of("query_documents", "search_documents"),
                    tools.stream().map(Tool::name).toList());
            assertFalse(Files.exists(studio.workspace().resolve("index")));
            ToolResult nothing = tools.get(1)
                    .call(new ToolCall("search_documents", "{\"query\":\"revenue\"}"), ToolContext.of(studio.caller()));
            assertEquals("No passage was found.", nothing.text());
        }
    }
}
