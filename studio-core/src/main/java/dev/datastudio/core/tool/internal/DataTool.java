package dev.datastudio.core.tool.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.table.TableSource;
import dev.datastudio.core.table.TableSources;

/** What the data tools share: arguments, the source of the caller, and errors as results. */
abstract class DataTool implements Tool {
    static final String SOURCE = "source_id";
    static final String TABLE = "table";

    private final TableSources sources;
    private final String name;
    private final String description;
    private final InputSchema schema;

    DataTool(TableSources sources, String name, String description, InputSchema schema) {
        this.sources = sources;
        this.name = name;
        this.description = description;
        this.schema = schema.required(SOURCE, "The id of the data set or database, or the name of a data set");
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

    @Override
    public final SideEffect sideEffect() {
        return SideEffect.READ;
    }

    @Override
    public final ToolResult call(ToolCall call, ToolContext context) {
        try {
            Arguments arguments = Arguments.parse(call.arguments(), schema.names());
            try (TableSource source = sources.open(context.caller(), arguments.required(SOURCE))) {
                return ToolResult.of(answer(source, arguments, context));
            }
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED || e.code().type() == ErrorType.INTERNAL) {
                throw e;
            }
            return ToolResult.error(e);
        }
    }

    abstract String answer(TableSource source, Arguments arguments, ToolContext context);
}
