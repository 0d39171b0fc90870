package dev.datastudio.core.preview;

import dev.datastudio.api.progress.Cancellation;
import java.util.Objects;

/**
 * What is looked at. Immutable.
 *
 * @param source the id or name of a data set, or the id of a database
 * @param version the number of a version of the data set; 0 for the newest, or for the one that the id names
 * @param table a table of the source; empty for its only one
 * @param sql one SELECT over the tables of the source instead of a table; empty for none
 * @param limit rows of a page, 1 to {@link #MAX_LIMIT}
 * @param offset rows that are passed over, at least 0
 * @param cancellation stops it
 */
public record PreviewRequest(
        String source, int version, String table, String sql, int limit, long offset, Cancellation cancellation) {
    /** Rows of a page at most. */
    public static final int MAX_LIMIT = 10_000;

    /** Rows of a page unless told. */
    public static final int DEFAULT_LIMIT = 1_000;

    /** @throws IllegalArgumentException if a number is out of range */
    public PreviewRequest {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(sql, "sql");
        Objects.requireNonNull(cancellation, "cancellation");
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", was " + limit);
        }
        if (version < 0 || offset < 0) {
            throw new IllegalArgumentException(
                    "version and offset must be at least 0, were " + version + " and " + offset);
        }
    }

    /** The first 1,000 rows of a source. */
    public static PreviewRequest of(String source) {
        return new PreviewRequest(source, 0, "", "", DEFAULT_LIMIT, 0, Cancellation.none());
    }

    /** Another version of the data set. */
    public PreviewRequest ofVersion(int version) {
        return new PreviewRequest(source, version, table, sql, limit, offset, cancellation);
    }

    /** One of several tables. */
    public PreviewRequest ofTable(String table) {
        return new PreviewRequest(source, version, table, sql, limit, offset, cancellation);
    }

    /** The rows of a statement. */
    public PreviewRequest ofQuery(String sql) {
        return new PreviewRequest(source, version, table, sql, limit, offset, cancellation);
    }

    /** Another page. */
    public PreviewRequest page(int limit, long offset) {
        return new PreviewRequest(source, version, table, sql, limit, offset, cancellation);
    }

    /** With a cancellation. */
    public PreviewRequest cancelledBy(Cancellation cancellation) {
        return new PreviewRequest(source, version, table, sql, limit, offset, cancellation);
    }
}
