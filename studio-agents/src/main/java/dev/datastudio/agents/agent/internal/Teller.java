package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.AgentEvent;
import dev.datastudio.agents.agent.AgentListener;

/** Tells a listener of one run, one event after the other, whichever threads they happen on. Thread-safe. */
final class Teller {
    private final AgentListener listener;
    private final String run;
    private final String agent;

    Teller(AgentListener listener, String run, String agent) {
        this.listener = listener;
        this.run = run;
        this.agent = agent;
    }

    String run() {
        return run;
    }

    String agent() {
        return agent;
    }

    synchronized void tell(AgentEvent event) {
        listener.onEvent(event);
    }
}
