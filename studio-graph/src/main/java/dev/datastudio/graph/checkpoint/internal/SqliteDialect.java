package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** SQLite: whoever writes holds the whole database, and a batch is a loop inside the driver. */
final class SqliteDialect implements SqlDialect {
    private static final String INSERT = "INSERT INTO graph_entry (place, kind, body, mac) VALUES (?, ?, ?, ?)";

    @Override
    public String lockingClause() {
        return "";
    }

    @Override
    public void insert(SqlSession session, EntryBatch entries) throws SQLException {
        PreparedStatement statement = session.prepare(INSERT);
        if (entries.size() == 1) {
            bind(statement, entries, 0);
            statement.executeUpdate();
            return;
        }
        try {
            for (int i = 0; i < entries.size(); i++) {
                bind(statement, entries, i);
                statement.addBatch();
            }
            statement.executeBatch();
        } finally {
            statement.clearBatch(); // a failed one would be sent again with the next
        }
    }

    private static void bind(PreparedStatement statement, EntryBatch entries, int index) throws SQLException {
        CheckpointEntry entry = entries.entry(index);
        statement.setLong(1, entries.place(index));
        statement.setInt(2, KindCodes.codeOf(entry.kind()));
        statement.setBytes(3, entry.body());
        statement.setBytes(4, entry.mac());
    }
}
