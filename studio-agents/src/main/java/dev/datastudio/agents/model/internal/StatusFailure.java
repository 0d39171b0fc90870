package dev.datastudio.agents.model.internal;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service answered with an error; the message is its body, without the key. */
final class StatusFailure extends HttpException {
    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_OF_SERVER = 500;

    private final transient @Nullable Duration retryAfter;

    StatusFailure(int status, String body, @Nullable Duration retryAfter) {
        super(status, body);
        this.retryAfter = retryAfter;
    }

    /** When the service wants to be asked again; null when it does not say. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the same request can be answered later. */
    boolean isPassing() {
        return statusCode() == TOO_MANY_REQUESTS || statusCode() >= FIRST_OF_SERVER;
    }
}
