package dev.datastudio.graph.checkpoint.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** One connection inside a transaction. Not thread-safe. */
interface SqlSession {
    /** The statement, which the session closes; the same one when it is asked for again. */
    PreparedStatement prepare(String sql) throws SQLException;
}
