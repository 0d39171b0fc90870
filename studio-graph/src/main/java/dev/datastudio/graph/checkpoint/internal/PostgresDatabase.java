package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.CheckpointKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data source, with a transaction on one of its connections for each call. Thread-safe. */
public final class PostgresDatabase implements SqlDatabase {
    private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final int MAX_TRIES = 5;

    private final DataSource source;
    private final SqlDialect dialect = new PostgresDialect();
    private final ReentrantLock preparing = new ReentrantLock();
    private volatile boolean prepared;
    private volatile boolean commitsEarly;

    private PostgresDatabase(DataSource source) {
        this.source = source;
    }

    /** Threads in the database that a data source connects to. */
    public static SqlThreads open(DataSource source, CheckpointKey key) {
        return new SqlThreads(new PostgresDatabase(source), key);
    }

    @Override
    public SqlDialect dialect() {
        return dialect;
    }

    @Override
    public <T> T read(SqlWork<T> work) {
        try (Connection connection = source.getConnection()) {
            prepareOnce(connection);
            return with(connection, true, work);
        } catch (SQLException e) {
            throw PostgresFailures.translate(e);
        }
    }

    /** What the server undid for others' sake is done again; nothing of it was stored. */
    @Override
    public <T> T write(SqlWork<T> work) {
        int tries = 1;
        while (true) {
            try (Connection connection = source.getConnection()) {
                prepareOnce(connection);
                return transaction(connection, work);
            } catch (SQLException e) {
                if (tries++ >= MAX_TRIES || !PostgresFailures.isUndone(e)) {
                    throw PostgresFailures.translate(e);
                }
            }
        }
    }

    private void prepareOnce(Connection connection) throws SQLException {
        if (prepared) {
            return;
        }
        preparing.lock();
        try {
            if (!prepared) {
                prepare(connection);
                prepared = true;
            }
        } finally {
            preparing.unlock();
        }
    }

    private void prepare(Connection connection) throws SQLException {
        commitsEarly = with(connection, true, session -> {
            int version = PostgresSchema.versionOf(session);
            if (version > PostgresSchema.VERSION) {
                throw PostgresFailures.tooNew(version, PostgresSchema.VERSION);
            }
            if (version == 0) {
                transaction(connection, each -> {
                    PostgresSchema.create(each);
                    return true;
                });
            }
            return PostgresSchema.commitsEarly(session);
        });
    }

    private <T> T transaction(Connection connection, SqlWork<T> work) throws SQLException {
        return with(connection, false, session -> {
            boolean committed = false;
            try {
                if (commitsEarly) {
                    session.prepare("SET LOCAL synchronous_commit = on").execute();
                }
                T result = work.run(session);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    quietly(connection::rollback);
                }
            }
        });
    }

    /** Leaves the connection to its pool as it was. */
    private static <T> T with(Connection connection, boolean autoCommit, SqlWork<T> work) throws SQLException {
        boolean before = connection.getAutoCommit();
        int isolation = connection.getTransactionIsolation();
        StatementCache session = new StatementCache(connection);
        set(connection, autoCommit, Connection.TRANSACTION_READ_COMMITTED);
        try {
            return work.run(session);
        } finally {
            quietly(session::closeStatements);
            quietly(() -> set(connection, before, isolation));
        }
    }

    /** What fails while a call ends must hide neither its result nor its failure; a pool notices a broken connection. */
    private static void quietly(Ending ending) {
        try {
            ending.run();
        } catch (SQLException e) {
            log.debug("A connection could not be left as it was", e);
        }
    }

    @FunctionalInterface
    private interface Ending {
        void run() throws SQLException;
    }

    private static void set(Connection connection, boolean autoCommit, int isolation) throws SQLException {
        if (connection.getTransactionIsolation() != isolation) {
            connection.setTransactionIsolation(isolation);
        }
        if (connection.getAutoCommit() != autoCommit) {
            connection.setAutoCommit(autoCommit);
        }
    }

    /** The data source is its owner's. */
    @Override
    public void close() {}
}
