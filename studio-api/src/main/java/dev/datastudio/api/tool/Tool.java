package dev.datastudio.api.tool;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Optional;

/**
 * Something that a model, an agent or a person calls by name with JSON arguments. Thread-safe.
 *
 * <p>Arguments come from a model or a remote client and are hostile: a tool checks them all.
 */
public interface Tool {
    /** Its name: 1 to 64 letters, digits, '_' and '-', as providers of models ask for, such as {@code count_rows}. */
    String name();

    /** What it does and when to use it, for a model. */
    String description();

    /** JSON Schema of the arguments, an object with {@code "additionalProperties": false}. */
    String inputSchema();

    /** What it does to the world. */
    SideEffect sideEffect();

    /**
     * Why it must not be called now, and what to do about it; empty when it may be called. Such a tool is listed for
     * people and not shown to models.
     */
    default Optional<String> disabled() {
        return Optional.empty();
    }

    /**
     * Does it. Blocks until it is done.
     *
     * @return what came out; a wrong argument or a refused statement is a result that says so, for a model to mend
     * @throws StudioException with {@link ErrorCode#CANCELLED}, or when the studio itself fails
     */
    ToolResult call(ToolCall call, ToolContext context);
}
