package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The statements on {@code graph_entry}, which holds the entries of all threads by their {@link Places}. */
final class EntryTable {
    private static final String READ =
            "SELECT place, kind, body, mac FROM graph_entry" + " WHERE place > ? AND place <= ? ORDER BY place LIMIT ?";
    private static final String FIND_SNAPSHOT = "SELECT place FROM graph_entry WHERE place > ? AND place <= ?"
            + " AND kind = " + KindCodes.SNAPSHOT + " ORDER BY place DESC LIMIT 1";
    private static final String DELETE = "DELETE FROM graph_entry WHERE place > ? AND place <= ?";

    private EntryTable() {}

    static List<CheckpointEntry> read(SqlSession session, long threadId, long after, int limit) throws SQLException {
        PreparedStatement statement = session.prepare(READ);
        statement.setLong(1, Places.near(threadId, after));
        statement.setLong(2, Places.of(threadId, Places.MAX_SEQUENCE));
        statement.setInt(3, limit);
        List<CheckpointEntry> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new CheckpointEntry(
                        Places.sequence(rows.getLong(1)),
                        KindCodes.kindOf(rows.getInt(2)),
                        rows.getBytes(3),
                        rows.getBytes(4)));
            }
        }
        return List.copyOf(found);
    }

    static OptionalLong findSnapshot(SqlSession session, long threadId, long atOrBefore) throws SQLException {
        PreparedStatement statement = session.prepare(FIND_SNAPSHOT);
        statement.setLong(1, Places.of(threadId, 0));
        statement.setLong(2, Places.near(threadId, atOrBefore));
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? OptionalLong.of(Places.sequence(rows.getLong(1))) : OptionalLong.empty();
        }
    }

    /**
     * Drops the entries up to a sequence.
     *
     * @return how many
     */
    static long delete(SqlSession session, long threadId, long upTo) throws SQLException {
        PreparedStatement statement = session.prepare(DELETE);
        statement.setLong(1, Places.of(threadId, 0));
        statement.setLong(2, Places.near(threadId, upTo));
        return statement.executeLargeUpdate();
    }
}
