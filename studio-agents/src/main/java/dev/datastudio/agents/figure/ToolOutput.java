package dev.datastudio.agents.figure;

import java.util.Objects;

/**
 * What a tool gave, as evidence for an answer. Immutable.
 *
 * @param call the id of the call, as the model knows it
 * @param tool the name of the tool
 * @param text the whole result, also where the model saw less of it
 */
public record ToolOutput(String call, String tool, String text) {
    public ToolOutput {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(text, "text");
    }
}
