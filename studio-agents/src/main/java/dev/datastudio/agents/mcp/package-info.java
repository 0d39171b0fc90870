/**
 * The tools of MCP servers (Model Context Protocol): {@link dev.datastudio.agents.mcp.McpServers} keeps the servers of an
 * organisation and brings their tools to its agents, named {@code mcp_NAME}.
 *
 * <p>A server is an outsider: its tools reach beyond the studio and run when somebody approves, its definitions are
 * pinned and asked about when they change, what it says is data.
 */
@NullMarked
package dev.datastudio.agents.mcp;

import org.jspecify.annotations.NullMarked;
