package dev.datastudio.core.audit;

import dev.datastudio.api.metadata.EntryQuery;
import java.time.Instant;

/** Which records of one tenant's log, the newest first. Immutable. */
public final class AuditQuery {
    private final EntryQuery query;

    private AuditQuery(EntryQuery query) {
        this.query = query;
    }

    /** The newest 100 of a tenant. */
    public static AuditQuery of(String tenant) {
        return new AuditQuery(EntryQuery.of(tenant, AuditEntries.KIND));
    }

    /** Only of what this user did. */
    public AuditQuery user(String user) {
        return new AuditQuery(query.where("user", user));
    }

    /** Only of this action. */
    public AuditQuery action(String action) {
        return new AuditQuery(query.where("action", action));
    }

    /** Only of what ended so. */
    public AuditQuery outcome(AuditEvent.Outcome outcome) {
        return new AuditQuery(query.where("outcome", outcome.name()));
    }

    /** Only of what was done with this data. */
    public AuditQuery subject(String subject) {
        return new AuditQuery(query.where(AuditEntries.subjectAttribute(subject), ""));
    }

    /**
     * Only of what was written to the log in a time; that is shortly after {@link AuditRecord#at()}.
     *
     * @param from inclusive; {@link Instant#MIN} for all before
     * @param before exclusive; {@link Instant#MAX} for all after
     */
    public AuditQuery between(Instant from, Instant before) {
        return new AuditQuery(query.createdBetween(from, before));
    }

    /** At most so many, 1 to 1,000. */
    public AuditQuery limitedTo(int limit) {
        return new AuditQuery(query.limitedTo(limit));
    }

    /** The page after another one of the same query. */
    public AuditQuery after(String next) {
        return new AuditQuery(query.after(next));
    }

    EntryQuery entries() {
        return query;
    }

    @Override
    public String toString() {
        return "audit records of " + query;
    }
}
