package dev.datastudio.testkit.server;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One kind of server, which is started once in a process or not at all. Thread-safe. */
final class OneServer<S> {
    private final String name;
    private final String program;
    private final Start<S> start;
    private @Nullable S running;
    private @Nullable String missing;

    /** @param program where the server comes from, in words for the reader of a skipped test */
    OneServer(String name, String program, Start<S> start) {
        this.name = name;
        this.program = program;
        this.start = start;
    }

    @FunctionalInterface
    interface Start<S> {
        S start() throws IOException, SQLException, InterruptedException;
    }

    /** The running server, started when there is none; where it can't be, the test is skipped and says what is missing. */
    synchronized S require() {
        if (running == null && missing == null) {
            start();
        }
        S server = running;
        if (server == null) {
            return Assumptions.abort("needs " + name + ": " + missing);
        }
        return server;
    }

    private void start() {
        try {
            running = start.start();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            missing = "the start was interrupted";
        } catch (IOException | SQLException | RuntimeException e) {
            missing = "the server of " + program + " does not start here, " + e;
        } catch (NoClassDefFoundError e) {
            missing = program + " or its driver is not on the class path, " + e;
        }
    }
}
