package dev.datastudio.agents.agent.internal;

import dev.datastudio.agents.agent.Agents;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.retention.RetentionPart;
import java.time.Instant;

/** Forgets old runs of agents. Thread-safe. */
public final class OldAgentRuns implements RetentionPart {
    @Override
    public String kind() {
        return "runs";
    }

    @Override
    public long deleteOlder(Studio studio, String tenant, Instant before) {
        return Agents.of(studio).as(new Caller(tenant, "studio")).forgetOlder(before);
    }
}
