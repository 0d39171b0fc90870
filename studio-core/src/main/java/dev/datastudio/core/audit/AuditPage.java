package dev.datastudio.core.audit;

import java.util.List;
import java.util.Objects;

/**
 * Some records, the newest first, and where to go on. Immutable.
 *
 * @param records in the order of the log
 * @param next what {@link AuditQuery#after} takes for the page that follows; empty when there is none
 */
public record AuditPage(List<AuditRecord> records, String next) {
    public AuditPage {
        records = List.copyOf(records);
        Objects.requireNonNull(next, "next");
    }
}
