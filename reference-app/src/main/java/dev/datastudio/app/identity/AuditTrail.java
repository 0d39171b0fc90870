package dev.datastudio.app.identity;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditEvent;
import dev.datastudio.core.audit.AuditEvent.Outcome;
import java.util.List;
import java.util.Map;

/** What of identity stands in the audit log of an organisation. Thread-safe. */
final class AuditTrail {
    private final Studio studio;

    AuditTrail(Studio studio) {
        this.studio = studio;
    }

    /**
     * Something that was done.
     *
     * @param action such as {@code session.begin}
     */
    void done(Caller caller, String action, List<String> subjects, Map<String, String> details) {
        studio.audit().append(new AuditEvent(caller, action, subjects, Outcome.DONE, details));
    }

    /** Something that was refused. */
    void refused(Caller caller, String action, Map<String, String> details) {
        studio.audit().append(new AuditEvent(caller, action, List.of(caller.user()), Outcome.REFUSED, details));
    }
}
