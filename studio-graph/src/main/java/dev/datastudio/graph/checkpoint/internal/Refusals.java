package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;

/** What a store answers whoever can't have a thread. */
public final class Refusals {
    private Refusals() {}

    /** THREAD_NOT_FOUND. */
    public static StudioException notFound(ThreadKey key) {
        return new StudioException(
                ErrorCode.THREAD_NOT_FOUND,
                "There is no thread " + StudioException.quote(key),
                "Name one that the store lists, or start a run of that name");
    }

    /** THREAD_EXISTS. */
    public static StudioException exists(ThreadKey key) {
        return new StudioException(
                ErrorCode.THREAD_EXISTS,
                "There is a thread " + StudioException.quote(key) + " already",
                "Resume it, delete it first, or choose another name");
    }

    /**
     * THREAD_BUSY.
     *
     * @param leaseUntil in microseconds
     */
    public static StudioException busy(ThreadKey key, String owner, long leaseUntil) {
        return new StudioException(
                ErrorCode.THREAD_BUSY,
                "Thread " + StudioException.quote(key) + " is held by " + StudioException.quote(owner) + " until "
                        + Micros.toInstant(leaseUntil),
                "Wait until it ends or its lease runs out, or take it over if that owner is dead");
    }
}
