package dev.datastudio.api.query;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;

/** A query engine that can tell how it would run a statement. */
public interface SupportsExplain extends QueryEngine {
    /**
     * Checks a statement without running it, and tells the plan that the engine made for it.
     *
     * @return text of several lines, for people, in the engine's own words
     * @throws StudioException with {@link ErrorCode#SQL_REFUSED} or {@link ErrorCode#SQL_INVALID}
     */
    String explain(Query query);
}
