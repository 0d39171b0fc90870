package dev.datastudio.core.activity;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.tenant.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that somebody did, or tried to. Immutable. It holds no rows and no secrets.
 *
 * @param caller who
 * @param action what: lower-case words with dots and hyphens, such as {@code dataset.import}
 * @param subjects ids of the data, most important first
 * @param details what else is worth knowing, by name
 * @param error why it failed; empty when it was done
 */
public record Activity(
        Caller caller, String action, List<String> subjects, Map<String, String> details, Optional<ErrorCode> error) {
    public Activity {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(error, "error");
        subjects = List.copyOf(subjects);
        details = Map.copyOf(details);
    }

    /** Something without subjects and details yet. */
    public static Activity of(Caller caller, String action) {
        return new Activity(caller, action, List.of(), Map.of(), Optional.empty());
    }

    /** With these subjects. */
    public Activity about(List<String> ids) {
        return new Activity(caller, action, ids, details, error);
    }

    /** With one subject. */
    public Activity about(Object id) {
        return about(List.of(id.toString()));
    }

    /** With one more detail. */
    public Activity with(String name, Object value) {
        return with(Map.of(name, value));
    }

    /** With more details. */
    public Activity with(Map<String, ?> others) {
        Map<String, String> more = new HashMap<>(details);
        others.forEach((name, value) -> more.put(name, value.toString()));
        return new Activity(caller, action, subjects, more, error);
    }

    /** With the reason why it failed. */
    public Activity failed(ErrorCode code) {
        return new Activity(caller, action, subjects, details, Optional.of(code));
    }

    /** Whether it was not allowed, or beyond a quota, rather than broken. */
    public boolean isRefused() {
        return error.filter(code -> code.type() == ErrorType.NOT_ALLOWED || code == ErrorCode.QUOTA_EXCEEDED)
                .isPresent();
    }
}
