package dev.datastudio.core.tool.internal;

import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.table.TableSource;
import dev.datastudio.core.table.TableSources;

/** What the data tools share: the source of the caller. */
abstract class DataTool extends CheckedTool {
    static final String SOURCE = "source_id";
    static final String TABLE = "table";

    private final TableSources sources;

    DataTool(TableSources sources, String name, String description, InputSchema schema) {
        super(
                name,
                description,
                schema.required(SOURCE, "The id of the data set or database, or the name of a data set"));
        this.sources = sources;
    }

    @Override
    protected final ToolResult result(Arguments arguments, ToolContext context) {
        try (TableSource source = sources.open(context.caller(), arguments.required(SOURCE))) {
            return ToolResult.of(answer(source, arguments, context));
        }
    }

    abstract String answer(TableSource source, Arguments arguments, ToolContext context);
}
