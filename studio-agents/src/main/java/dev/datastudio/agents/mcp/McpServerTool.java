package dev.datastudio.agents.mcp;

import java.util.Objects;
import java.util.Optional;

/**
 * A tool of an MCP server. Immutable.
 *
 * @param name its name on the server
 * @param tool its name for models, such as {@code mcp_analyze_csv}
 * @param description what the server says that it does, cleaned and cut; as approved, where it was approved
 * @param state whether it may be called
 * @param proposal the description that waits for approval; empty when none does
 * @param hash the SHA-256 of the newest definition (name, description, schema), as hexadecimal digits
 */
public record McpServerTool(
        String name, String tool, String description, State state, Optional<String> proposal, String hash) {
    public McpServerTool {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(proposal, "proposal");
        Objects.requireNonNull(hash, "hash");
    }

    /** Whether a tool may be called. */
    public enum State {
        /** Its definition is the one that was approved. */
        APPROVED,
        /** It was not there when the server was first listed, and nobody approved it yet. */
        ADDED,
        /** Its definition changed since it was approved. */
        CHANGED
    }
}
