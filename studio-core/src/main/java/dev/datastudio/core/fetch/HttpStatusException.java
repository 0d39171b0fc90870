package dev.datastudio.core.fetch;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;

/** A server answered, but not with the file. */
public final class HttpStatusException extends StudioException {
    private static final long serialVersionUID = 1L;

    private final int status;

    HttpStatusException(int status, String what, String mend) {
        super(ErrorCode.URL_UNREACHABLE, what, mend);
        this.status = status;
    }

    /** The status code of the answer, such as 404. */
    public int status() {
        return status;
    }
}
