package dev.datastudio.agents.mcp.internal;

import dev.datastudio.agents.mcp.McpServers;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.ToolProvider;
import java.util.List;

/** Gives the tools of the MCP servers that the caller's organisation configured. Thread-safe. */
public final class McpToolProvider implements ToolProvider {
    @Override
    public String name() {
        return "mcp";
    }

    @Override
    public String description() {
        return "Calls the tools of MCP servers.";
    }

    @Override
    public List<Tool> tools(Studio studio, Caller caller) {
        return McpServers.of(studio).as(caller).tools();
    }
}
