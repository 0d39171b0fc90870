package dev.datastudio.api.tool;

import java.util.Objects;

/**
 * One call of a tool. Immutable.
 *
 * @param tool its name
 * @param arguments a JSON object as text
 */
public record ToolCall(String tool, String arguments) {
    public ToolCall {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(arguments, "arguments");
    }
}
