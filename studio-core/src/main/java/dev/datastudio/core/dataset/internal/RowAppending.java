package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a source on the calling thread, as many as are allowed, and has them written. Not thread-safe.
 */
final class RowAppending {
    private static final int CHECK_EVERY = 4096;
    /** How many bytes may come before the budget is asked again. */
    private static final long ADMIT_EVERY = 1L << 20;

    private static final int BYTES_OF_A_VALUE = 8;
    private static final List<String> STAGING = List.of("memory", "main", "staging");

    private final ImportTarget target;
    private final List<String> names;
    private final List<RowColumn> columns;
    private final StoredColumn[] stored;
    private final RowSource source;
    private final ImportBudget budget;
    private long bytes;
    private long admitted;
    private @Nullable SQLException sourceFailure;

    RowAppending(
            ImportTarget target,
            List<String> names,
            List<RowColumn> columns,
            List<StoredColumn> stored,
            RowSource source,
            ImportBudget budget) {
        this.target = target;
        this.names = names;
        this.columns = columns;
        this.stored = stored.toArray(StoredColumn[]::new);
        this.source = source;
        this.budget = budget;
    }

    /** How many rows there were, at least 1, and the hash of all of them. */
    record Appended(long rows, String hash) {}

    /** Appends all rows to the table {@code memory.main.staging}. */
    Appended run(Connection connection) throws SQLException {
        try (RowWriter writer = new RowWriter(connection, STAGING, names, columns)) {
            long rows = readAll(writer);
            String hash = writer.finish();
            target.progress().onProgress(new Progress("storing", rows, rows, "rows"));
            return new Appended(rows, hash);
        }
    }

    private long readAll(RowWriter writer) throws SQLException {
        long rows = 0;
        for (@Nullable Object[] row = next(); row != null; row = next()) {
            if (rows == target.maxRows()) {
                throw new StudioException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "There are more than the " + target.maxRows() + " rows that may be imported",
                        "Ask for fewer rows, or raise the limit");
            }
            rows++;
            for (int i = 0; i < stored.length; i++) {
                Object value = stored[i].store(row[i], rows);
                bytes += value instanceof String text ? text.length() : BYTES_OF_A_VALUE;
                writer.add(value);
            }
            writer.endRow();
            if (bytes - admitted >= ADMIT_EVERY) {
                admitted = bytes;
                budget.require(bytes);
            }
            if (rows % CHECK_EVERY == 0) {
                check(rows);
            }
        }
        if (rows == 0) {
            throw JavaRows.noRows();
        }
        budget.requireExactly(bytes);
        return rows;
    }

    private @Nullable Object @Nullable [] next() throws SQLException {
        try {
            return source.next();
        } catch (SQLException e) {
            sourceFailure = e;
            throw e;
        }
    }

    private void check(long rows) {
        target.cancellation().throwIfCancelled();
        if (Thread.currentThread().isInterrupted()) {
            throw Cancellation.cancelledError();
        }
        long total = target.expectedRows() < 0 ? -1 : Math.max(rows, target.expectedRows());
        target.progress().onProgress(new Progress("storing", rows, total, "rows"));
    }

    /** Throws a failure on, if it is the source's own. */
    void throwIfSourceFailed(SQLException failure) throws SQLException {
        if (sourceFailure == failure) {
            target.cancellation().throwIfCancelled();
            throw failure;
        }
    }
}
