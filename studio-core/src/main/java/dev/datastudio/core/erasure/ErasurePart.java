package dev.datastudio.core.erasure;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;

/** What one feature keeps of people. Thread-safe. */
@FunctionalInterface
public interface ErasurePart {
    /**
     * Deletes what this feature keeps of somebody alone; what the organisation shares stays. May be called again, as after
     * it failed half way or when there is nothing.
     *
     * @param who is gone: nothing begins on their behalf any more
     * @return how many things there were
     * @throws StudioException when something could not be deleted and still is there
     * @throws InterruptedException if the thread is interrupted while it waits for work that goes on to end
     */
    long erase(Caller who) throws InterruptedException;
}
