package dev.datastudio.agents.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.fetch.UrlGuard;
import dev.datastudio.core.vault.KeyFileVault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of servers, and which are never reached. Row P9. */
class McpServersTest {
    private static final String KEY = "s3cret-key";

    private final Studio studio = Studio.inMemory();

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void keepsAKeySealedAndSendsItNowhereElse() {
        McpServers servers = McpServers.builder(studio)
                .guard(UrlGuard.DEFAULT.allowing("localhost"))
                .build();
        McpServer server = servers.create(McpServerSpec.of("Own", "http://localhost:9/mcp"), Secret.of(KEY));

        assertFalse(server.toString().contains(KEY));
        assertFalse(studio.metadata()
                .list(EntryQuery.of("local", "mcp-server"))
                .toString()
                .contains(KEY));
        StudioException moved = assertThrows(
                StudioException.class,
                () -> servers.update(
                        server.id(), server.revision(), McpServerSpec.of("Own", "http://localhost:8/mcp")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, moved.code());
        assertTrue(moved.getMessage().contains("would send its key elsewhere"), moved.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/mcp",
                "http://localhost/mcp",
                "http://169.254.169.254/latest/meta-data",
                "http://[::1]/mcp",
                "https://10.0.0.1/mcp",
                "http://0x7f000001/mcp",
                "file:///etc/passwd",
                "stdio:/bin/sh",
                "https://user@example.org/mcp"
            })
    void reachesNothingInsideTheHostsNetwork(String url) {
        StudioException refused = assertThrows(
                StudioException.class, () -> McpServers.of(studio).create(McpServerSpec.of("Own", url), Secret.of("")));

        assertEquals(ErrorCode.URL_REFUSED, refused.code());
    }

    @Test
    void sendsAKeyThroughThePublicNetworkOnlyEncrypted() throws UnknownHostException {
        InetAddress there = InetAddress.getByName("93.184.215.14");
        McpServers servers = McpServers.builder(studio)
                .guard(UrlGuard.DEFAULT.resolving(host -> List.of(there)))
                .build();

        StudioException refused = assertThrows(
                StudioException.class,
                () -> servers.create(McpServerSpec.of("Own", "http://tools.example.org/mcp"), Secret.of(KEY)));

        assertTrue(refused.getMessage().contains("would be sent its key unencrypted"), refused.getMessage());
    }

    @Test
    void sealsKeysAnewAfterTheVaultGotANewKey(@TempDir Path folder) throws UnknownHostException {
        InetAddress there = InetAddress.getByName("93.184.215.14");
        KeyFileVault vault = KeyFileVault.at(folder.resolve("key"));
        try (Studio other = Studio.builder().temporary().vault(vault).build()) {
            McpServers servers = McpServers.builder(other)
                    .guard(UrlGuard.DEFAULT.resolving(host -> List.of(there)))
                    .build();
            servers.create(McpServerSpec.of("One", "https://one.example.org/mcp"), Secret.of(KEY));
            servers.create(McpServerSpec.of("Two", "https://two.example.org/mcp"), Secret.of(""));
            assertEquals(0, servers.resealKeys());

            vault.rotate();

            assertEquals(1, servers.resealKeys());
            assertEquals(0, servers.resealKeys());
        }
    }
}
