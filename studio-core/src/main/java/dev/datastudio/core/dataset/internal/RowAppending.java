package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.core.dataset.RowColumn;
import dev.datastudio.core.dataset.RowSource;
import dev.datastudio.core.query.RowCodec;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Puts the rows of a source into a table and into a hash. Not thread-safe. */
final class RowAppending {
    private static final int CHECK_EVERY = 4096;

    private final ImportTarget target;
    private final List<String> names;
    private final List<RowColumn> columns;
    private final StoredColumn[] stored;
    private final RowSource source;
    private final MessageDigest digest = ContentHash.sha256();
    private @Nullable SQLException sourceFailure;

    RowAppending(
            ImportTarget target,
            List<String> names,
            List<RowColumn> columns,
            List<StoredColumn> stored,
            RowSource source) {
        this.target = target;
        this.names = names;
        this.columns = columns;
        this.stored = stored.toArray(StoredColumn[]::new);
        this.source = source;
    }

    /** All rows; how many there were, at least 1. */
    long run(Connection connection, boolean staged) throws SQLException {
        DuckDBConnection duck = connection.unwrap(DuckDBConnection.class);
        OutputStream hashed = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
        try (DataOutputStream canonical = new DataOutputStream(new BufferedOutputStream(hashed, 1 << 16));
                DuckDBAppender appender = staged
                        ? duck.createAppender("memory", "main", "staging")
                        : duck.createAppender("target", "main", "data")) {
            List<ResultColumn> header = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                header.add(new ResultColumn(names.get(i), columns.get(i).type()));
            }
            RowCodec.writeColumns(canonical, header);
            return append(appender, canonical);
        } catch (IOException e) {
            throw new UncheckedIOException("Hashing in memory does not fail", e);
        }
    }

    private long append(DuckDBAppender appender, DataOutputStream canonical) throws SQLException, IOException {
        long rows = 0;
        for (@Nullable Object[] row = next(); row != null; row = next()) {
            if (rows == target.maxRows()) {
                throw new StudioException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "There are more than the " + target.maxRows() + " rows that may be imported",
                        "Ask for fewer rows, or raise the limit");
            }
            rows++;
            appender.beginRow();
            for (int i = 0; i < stored.length; i++) {
                Object value = stored[i].store(row[i], rows);
                RowCodec.writeValue(canonical, value);
                append(appender, value);
            }
            appender.endRow();
            if (rows % CHECK_EVERY == 0) {
                check(rows);
            }
        }
        if (rows == 0) {
            throw JavaRows.noRows();
        }
        target.progress().onProgress(new Progress("storing", rows, rows, "rows"));
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

    /** The hash of everything that was appended. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void append(DuckDBAppender appender, @Nullable Object value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else if (value instanceof String text) {
            appender.append(text);
        } else if (value instanceof Long number) {
            appender.append(number.longValue());
        } else if (value instanceof Double number) {
            appender.append(number.doubleValue());
        } else if (value instanceof Boolean truth) {
            appender.append(truth.booleanValue());
        } else if (value instanceof LocalDate date) {
            appender.append(date);
        } else if (value instanceof LocalDateTime time) {
            appender.append(time);
        } else if (value instanceof LocalTime time) {
            appender.append(time);
        } else if (value instanceof BigDecimal number) {
            appender.append(number);
        } else {
            throw new AssertionError(value.getClass());
        }
    }
}
