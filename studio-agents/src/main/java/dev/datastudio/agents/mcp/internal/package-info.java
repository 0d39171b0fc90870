/** How MCP servers are kept, reached and called. */
@NullMarked
package dev.datastudio.agents.mcp.internal;

import org.jspecify.annotations.NullMarked;
