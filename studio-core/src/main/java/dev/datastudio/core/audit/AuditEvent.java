package dev.datastudio.core.audit;

import dev.datastudio.api.tenant.Caller;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Something that somebody did. Immutable.
 *
 * @param caller who
 * @param action what, 1 to 64 lower-case letters, digits, '.' and '-', such as {@code question.ask}
 * @param subjects of which data: ids, at most 50, each of 1 to 200 characters; repetitions are dropped
 * @param outcome how it ended
 * @param details what else is worth knowing, at most 20, each value cut at 500 characters. Values whose name says that
 *     they are secret, such as {@code password} or {@code api_key}, are replaced by {@code ***}
 */
public record AuditEvent(
        Caller caller, String action, List<String> subjects, Outcome outcome, Map<String, String> details) {
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
    private static final Pattern DETAIL = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern SECRET =
            Pattern.compile("passw|secret|token|credential|authorization|cookie|api.?key|private.?key|signature");
    private static final int MAX_SUBJECTS = 50;
    private static final int MAX_SUBJECT = 200;
    private static final int MAX_DETAILS = 20;
    private static final int MAX_VALUE = 500;

    /** How something ended. */
    public enum Outcome {
        DONE,
        /** Not allowed: rights, quota, gate. */
        REFUSED,
        FAILED
    }

    /** @throws IllegalArgumentException if a part breaks its rule */
    public AuditEvent {
        if (!ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException("action must match " + ACTION + ", was '" + action + "'");
        }
        subjects = List.copyOf(new LinkedHashSet<>(subjects));
        requireAtMost("subjects", subjects.size(), MAX_SUBJECTS);
        for (String subject : subjects) {
            if (subject.isEmpty() || subject.length() > MAX_SUBJECT) {
                throw new IllegalArgumentException(
                        "A subject must have 1 to " + MAX_SUBJECT + " characters, had " + subject.length());
            }
        }
        requireAtMost("details", details.size(), MAX_DETAILS);
        details = Map.copyOf(safe(details));
    }

    /** Something that was done, without details. */
    public static AuditEvent of(Caller caller, String action, List<String> subjects) {
        return new AuditEvent(caller, action, subjects, Outcome.DONE, Map.of());
    }

    /** With another outcome. */
    public AuditEvent ended(Outcome outcome) {
        return new AuditEvent(caller, action, subjects, outcome, details);
    }

    /** With one more detail. */
    public AuditEvent with(String detail, String value) {
        Map<String, String> more = new TreeMap<>(details);
        more.put(detail, value);
        return new AuditEvent(caller, action, subjects, outcome, more);
    }

    private static Map<String, String> safe(Map<String, String> details) {
        Map<String, String> safe = new TreeMap<>();
        details.forEach((name, value) -> {
            if (!DETAIL.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "The name of a detail must match " + DETAIL + ", was '" + name + "'");
            }
            boolean secret = SECRET.matcher(name.toLowerCase(Locale.ROOT)).find();
            safe.put(name, secret ? "***" : value.substring(0, Math.min(value.length(), MAX_VALUE)));
        });
        return safe;
    }

    private static void requireAtMost(String name, int size, int max) {
        if (size > max) {
            throw new IllegalArgumentException("There may be at most " + max + " " + name + ", there were " + size);
        }
    }
}
