package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.Agents;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.ErasurePart;

/** Erases runs of agents. Thread-safe. */
public final class AgentRunErasure implements ErasurePart {
    @Override
    public String kind() {
        return "agent-runs";
    }

    @Override
    public long user(Studio studio, Caller who) {
        return Agents.of(studio).as(who).forgetAll();
    }

    @Override
    public long tenant(Studio studio, String tenant) {
        return Agents.of(studio).as(new Caller(tenant, "studio")).forgetTenant();
    }
}
