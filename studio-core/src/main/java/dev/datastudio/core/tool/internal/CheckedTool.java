package dev.datastudio.core.tool.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;

/** A tool whose arguments are checked by its schema's names, and whose errors are results to mend. */
public abstract class CheckedTool implements Tool {
    private final String name;
    private final String description;
    private final InputSchema schema;

    /** @param schema names the arguments that may be there */
    protected CheckedTool(String name, String description, InputSchema schema) {
        this.name = name;
        this.description = description;
        this.schema = schema;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String description() {
        return description;
    }

    @Override
    public final String inputSchema() {
        return schema.json();
    }

    /** Reads, unless a tool says otherwise. */
    @Override
    public SideEffect sideEffect() {
        return SideEffect.READ;
    }

    @Override
    public final ToolResult call(ToolCall call, ToolContext context) {
        try {
            return result(Arguments.parse(call.arguments(), schema.names()), context);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED || e.code().type() == ErrorType.INTERNAL) {
                throw e;
            }
            return ToolResult.error(e);
        }
    }

    /** What the tool does with checked arguments. */
    protected abstract ToolResult result(Arguments arguments, ToolContext context);
}
