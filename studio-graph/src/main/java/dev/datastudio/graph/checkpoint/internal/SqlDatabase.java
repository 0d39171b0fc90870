package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.error.StudioException;

/** A database as {@link SqlThreads} needs it. Thread-safe. */
interface SqlDatabase {
    /**
     * Runs queries that see one consistent state, as far as entries that are never changed need it.
     *
     * @throws StudioException when the storage fails
     */
    <T> T read(SqlWork<T> work);

    /**
     * Runs statements in a transaction that outlasts a loss of power once this returns.
     *
     * @throws StudioException when the storage fails
     */
    <T> T write(SqlWork<T> work);

    /** What this database says in its own way. */
    SqlDialect dialect();

    /** Closes what was opened for it. */
    void close();
}
