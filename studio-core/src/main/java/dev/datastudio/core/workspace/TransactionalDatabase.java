package dev.datastudio.core.workspace;

/**
 * A database for small transactions: the SQLite file of a workspace, or PostgreSQL for several instances. Stores written
 * against it run on both; they use the SQL that both know, and {@link #kind()} where it differs.
 *
 * <p>Thread-safe. What runs inside must carry the tenant in every statement, must not keep the connection, and must not
 * call the database again from within. Failures are {@link dev.datastudio.api.error.StudioException} with a
 * {@code STORAGE_…} or {@code WORKSPACE_…} code.
 */
public interface TransactionalDatabase extends AutoCloseable {
    /** Whose SQL it speaks. */
    Kind kind();

    /** Runs queries that see one consistent state. */
    <T> T read(SqlWork<T> work);

    /**
     * Runs statements that take effect together or not at all, one after the other as if alone. Once it returns, they
     * also outlast a loss of power. On PostgreSQL the work may run again when another transaction came in between.
     */
    <T> T write(SqlWork<T> work);

    /** As {@link #write}, but a loss of power may undo the last of them. For what can be computed again. */
    <T> T writeRelaxed(SqlWork<T> work);

    /** Frees its connections. Does nothing when called again. */
    @Override
    void close();

    /** The databases that this code was written for. */
    enum Kind {
        SQLITE,
        POSTGRESQL
    }
}
