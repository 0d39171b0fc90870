package dev.datastudio.graph.checkpoint.internal;

import java.sql.SQLException;

/**
 * Statements that take effect together or not at all. May be run again from the beginning when the database undid them.
 *
 * @param <T> what they give
 */
@FunctionalInterface
interface SqlWork<T> {
    T run(SqlSession session) throws SQLException;
}
