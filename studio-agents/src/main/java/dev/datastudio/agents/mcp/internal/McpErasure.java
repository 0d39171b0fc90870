package dev.datastudio.agents.mcp.internal;

import dev.datastudio.agents.mcp.McpServer;
import dev.datastudio.agents.mcp.McpServers;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.ErasurePart;
import java.util.List;

/** Erases MCP servers, which ends the connections to them. Thread-safe. */
public final class McpErasure implements ErasurePart {
    @Override
    public String kind() {
        return "mcp-servers";
    }

    /** They are the organisation's. */
    @Override
    public long user(Studio studio, Caller who) {
        return 0;
    }

    @Override
    public long tenant(Studio studio, String tenant) {
        McpServers servers = McpServers.of(studio).as(new Caller(tenant, "studio"));
        List<McpServer> known = servers.list();
        known.forEach(server -> servers.delete(server.id()));
        return known.size();
    }
}
