package dev.datastudio.api.query;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers SQL over a fixed set of tables, and can do nothing else: whatever the statement says, nothing is written and
 * nothing outside the tables is read.
 *
 * <p>Thread-safe; calls run side by side. Closing waits for none of them: running calls fail.
 */
public interface QueryEngine extends AutoCloseable {
    /** What the engine is called in configuration, logs and errors: {@code duckdb}. */
    String name();

    /** Name and version of the engine that runs; part of cache keys: {@code duckdb v2.0.0}. */
    String version();

    /**
     * Checks and runs a statement. Blocks until the last row is read.
     *
     * @throws StudioException with {@link ErrorCode#SQL_REFUSED} when it is not one statement that only reads the
     *     tables, {@link ErrorCode#SQL_INVALID} when it doesn't compile, {@link ErrorCode#QUERY_TIMEOUT},
     *     {@link ErrorCode#QUERY_OUT_OF_MEMORY} or {@link ErrorCode#CANCELLED}
     */
    QueryResult execute(Query query, Cancellation cancellation);

    /**
     * Checks and runs a statement, and hands its rows on one by one instead of keeping them: at most as many as the
     * limit of rows says. What isn't overridden keeps them all first.
     *
     * @return how many rows were handed on
     * @throws StudioException as {@link #execute}
     */
    default long stream(Query query, RowConsumer rows, Cancellation cancellation) {
        QueryResult result = execute(query, cancellation);
        rows.columns(result.columns());
        for (List<@Nullable Object> row : result.rows()) {
            cancellation.throwIfCancelled();
            rows.row(row);
        }
        return result.rows().size();
    }

    /**
     * Checks a statement without running it, and tells the columns that it would give.
     *
     * @throws StudioException with {@link ErrorCode#SQL_REFUSED} or {@link ErrorCode#SQL_INVALID}
     */
    List<ResultColumn> describe(Query query);

    /** Frees what the engine holds. Does nothing when called again. */
    @Override
    void close();
}
