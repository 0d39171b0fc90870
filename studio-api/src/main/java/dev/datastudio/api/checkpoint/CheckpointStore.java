package dev.datastudio.api.checkpoint;

import dev.datastudio.api.error.StudioException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps the logs of threads. A log is append-only: entries are numbered from 1 without gaps and never changed. One
 * writer at a time holds a thread by a lease; every append is a compare-and-set on the thread's head and epoch, so that a
 * writer that lost its lease can't add anything.
 *
 * <p>All methods are thread-safe and see one consistent state. Every failure of the storage is a {@link StudioException}
 * (STORAGE_FULL, STORAGE_NOT_WRITABLE, STORAGE_BUSY, STORAGE_FAILED, or CHECKPOINT_DAMAGED when the storage itself can't
 * be read) and leaves the store as it was before the call, except that after STORAGE_FAILED of an append it may have been
 * stored: read the head to know. A tenant never sees another tenant's threads. Times are kept to the microsecond.
 *
 * <p>A number outside the range that a method gives is an {@link IllegalArgumentException}; every method but
 * {@link #key} and {@link #close} throws {@link IllegalStateException} once the store is closed.
 */
public interface CheckpointStore extends AutoCloseable {
    /** The key that entries are to be authenticated with; empty when they never leave this process's memory. */
    Optional<CheckpointKey> key();

    /** How a thread stands. */
    Optional<ThreadState> find(ThreadKey key);

    /**
     * Takes the lease of a thread and counts its epoch up. A CREATE begins an empty log.
     *
     * @return the thread as it stands now, RUNNING, with the new epoch
     * @throws StudioException THREAD_NOT_FOUND if it is to be there and is not; THREAD_EXISTS if it is not to be and is;
     *     THREAD_BUSY if a lease holds at the claim's {@code now}, whoever's it is, naming the owner and the time
     */
    ThreadState claim(ThreadKey key, Claim claim);

    /**
     * Appends to several threads in one transaction. Each append is stored or superseded on its own; what the others
     * became does not matter. When the call returns, what is STORED outlasts the end of the process and, on disk, a loss
     * of power.
     *
     * @return one result for each, in order
     */
    List<AppendResult> append(List<Append> appends);

    /**
     * Entries after a sequence, ascending; none when there is no such thread.
     *
     * @param after at least 0, which is the beginning
     * @param limit at least 1; how many entries at most
     */
    List<CheckpointEntry> read(ThreadKey key, long after, int limit);

    /** The sequence of the newest SNAPSHOT entry at or before a sequence; empty when there is none. */
    OptionalLong findSnapshot(ThreadKey key, long atOrBefore);

    /**
     * Threads of a tenant, those updated last first; of those updated at the same time, by their names' characters.
     *
     * @param status only such; empty list for all
     * @param offset how many to leave out, at least 0
     * @param limit 1 to 10,000
     */
    List<ThreadState> list(String tenant, List<ThreadStatus> status, int offset, int limit);

    /**
     * Drops the entries before a sequence, at which a SNAPSHOT entry must be. The head stays.
     *
     * @return how many were dropped; 0 when the thread has another epoch, or is gone
     * @throws IllegalArgumentException if there is no SNAPSHOT entry at that sequence
     */
    long compact(ThreadKey key, long epoch, long before);

    /**
     * Drops a thread and its log, unless a lease holds. Its name may then be used again; nobody who held it before can
     * append to the new thread.
     *
     * @return whether there was one
     * @throws StudioException THREAD_BUSY if a lease holds at {@code now}, as in {@link #claim}
     */
    boolean delete(ThreadKey key, Instant now);

    /**
     * Drops all threads of a tenant with their logs, whoever holds them: as when it goes. Who held one can't append to it
     * any more.
     *
     * @return how many threads there were
     */
    int deleteAll(String tenant);

    /** Lets go of files and connections that the store opened. Does nothing when called again. */
    @Override
    void close();
}
