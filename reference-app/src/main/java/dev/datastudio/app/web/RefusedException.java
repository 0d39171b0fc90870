package dev.datastudio.app.web;

import java.time.Duration;
import java.util.Optional;

/** A request that is not let through, for a reason that only a web application has. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String what;
    private final String mend;
    private final long retrySeconds;

    private RefusedException(int status, String code, String what, String mend, long retrySeconds) {
        super(what + ". " + mend + ".");
        this.status = status;
        this.code = code;
        this.what = what;
        this.mend = mend;
        this.retrySeconds = retrySeconds;
    }

    /** Nobody is signed in, or not any more: 401. */
    public static RefusedException nobody() {
        return new RefusedException(401, "SIGN_IN_REQUIRED", "Nobody is signed in", "Sign in and try again", 0);
    }

    /** What was given does not prove who somebody is; says nothing of what is wrong with it: 401. */
    public static RefusedException unproven(String what, String mend) {
        return new RefusedException(401, "SIGN_IN_FAILED", what, mend, 0);
    }

    /** Who asks may not do this: 403. */
    public static RefusedException forbidden(String code, String what, String mend) {
        return new RefusedException(403, code, what, mend, 0);
    }

    /** It does not go together with how things stand: 409. */
    public static RefusedException conflict(String code, String what, String mend) {
        return new RefusedException(409, code, what, mend, 0);
    }

    /** Too often: 429. */
    public static RefusedException tooOften(String what, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new RefusedException(
                429, "TOO_MANY_TRIES", what, "Try again in " + seconds + " s", Math.min(seconds, 86_400));
    }

    /** More at once than there may be: 429. */
    public static RefusedException tooMany(String code, String what, String mend, Duration wait) {
        return new RefusedException(429, code, what, mend, Math.max(1, wait.toSeconds()));
    }

    /** Whether it does not go together with how things stand. */
    public boolean isConflict() {
        return status == 409;
    }

    /** Whether it was tried too often, or is too much at once. */
    public boolean isTooOften() {
        return status == 429;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String what() {
        return what;
    }

    String mend() {
        return mend;
    }

    /** How many seconds to wait before trying again, where that is known. */
    Optional<Long> retrySeconds() {
        return retrySeconds == 0 ? Optional.empty() : Optional.of(retrySeconds);
    }
}
