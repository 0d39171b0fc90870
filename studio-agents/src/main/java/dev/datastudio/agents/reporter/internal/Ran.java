package dev.datastudio.agents.reporter.internal;

import dev.datastudio.agents.reporter.internal.repair.EmptyFacts;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.QueryResult;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of running a statement. Immutable.
 *
 * @param result null when it failed
 * @param facts why there are no rows; null when that was not looked for
 * @param error null when it ran
 */
record Ran(
        Kind kind,
        @Nullable QueryResult result,
        EmptyFacts.@Nullable Found facts,
        @Nullable StudioException error) {
    enum Kind {
        ROWS,
        EMPTY,
        FAILED
    }

    static Ran rows(QueryResult result) {
        return new Ran(Kind.ROWS, result, null, null);
    }

    static Ran empty(QueryResult result, EmptyFacts.@Nullable Found facts) {
        return new Ran(Kind.EMPTY, result, facts, null);
    }

    static Ran failed(StudioException error) {
        return new Ran(Kind.FAILED, null, null, error);
    }

    QueryResult rows() {
        return Objects.requireNonNull(result, "the statement failed");
    }

    StudioException failure() {
        return Objects.requireNonNull(error, "the statement ran");
    }

    /** Whether another statement may do better. */
    boolean isMendable() {
        return error != null && (error.code() == ErrorCode.SQL_INVALID || error.code() == ErrorCode.SQL_REFUSED);
    }
}
