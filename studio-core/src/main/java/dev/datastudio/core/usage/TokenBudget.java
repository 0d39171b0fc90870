package dev.datastudio.core.usage;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;

/** The tokens that one job may use, counted down as it uses them. Thread-safe. */
public final class TokenBudget {
    private final long limit;
    private long used;

    private TokenBudget(long limit) {
        this.limit = limit;
    }

    /**
     * A budget of which nothing is used.
     *
     * @param limit at least 1; {@link Long#MAX_VALUE} for no limit
     */
    public static TokenBudget of(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        return new TokenBudget(limit);
    }

    /**
     * Counts tokens that were used.
     *
     * @param tokens at least 0
     * @throws StudioException BUDGET_EXCEEDED when they are more than were left; they count all the same
     */
    public synchronized void spend(long tokens) {
        charge(tokens);
        if (used > limit) {
            throw new StudioException(
                    ErrorCode.BUDGET_EXCEEDED,
                    "The job used " + used + " tokens of the " + limit + " that one job may use",
                    "Ask for less at once, or have the limit for jobs raised");
        }
    }

    /**
     * Counts tokens that were used, within the limit or not: for an answer that is there already.
     *
     * @param tokens at least 0
     */
    public synchronized void charge(long tokens) {
        requireNotNegative(tokens);
        used = used > Long.MAX_VALUE - tokens ? Long.MAX_VALUE : used + tokens;
    }

    /**
     * Looks whether so many are left, and counts nothing.
     *
     * @param tokens at least 0; not even one is left of a budget that is used up
     * @throws StudioException BUDGET_EXCEEDED when fewer are left
     */
    public synchronized void require(long tokens) {
        requireNotNegative(tokens);
        if (left() < Math.max(1, tokens)) {
            throw new StudioException(
                    ErrorCode.BUDGET_EXCEEDED,
                    "The next request needs about " + tokens + " tokens, and " + left() + " of the " + limit
                            + " that one job may use are left",
                    "Ask for less at once, or have the limit for jobs raised");
        }
    }

    private static void requireNotNegative(long tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens must be at least 0, was " + tokens);
        }
    }

    /** How many are left, at least 0. */
    public synchronized long left() {
        return Math.max(0, limit - used);
    }

    /** How many were used. */
    public synchronized long used() {
        return used;
    }
}
