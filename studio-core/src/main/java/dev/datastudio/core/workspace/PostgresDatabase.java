package dev.datastudio.core.workspace;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.internal.PostgresErrors;
import dev.datastudio.core.workspace.internal.PostgresSchema;
import dev.datastudio.core.workspace.internal.PostgresTransaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL database that several instances of Studio share.
 *
 * <p>Writes are serializable transactions: as if one ran after the other. When two come in each other's way, one of them
 * runs again, after a short pause of random length, for at most {@link #MAX_WAIT}; so the work must have no effect
 * outside the database. A write that sends nothing for 10 seconds, because its process is paused or cut off, is undone by
 * the server. Readers see one consistent state and never wait. Every failure is a {@link StudioException}: STORAGE_FULL, STORAGE_NOT_WRITABLE, STORAGE_BUSY, STORAGE_FAILED or WORKSPACE_DAMAGED.
 *
 * <p>Thread-safe. What runs inside {@link #read} and {@link #write} must carry the tenant of its
 * {@link dev.datastudio.api.tenant.Caller} in every statement.
 */
public final class PostgresDatabase implements TransactionalDatabase {
    /** How long a write is tried again. */
    public static final Duration MAX_WAIT = StateDatabase.MAX_WAIT;

    private static final int VERSION = 1;
    private static final String SCRIPTS = "classpath:db/migration/postgresql";
    private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final String READ = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
    // A process that is paused, or whose network is gone, must not keep rows locked until it comes back.
    private static final String WRITE = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;"
            + " SET LOCAL idle_in_transaction_session_timeout = '10s'; SET LOCAL synchronous_commit = ";
    private static final int TRIES_BEFORE_SAYING_SO = 10;

    private final DataSource source;
    private final ThreadLocal<Boolean> working = ThreadLocal.withInitial(() -> false);
    private volatile boolean closed;

    private PostgresDatabase(DataSource source) {
        this.source = source;
    }

    /**
     * Opens the database and brings Studio's tables up to date; makes them when they are not there. They lie in the
     * schema that new connections have as their current one; give Studio a schema of its own.
     *
     * @param source gives connections; stays open when this database is closed. Best a pool of at least 3 connections,
     *     such as HikariCP's, because each call takes one
     * @throws StudioException WORKSPACE_TOO_NEW when a newer Studio wrote it, DEPENDENCY_MISSING without
     *     flyway-database-postgresql, INVALID_ARGUMENT for another kind of database, and those of the class
     */
    public static PostgresDatabase open(DataSource source) {
        Objects.requireNonNull(source, "source");
        try {
            new PostgresSchema(source, "", VERSION, SCRIPTS).upgrade();
        } catch (SQLException e) {
            throw PostgresErrors.translate(e);
        }
        return new PostgresDatabase(source);
    }

    @Override
    public Kind kind() {
        return Kind.POSTGRESQL;
    }

    /**
     * Runs queries that see one consistent state.
     *
     * @throws IllegalStateException when closed, or when called inside other work of this thread
     */
    @Override
    public <T> T read(SqlWork<T> work) {
        return runUntilAlone(READ, work);
    }

    /**
     * Runs statements that take effect together or not at all. Once it returns, they also outlast a loss of power of the
     * server.
     *
     * @throws IllegalStateException when closed, or when called inside other work of this thread
     */
    @Override
    public <T> T write(SqlWork<T> work) {
        return runUntilAlone(WRITE + "ON", work);
    }

    @Override
    public <T> T writeRelaxed(SqlWork<T> work) {
        return runUntilAlone(WRITE + "OFF", work);
    }

    private <T> T runUntilAlone(String beginning, SqlWork<T> work) {
        requireUsable();
        long giveUpAt = System.nanoTime() + MAX_WAIT.toNanos();
        working.set(true);
        try {
            for (int tries = 1; ; tries++) {
                try {
                    return PostgresTransaction.run(source, beginning, work);
                } catch (SQLException e) {
                    if (!PostgresErrors.isCollision(e) || System.nanoTime() > giveUpAt) {
                        throw PostgresErrors.translate(e);
                    }
                    pause(tries, e);
                }
            }
        } finally {
            working.remove();
        }
    }

    private static void pause(int tries, SQLException collision) {
        if (tries == TRIES_BEFORE_SAYING_SO) {
            log.info("A transaction was undone {} times because of others and is tried again", tries);
        }
        PostgresTransaction.pause(tries, collision);
    }

    /** Ends the use of this database; the data source stays open. Does nothing when called again. */
    @Override
    public void close() {
        closed = true;
    }

    private void requireUsable() {
        if (closed) {
            throw new IllegalStateException("The PostgreSQL database is closed");
        }
        if (working.get()) {
            throw new IllegalStateException("The database must not be called inside the work of another call");
        }
    }
}
