package dev.datastudio.api.query;

import dev.datastudio.api.progress.Cancellation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of a query one after the other, on the thread that called {@link QueryEngine#stream(Query,
 * RowConsumer, Cancellation)}. What it throws ends the query and is thrown to the caller.
 */
public interface RowConsumer {
    /** Told first, once. */
    void columns(List<ResultColumn> columns);

    /** A row, as wide as the columns; values as in {@link QueryResult}. */
    void row(List<@Nullable Object> values);
}
