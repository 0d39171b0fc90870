package dev.datastudio.api.error;

/** Who can do something about an error; decides the HTTP status and whether trying again can help. */
public enum ErrorType {
    /** The input is wrong: mend it and ask again. */
    USER_INPUT(400, false),
    /** What was named is not there, or not there for this caller. */
    NOT_FOUND(404, false),
    /** The caller may not do this. */
    NOT_ALLOWED(403, false),
    /** A limit on rows, bytes, time or calls was reached. */
    LIMIT(429, false),
    /** The work was cancelled by its owner. */
    CANCELLED(499, false),
    /** Something outside Studio failed: a disk, a database, a model. Trying again may help. */
    EXTERNAL(503, true),
    /** A fault of Studio itself. */
    INTERNAL(500, false);

    private final int httpStatus;
    private final boolean retryable;

    ErrorType(int httpStatus, boolean retryable) {
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    /** The HTTP status code that an error of this type is answered with, 400 to 599. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same call can succeed later without a change. */
    public boolean isRetryable() {
        return retryable;
    }
}
