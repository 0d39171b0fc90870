package dev.datastudio.core.analysis.internal;

import dev.datastudio.core.analysis.Limit;
import org.jspecify.annotations.Nullable;

/** Limits in SQL. */
final class Cut {
    private Cut() {}

    /** The clause that keeps so many rows of a sorted statement; nothing for no limit. */
    static String clause(@Nullable Limit limit) {
        if (limit == null) {
            return "";
        }
        return "\nLIMIT " + limit.count() + (limit.skipped() > 0 ? " OFFSET " + limit.skipped() : "");
    }

    /** Whether the rows must be given places, because the limit is more than a clause. */
    static boolean isPlaced(@Nullable Limit limit) {
        return limit != null && (limit.ties() == Limit.Ties.KEEP || limit.perDimension() >= 0);
    }

    /**
     * The function that gives places. Where rows are passed over, equal ones share a place and the next has the next
     * one: two highest have no second highest between them and the third row.
     */
    static String place(Limit limit, boolean ties) {
        return ties ? limit.skipped() > 0 ? "dense_rank()" : "rank()" : "row_number()";
    }

    /** The places that are kept. */
    static Sql kept(Limit limit, Sql place) {
        Sql last = Sql.of(place, " <= " + (limit.skipped() + limit.count()));
        return limit.skipped() > 0 ? Sql.of(place, " > " + limit.skipped() + " AND ", last) : last;
    }
}
