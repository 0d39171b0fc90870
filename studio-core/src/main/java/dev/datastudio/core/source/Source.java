package dev.datastudio.core.source;

import java.time.Instant;
import java.util.Objects;

/**
 * A database that a tenant has connected; its password can be set, never read. Immutable.
 *
 * @param id names it
 * @param spec how it is reached
 * @param revision 1 when it was made, one more with each change
 * @param createdAt when it was made
 * @param changedAt when it was last changed
 */
public record Source(SourceId id, SourceSpec spec, long revision, Instant createdAt, Instant changedAt) {
    public Source {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(changedAt, "changedAt");
    }

    /** What people call it. */
    public String name() {
        return spec.name();
    }

    /** What kind of database it is. */
    public SourceKind kind() {
        return spec.kind();
    }
}
