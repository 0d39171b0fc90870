package dev.datastudio.core.audit;

import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.audit.AuditEvent.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Activities as events of the log, cut to what an event takes. */
final class AuditedActivity {
    private static final int MAX_SUBJECTS = 50;

    private AuditedActivity() {}

    static AuditEvent event(Activity activity) {
        List<String> subjects = activity.subjects();
        Map<String, String> details = new LinkedHashMap<>(activity.details());
        activity.error().ifPresent(code -> details.put("error", code.name()));
        if (subjects.size() > MAX_SUBJECTS) {
            details.put("subjects", String.valueOf(subjects.size()));
            subjects = subjects.subList(0, MAX_SUBJECTS);
        }
        return new AuditEvent(activity.caller(), activity.action(), subjects, outcome(activity), details);
    }

    private static Outcome outcome(Activity activity) {
        if (activity.error().isEmpty()) {
            return Outcome.DONE;
        }
        return activity.isRefused() ? Outcome.REFUSED : Outcome.FAILED;
    }
}
