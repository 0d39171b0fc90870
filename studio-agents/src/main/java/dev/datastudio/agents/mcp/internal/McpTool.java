package dev.datastudio.agents.mcp.internal;

import dev.datastudio.agents.mcp.McpServerTool;
import dev.datastudio.agents.tool.internal.ArgumentCheck;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tool of a server, as models see it: as it was approved. Thread-safe. */
public final class McpTool implements Tool {
    private final McpCaller caller;
    private final StoredServer server;
    private final PinnedTool pinned;
    private final String name;

    /** @param name for models */
    public McpTool(McpCaller caller, StoredServer server, PinnedTool pinned, String name) {
        this.caller = caller;
        this.server = server;
        this.pinned = pinned;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "[MCP:" + server.spec().name() + "] " + pinned.shown().description();
    }

    @Override
    public String inputSchema() {
        return pinned.shown().schema();
    }

    /** Whatever a server says of its tools: it is an outsider, and what it is told leaves the studio. */
    @Override
    public SideEffect sideEffect() {
        return SideEffect.EXTERNAL;
    }

    @Override
    public Optional<String> disabled() {
        return switch (pinned.state()) {
            case APPROVED -> Optional.empty();
            case ADDED ->
                Optional.of("The MCP server '" + server.spec().name()
                        + "' added it later. Read its description, and approve it if you trust it.");
            case CHANGED -> Optional.of(changed(server.spec().name()));
        };
    }

    private static String changed(String server) {
        return "Its definition on the MCP server '" + server
                + "' changed since it was approved. Compare the two, and approve the new one if you trust it.";
    }

    @Override
    public ToolResult call(ToolCall call, ToolContext context) {
        try {
            if (pinned.state() != McpServerTool.State.APPROVED) {
                throw refused(disabled().orElseThrow());
            }
            if (!context.caller().tenant().equals(caller.tenant())) {
                throw refused("It belongs to another organisation.");
            }
            Map<String, @Nullable Object> arguments =
                    ArgumentCheck.of(inputSchema()).read(call.arguments());
            return result(arguments, context);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED || e.code().type() == ErrorType.INTERNAL) {
                throw e;
            }
            return ToolResult.error(e);
        }
    }

    private ToolResult result(Map<String, @Nullable Object> arguments, ToolContext context) {
        McpConnection connection = caller.connect(server, context.cancellation());
        Definition now = connection
                .definitions(context.cancellation())
                .get(pinned.shown().name());
        if (now == null || !now.hash().equals(pinned.shown().hash())) {
            caller.note(server, connection.definitions(context.cancellation()));
            throw refused(
                    now == null
                            ? "The MCP server '" + server.spec().name() + "' no longer has it. Go on without it."
                            : changed(server.spec().name()));
        }
        McpSchema.CallToolResult result = connection.call(now.name(), arguments, context.cancellation());
        boolean isError = Boolean.TRUE.equals(result.isError());
        return new ToolResult(McpText.result(server.spec().name(), result), isError, List.of());
    }

    private StudioException refused(String why) {
        return new StudioException(
                ErrorCode.TOOL_REFUSED, "The tool " + StudioException.quote(name) + " must not be called", why);
    }
}
