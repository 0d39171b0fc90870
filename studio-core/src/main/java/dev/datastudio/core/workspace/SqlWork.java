package dev.datastudio.core.workspace;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Statements that belong together, run by a {@link TransactionalDatabase} inside one transaction. Called once, on the calling
 * thread.
 *
 * @param <T> what the statements give
 */
@FunctionalInterface
public interface SqlWork<T> {
    /**
     * Runs the statements.
     *
     * @param connection in a transaction already; must be neither kept, closed, committed nor rolled back
     */
    T run(Connection connection) throws SQLException;
}
