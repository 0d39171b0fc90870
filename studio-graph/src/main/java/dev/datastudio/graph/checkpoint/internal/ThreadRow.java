package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** A row of {@code graph_thread}; times in microseconds. The owner stays when the lease is given back. */
record ThreadRow(
        long id,
        ThreadKey key,
        long head,
        long epoch,
        ThreadStatus status,
        String owner,
        long leaseUntil,
        String graph,
        int graphVersion,
        long updatedAt) {
    /** What a query selects for {@link #from}. */
    static final String COLUMNS =
            "id, tenant, thread, head, epoch, status, owner, lease_until, graph, graph_version, updated_at";

    static ThreadRow from(ResultSet row) throws SQLException {
        return new ThreadRow(
                row.getLong(1),
                new ThreadKey(row.getString(2), row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                status(row.getString(6)),
                row.getString(7),
                row.getLong(8),
                row.getString(9),
                row.getInt(10),
                row.getLong(11));
    }

    private static ThreadStatus status(String name) throws SQLDataException {
        try {
            return ThreadStatus.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new SQLDataException("No thread can be " + name, e);
        }
    }

    /** @param now in microseconds */
    boolean isHeld(long now) {
        return status == ThreadStatus.RUNNING && leaseUntil > now;
    }

    ThreadState state() {
        boolean isRunning = status == ThreadStatus.RUNNING;
        return new ThreadState(
                key,
                head,
                epoch,
                status,
                isRunning ? Optional.of(owner) : Optional.empty(),
                isRunning ? Micros.toInstant(leaseUntil) : Instant.EPOCH,
                graph,
                graphVersion,
                Micros.toInstant(updatedAt));
    }
}
