package dev.datastudio.agents.tool;

import dev.datastudio.api.tool.Tool;
import java.util.Objects;
import java.util.Optional;

/**
 * A tool as it stands in a registry for a tenant. Immutable.
 *
 * @param tool the tool
 * @param provider who brought it: the name of a {@link dev.datastudio.core.tool.ToolProvider}, or {@code program}
 * @param disabled why it must not be called now, and what to do about it; empty when it may be called
 */
public record RegisteredTool(Tool tool, String provider, Optional<String> disabled) {
    public RegisteredTool {
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(disabled, "disabled");
    }

    /** Whether it may be called. */
    public boolean isEnabled() {
        return disabled.isEmpty();
    }
}
