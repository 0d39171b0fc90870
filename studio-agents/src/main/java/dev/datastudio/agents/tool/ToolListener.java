package dev.datastudio.agents.tool;

/**
 * Told of calls of tools, on the thread that runs the call. It must be thread-safe, return quickly and not throw: what
 * it throws ends the call.
 */
@FunctionalInterface
public interface ToolListener {
    /** Does not listen. */
    ToolListener NONE = event -> {};

    /** Something happened. */
    void onEvent(ToolEvent event);
}
