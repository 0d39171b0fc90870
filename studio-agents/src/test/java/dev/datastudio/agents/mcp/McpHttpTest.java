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
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.testkit.mcp.McpHttpServer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over streamable HTTP. */
class McpHttpTest extends McpContract {
    private static final String KEY = "s3cret-key";

    @TempDir
    Path tomcat;

    @SuppressWarnings("NullAway.Init") // started by servers(), before each test
    private McpHttpServer http;

    @Override
    McpServers servers(Studio studio) {
        http = McpHttpServer.start("", tomcat);
        return local(studio);
    }

    private static McpServers local(Studio studio) {
        return McpServers.builder(studio)
                .guard(UrlGuard.DEFAULT.allowing("localhost"))
                .build();
    }

    @Override
    McpServerSpec spec(String name) {
        return McpServerSpec.of(name, http.url());
    }

    @AfterEach
    void stop() {
        http.close();
    }

    private static StudioException refused(McpServers servers, String url, String key) {
        return assertThrows(StudioException.class, () -> {
            McpServer server = servers.create(McpServerSpec.of("Own", url), Secret.of(key));
            servers.refresh(server.id(), Cancellation.none());
        });
    }

    @Test
    void sendsTheKeyAndSaysWhenItIsRefused(@TempDir Path folder) {
        try (McpHttpServer guarded = McpHttpServer.start(KEY, folder);
                Studio studio = Studio.inMemory()) {
            McpServers servers = local(studio);
            StudioException none = refused(servers, guarded.url(), "");
            McpServer own = servers.list().get(0);
            own = servers.update(own.id(), own.revision(), own.spec(), Secret.of("wrong"));
            String id = own.id();
            StudioException wrong = assertThrows(StudioException.class, () -> servers.refresh(id, Cancellation.none()));
            own = servers.update(own.id(), own.revision(), own.spec(), Secret.of(KEY));

            assertEquals(10, servers.refresh(id, Cancellation.none()).tools().size());
            assertTrue(own.hasKey());
            assertEquals(
                    "The MCP server 'Own' refused the key. Give it a key that is valid there.", wrong.getMessage());
            assertEquals(wrong.getMessage(), none.getMessage());
        }
    }

    @Test
    void followsNoRedirect() {
        try (Studio studio = Studio.inMemory()) {
            StudioException refused = refused(local(studio), http.redirectUrl(), "");

            assertEquals(
                    "The MCP server 'Own' answered with a redirect, which is not followed. Configure the address that it"
                            + " leads to, if you trust it.",
                    refused.getMessage());
        }
    }

    @Test
    void connectsToTheAddressThatWasChecked() {
        InetAddress here = InetAddress.getLoopbackAddress();
        UrlGuard guard = UrlGuard.DEFAULT.allowing("tools.example.org").resolving(host -> List.of(here));
        try (Studio studio = Studio.inMemory()) {
            McpServers servers = McpServers.builder(studio).guard(guard).build();
            String url = http.url().replace("localhost", "tools.example.org");
            McpServer server = servers.create(McpServerSpec.of("Own", url), Secret.of(""));

            assertEquals(
                    10,
                    servers.refresh(server.id(), Cancellation.none()).tools().size());
        }
    }

    @Test
    void aServerThatIsGoneTakesNoOtherWithIt(@TempDir Path folder) {
        try (Studio studio = Studio.inMemory()) {
            McpServers servers = local(studio);
            McpHttpServer second = McpHttpServer.start("", folder);
            String gone = servers.create(McpServerSpec.of("Gone", second.url()), Secret.of(""))
                    .id();
            servers.refresh(gone, Cancellation.none());
            String alive = servers.create(spec("Alive"), Secret.of("")).id();
            servers.refresh(alive, Cancellation.none());
            second.close();

            assertEquals(20, servers.tools().size());
            assertTrue(call(studio, servers, "mcp_echo").startsWith("Error TOOL_SERVER_FAILED"));
            assertTrue(call(studio, servers, "mcp_alive_echo").contains("\na\n"));
            assertEquals(
                    ErrorCode.TOOL_SERVER_FAILED,
                    assertThrows(StudioException.class, () -> servers.refresh(gone, Cancellation.none()))
                            .code());
            assertEquals(20, servers.tools().size());
        }
    }

    private static String call(Studio studio, McpServers servers, String name) {
        return servers.tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow()
                .call(new ToolCall(name, "{\"text\":\"a\"}"), ToolContext.of(studio.caller()))
                .text();
    }

    @Test
    void saysThatAnAddressIsNoServer() {
        try (Studio studio = Studio.inMemory()) {
            StudioException refused = refused(local(studio), http.url().replace("/mcp", "/nothing"), "");

            assertEquals(ErrorCode.TOOL_SERVER_FAILED, refused.code());
        }
    }
}
