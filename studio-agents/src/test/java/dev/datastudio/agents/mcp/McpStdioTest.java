package dev.datastudio.agents.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.mcp.McpStdioServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Over the standard input and output of a program. */
class McpStdioTest extends McpContract {
    @Override
    McpServers servers(Studio studio) {
        McpProgram program =
                new McpProgram(McpStdioServer.command(), McpStdioServer.arguments(), Map.of("GIVEN", "to the program"));
        return McpServers.builder(studio).program("examples", program).build();
    }

    @Override
    McpServerSpec spec(String name) {
        return McpServerSpec.of(name, "program:examples");
    }

    @Test
    void givesAProgramNothingOfTheHostsEnvironment() {
        try (Studio studio = Studio.inMemory()) {
            McpServers servers = servers(studio);
            String id = servers.create(spec("Own"), Secret.of("")).id();
            servers.refresh(id, Cancellation.none());

            String names = servers.tools().stream()
                    .filter(tool -> tool.name().equals("mcp_environment"))
                    .findFirst()
                    .orElseThrow()
                    .call(new ToolCall("mcp_environment", "{}"), ToolContext.of(studio.caller()))
                    .text();

            assertEquals("<mcp_result source=\"Own\">\nGIVEN\n</mcp_result>", names);
        }
    }

    @Test
    void startsNoProgramThatTheHostDoesNotOffer() {
        try (Studio studio = Studio.inMemory()) {
            McpServers servers = McpServers.of(studio);

            for (String program : List.of("program:examples", "program:/bin/sh", "program:")) {
                StudioException refused = assertThrows(
                        StudioException.class, () -> servers.create(McpServerSpec.of("Own", program), Secret.of("")));
                assertTrue(
                        List.of(ErrorCode.ENTRY_NOT_FOUND, ErrorCode.URL_REFUSED)
                                .contains(refused.code()),
                        refused.getMessage());
            }
        }
        assertThrows(IllegalArgumentException.class, () -> McpProgram.of(Path.of("java"), List.of()));
    }

    @Test
    void saysThatAProgramIsNoServer() {
        try (Studio studio = Studio.inMemory()) {
            McpProgram echo = McpProgram.of(Path.of("/bin/echo"), List.of("no message"));
            McpServers servers =
                    McpServers.builder(studio).program("echo", echo).build();
            String id = servers.create(McpServerSpec.of("Own", "program:echo"), Secret.of(""))
                    .id();

            StudioException failed =
                    assertThrows(StudioException.class, () -> servers.refresh(id, Cancellation.none()));

            assertEquals(ErrorCode.TOOL_SERVER_FAILED, failed.code());
        }
    }
}
