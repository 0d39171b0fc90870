package dev.datastudio.agents.model;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A model that a tenant or a person has configured; its key can be set, never read. Immutable.
 *
 * @param id names it
 * @param spec what it says
 * @param scope whose it is
 * @param isActive whether it is used when none is named
 * @param hasKey whether a key is kept for it
 * @param revision 1 when it was made, one more with each change; 0 for one that the environment offers
 * @param createdAt when it was made
 * @param changedAt when it was last changed
 */
public record ModelConfig(
        UUID id,
        ModelSpec spec,
        ModelScope scope,
        boolean isActive,
        boolean hasKey,
        long revision,
        Instant createdAt,
        Instant changedAt) {
    public ModelConfig {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(changedAt, "changedAt");
    }

    /** What people call it. */
    public String name() {
        return spec.name();
    }

    /** Whether it comes from the environment of the program, and is kept nowhere. */
    public boolean isFromEnvironment() {
        return revision == 0;
    }
}
