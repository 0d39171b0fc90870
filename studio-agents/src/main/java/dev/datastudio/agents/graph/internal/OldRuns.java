package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.retention.RetentionPart;
import java.time.Instant;

/** Forgets old runs of graphs. Thread-safe. */
public final class OldRuns implements RetentionPart {
    @Override
    public String kind() {
        return "runs";
    }

    @Override
    public long deleteOlder(Studio studio, String tenant, Instant before) {
        return GraphRuns.of(studio).as(new Caller(tenant, "studio")).forgetOlder(before);
    }
}
