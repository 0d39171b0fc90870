package dev.datastudio.api.tool;

import dev.datastudio.api.error.StudioException;
import java.util.List;
import java.util.Objects;

/**
 * What a tool gave. Immutable.
 *
 * @param text for a model or a person; never empty
 * @param isError whether the call did not do what it was asked to
 * @param artifacts keys of files that it made, in the artifact store
 */
public record ToolResult(String text, boolean isError, List<String> artifacts) {
    /** @throws IllegalArgumentException if the text is empty */
    public ToolResult {
        artifacts = List.copyOf(artifacts);
        if (Objects.requireNonNull(text, "text").isEmpty()) {
            throw new IllegalArgumentException("text must not be empty");
        }
    }

    /** A text. */
    public static ToolResult of(String text) {
        return new ToolResult(text, false, List.of());
    }

    /** An error that the one who calls can mend: what happened and what to do. */
    public static ToolResult error(StudioException error) {
        return new ToolResult("Error " + error.code() + ": " + error.getMessage(), true, List.of());
    }
}
