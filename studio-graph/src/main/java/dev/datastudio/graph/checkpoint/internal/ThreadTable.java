package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadStatus;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The statements on {@code graph_thread}, which has one row for each thread. */
final class ThreadTable {
    private static final String FIND =
            "SELECT " + ThreadRow.COLUMNS + " FROM graph_thread WHERE tenant = ? AND thread = ?";
    private static final String FIND_ID = "SELECT id FROM graph_thread WHERE tenant = ? AND thread = ?";
    private static final String INSERT = "INSERT INTO graph_thread"
            + " (tenant, thread, head, epoch, status, owner, lease_until, graph, graph_version, updated_at)"
            + " VALUES (?, ?, 0, 0, 'RUNNING', ?, ?, ?, ?, ?) ON CONFLICT (tenant, thread) DO NOTHING RETURNING id";
    private static final String SET_EPOCH = "UPDATE graph_thread SET epoch = ? WHERE id = ?";
    private static final String CLAIM = "UPDATE graph_thread SET epoch = epoch + 1, status = 'RUNNING', owner = ?,"
            + " lease_until = ?, graph = ?, graph_version = ?, updated_at = ? WHERE id = ?";
    private static final String ADVANCE = "UPDATE graph_thread SET head = ?, status = ?, lease_until = ?,"
            + " updated_at = ? WHERE tenant = ? AND thread = ? AND epoch = ? AND head = ? RETURNING id";
    private static final String DELETE = "DELETE FROM graph_thread WHERE id = ?";

    private ThreadTable() {}

    static Optional<ThreadRow> find(SqlSession session, ThreadKey key) throws SQLException {
        return find(session, key, FIND);
    }

    /** As {@link #find}; nobody else changes the row until the transaction ends. */
    static Optional<ThreadRow> lock(SqlSession session, ThreadKey key, SqlDialect dialect) throws SQLException {
        return find(session, key, FIND + dialect.lockingClause());
    }

    private static Optional<ThreadRow> find(SqlSession session, ThreadKey key, String sql) throws SQLException {
        PreparedStatement statement = session.prepare(sql);
        statement.setString(1, key.tenant());
        statement.setString(2, key.thread());
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(ThreadRow.from(rows)) : Optional.empty();
        }
    }

    static OptionalLong findId(SqlSession session, ThreadKey key) throws SQLException {
        PreparedStatement statement = session.prepare(FIND_ID);
        statement.setString(1, key.tenant());
        statement.setString(2, key.thread());
        return id(statement);
    }

    private static OptionalLong id(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }

    /** The ids of all threads of a tenant; nobody else changes their rows until the transaction ends. */
    static List<Long> lockAll(SqlSession session, String tenant, SqlDialect dialect) throws SQLException {
        PreparedStatement statement = session.prepare(
                "SELECT id FROM graph_thread WHERE tenant = ? ORDER BY thread" + dialect.lockingClause());
        statement.setString(1, tenant);
        List<Long> ids = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    /** Whether there was none yet. */
    static boolean create(SqlSession session, ThreadKey key, Claim claim) throws SQLException {
        PreparedStatement insert = session.prepare(INSERT);
        insert.setString(1, key.tenant());
        insert.setString(2, key.thread());
        insert.setString(3, claim.owner());
        insert.setLong(4, Micros.of(claim.leaseUntil()));
        insert.setString(5, claim.graph());
        insert.setInt(6, claim.graphVersion());
        insert.setLong(7, Micros.of(claim.now()));
        OptionalLong id = id(insert);
        if (id.isEmpty()) {
            return false;
        }
        PreparedStatement setEpoch = session.prepare(SET_EPOCH);
        setEpoch.setLong(1, Epochs.first(id.getAsLong()));
        setEpoch.setLong(2, id.getAsLong());
        setEpoch.executeUpdate();
        return true;
    }

    static void claim(SqlSession session, long id, Claim claim) throws SQLException {
        PreparedStatement statement = session.prepare(CLAIM);
        statement.setString(1, claim.owner());
        statement.setLong(2, Micros.of(claim.leaseUntil()));
        statement.setString(3, claim.graph());
        statement.setInt(4, claim.graphVersion());
        statement.setLong(5, Micros.of(claim.now()));
        statement.setLong(6, id);
        statement.executeUpdate();
    }

    /**
     * Moves the head on if the thread stands at an epoch and a head; the compare-and-set of the whole store.
     *
     * @param last how the thread stands afterwards
     * @return the thread's id if it stood there
     */
    static OptionalLong advance(SqlSession session, long head, Append last) throws SQLException {
        PreparedStatement statement = session.prepare(ADVANCE);
        statement.setLong(1, last.expectedHead() + last.entries().size());
        statement.setString(2, last.status().name());
        statement.setLong(3, Micros.of(last.leaseUntil()));
        statement.setLong(4, Micros.of(last.now()));
        statement.setString(5, last.key().tenant());
        statement.setString(6, last.key().thread());
        statement.setLong(7, last.epoch());
        statement.setLong(8, head);
        return id(statement);
    }

    static List<ThreadRow> list(
            SqlSession session, String tenant, Collection<ThreadStatus> status, int offset, int limit)
            throws SQLException {
        String marks = String.join(", ", Collections.nCopies(status.size(), "?"));
        PreparedStatement statement = session.prepare("SELECT " + ThreadRow.COLUMNS
                + " FROM graph_thread WHERE tenant = ? AND status IN (" + marks
                + ") ORDER BY updated_at DESC, thread LIMIT ? OFFSET ?");
        int place = 1;
        statement.setString(place++, tenant);
        for (ThreadStatus each : status) {
            statement.setString(place++, each.name());
        }
        statement.setInt(place++, limit);
        statement.setInt(place, offset);
        List<ThreadRow> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(ThreadRow.from(rows));
            }
        }
        return found;
    }

    static void delete(SqlSession session, long id) throws SQLException {
        PreparedStatement statement = session.prepare(DELETE);
        statement.setLong(1, id);
        statement.executeUpdate();
    }
}
