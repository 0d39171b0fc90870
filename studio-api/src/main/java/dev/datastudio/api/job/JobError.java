package dev.datastudio.api.job;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.Objects;

/**
 * Why a job failed, or why its last try did. Immutable.
 *
 * @param code a stable name
 * @param what what happened, with the value
 * @param mend what to do now
 */
public record JobError(ErrorCode code, String what, String mend) {
    public JobError {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(mend, "mend");
    }

    /** What an exception says. */
    public static JobError from(StudioException exception) {
        return new JobError(exception.code(), exception.what(), exception.mend());
    }

    /** As an exception, for those who waited for the result. */
    public StudioException toException() {
        return new StudioException(code, what, mend);
    }
}
