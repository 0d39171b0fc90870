package dev.datastudio.core.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * An event as it stands in the log. Immutable.
 *
 * @param id names it within its tenant
 * @param at when it was given to the log, to the millisecond
 * @param event what happened
 */
public record AuditRecord(String id, Instant at, AuditEvent event) {
    public AuditRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(event, "event");
    }
}
