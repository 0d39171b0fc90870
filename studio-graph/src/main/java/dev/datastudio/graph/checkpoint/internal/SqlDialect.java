package dev.datastudio.graph.checkpoint.internal;

import java.sql.SQLException;

/** Where databases differ. */
interface SqlDialect {
    /** What a query of one row ends with to keep others from changing it until the transaction ends. */
    String lockingClause();

    /** Inserts entries into {@code graph_entry}. */
    void insert(SqlSession session, EntryBatch entries) throws SQLException;
}
