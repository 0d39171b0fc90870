package dev.datastudio.agents.mcp;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An MCP server of an organisation, with its tools as they were last listed. Immutable; holds no key.
 *
 * @param id its id
 * @param revision 1 when it was made, one more with each change
 * @param spec how it was configured
 * @param hasKey whether a key is kept for it
 * @param tools its tools, by name
 * @param checkedAt when its tools were last listed; empty when they never were
 */
public record McpServer(
        String id,
        long revision,
        McpServerSpec spec,
        boolean hasKey,
        List<McpServerTool> tools,
        Optional<Instant> checkedAt) {
    public McpServer {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(checkedAt, "checkedAt");
        tools = List.copyOf(tools);
    }
}
