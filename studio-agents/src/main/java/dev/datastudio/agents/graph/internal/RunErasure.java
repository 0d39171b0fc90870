package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.ErasurePart;

/** Erases runs of graphs. Thread-safe. */
public final class RunErasure implements ErasurePart {
    @Override
    public String kind() {
        return "runs";
    }

    @Override
    public long user(Studio studio, Caller who) throws InterruptedException {
        return GraphRuns.of(studio).as(who).forgetAll();
    }

    @Override
    public long tenant(Studio studio, String tenant) throws InterruptedException {
        return GraphRuns.of(studio).as(new Caller(tenant, "studio")).forgetTenant();
    }
}
