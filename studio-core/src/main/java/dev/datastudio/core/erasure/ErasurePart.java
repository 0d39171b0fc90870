package dev.datastudio.core.erasure;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;

/**
 * What one feature keeps of people and tenants. Those of modules are found by {@link java.util.ServiceLoader}, so such an
 * implementation has a constructor without parameters; those of a program are given to {@link Erasure#with}. Thread-safe.
 *
 * <p>Each may be called again, as after it failed half way or when there is nothing. What a feature keeps as entries of
 * the metadata store, as artifacts or in the cache goes with a tenant in any case; with a person only artifacts do.
 */
public interface ErasurePart {
    /** What the things are called in {@link Erased#counts()}, such as {@code documents}; unlike those of other parts. */
    String kind();

    /**
     * Deletes what this feature keeps of somebody alone; what the organisation shares stays.
     *
     * @param who is gone: nothing begins on their behalf any more
     * @return how many things there were
     * @throws StudioException when something could not be deleted and still is there
     * @throws InterruptedException if the thread is interrupted while it waits for work that goes on to end
     */
    long user(Studio studio, Caller who) throws InterruptedException;

    /**
     * Deletes what this feature keeps of a tenant elsewhere than as its entries, artifacts and cached values, and ends what
     * goes on for it.
     *
     * @param tenant is gone: nothing begins on behalf of anybody in it any more
     * @return how many things there were
     * @throws StudioException when something could not be deleted and still is there
     * @throws InterruptedException if the thread is interrupted while it waits for work that goes on to end
     */
    long tenant(Studio studio, String tenant) throws InterruptedException;
}
