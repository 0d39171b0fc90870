package dev.datastudio.agents.mcp.internal;

import dev.datastudio.agents.tool.internal.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The names of servers' tools for models: {@code mcp_NAME}. When an older server has that name already it is {@code
 * mcp_SERVER_NAME}; what is too long ends in a number made of the whole.
 */
final class McpNames {
    private McpNames() {}

    /** A name that is not taken, which is taken from then on. */
    static String free(String tool, String server, Set<String> taken) {
        String plain = fit(ToolNames.MCP + allowed(tool));
        if (taken.add(plain)) {
            return plain;
        }
        String base = ToolNames.MCP + allowed(server.toLowerCase(Locale.ROOT)) + "_" + allowed(tool);
        String name = fit(base);
        for (int number = 2; !taken.add(name); number++) {
            name = fit(base + "_" + number);
        }
        return name;
    }

    private static String allowed(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]+", "_");
    }

    private static String fit(String name) {
        if (name.length() <= ToolNames.MAX_LENGTH) {
            return name;
        }
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        String end = String.format(Locale.ROOT, "_%08x", sum.getValue());
        return name.substring(0, ToolNames.MAX_LENGTH - end.length()) + end;
    }
}
