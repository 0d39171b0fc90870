package dev.datastudio.agents.tool;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;

/**
 * What a tool does with its arguments. Thread-safe.
 *
 * @param <A> a record of the arguments
 */
@FunctionalInterface
public interface ToolFunction<A extends Record> {
    /**
     * Does it. A {@link StudioException} of anything but cancellation or a fault of the studio becomes a result that
     * says what happened and how to mend it.
     *
     * @param arguments checked against the schema of the record
     * @param context for whom; whatever is read or written must be theirs
     */
    ToolResult apply(A arguments, ToolContext context);
}
