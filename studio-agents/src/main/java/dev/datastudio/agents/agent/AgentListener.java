package dev.datastudio.agents.agent;

/**
 * Told what an agent does, one event after the other in their order, on threads of the run; it may be another thread
 * each time. It must return quickly, and what it throws ends the run.
 */
@FunctionalInterface
public interface AgentListener {
    /** Does not listen. */
    AgentListener NONE = event -> {};

    /** Something happened. */
    void onEvent(AgentEvent event);
}
