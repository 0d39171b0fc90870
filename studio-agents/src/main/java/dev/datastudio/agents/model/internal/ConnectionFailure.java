package dev.datastudio.agents.model.internal;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The connection to a service could not be made, or broke before the answer was there. */
final class ConnectionFailure extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    ConnectionFailure(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
