package dev.datastudio.core.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * An event as it stands in the log. Immutable.
 *
 * @param id names it within its tenant
 * @param at when it was given to the log, to the millisecond; the first time, if it happened more than once
 * @param event what happened
 * @param times how often it happened, all but the same: 1, or more when the same person did the same again with the same
 *     data and outcome before the record was written
 */
public record AuditRecord(String id, Instant at, AuditEvent event, int times) {
    public AuditRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(event, "event");
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1, was " + times);
        }
    }
}
