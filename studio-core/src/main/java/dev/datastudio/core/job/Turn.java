package dev.datastudio.core.job;

import dev.datastudio.api.job.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A job that waits for its turn.
 *
 * @param number as many as its tenant has jobs running in the queue, and waiting up to this one
 * @param dueAt since when it waits, in milliseconds
 */
record Turn(JobId id, String tenant, long number, long dueAt) {
    static Turn read(ResultSet row) throws SQLException {
        return new Turn(new JobId(row.getString(1)), row.getString(2), row.getLong(3), row.getLong(4));
    }
}
