package dev.datastudio.api.metadata;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the small things of a studio: sources, projects, conversations, rules, audit. An entry is JSON text with a
 * revision and attributes that it is found by; what it means is known to those who wrote it.
 *
 * <p>Every call is about one tenant. Changes are made together or not at all, against expected revisions, and outlast
 * the process once the call returns. Thread-safe, also between processes.
 *
 * <p>What goes wrong with the storage itself is a {@link StudioException} with a {@code STORAGE_…} code.
 */
public interface MetadataStore extends AutoCloseable {
    /** The entry of that name. */
    Optional<Entry> find(EntryKey key);

    /**
     * Makes all changes, or none.
     *
     * @param changes at least one, of one tenant, each of another entry, at most 1,000
     * @return the entries after the change, in order, without those that were deleted
     * @throws StudioException with {@link ErrorCode#ENTRY_CONFLICT} when an entry is not there in the expected revision
     * @throws IllegalArgumentException if the changes break a rule above
     */
    List<Entry> apply(List<EntryChange> changes);

    /** As {@link #apply(List)} with one change; empty when it deletes. */
    default Optional<Entry> apply(EntryChange change) {
        return apply(List.of(change)).stream().findFirst();
    }

    /** The entries that a query asks for, one page. */
    EntryPage list(EntryQuery query);

    /** How many entries a query has on all its pages. */
    long count(EntryQuery query);

    /**
     * Deletes all entries of a query, whatever its limit and page, that were made before a time.
     *
     * @return how many
     */
    long deleteAll(EntryQuery query, Instant createdBefore);

    /**
     * Adds to a counter of a tenant, unless that would take it beyond its limit. A counter begins at 0 and is forgotten
     * some time after its window has passed.
     *
     * @param counter its name, 1 to 200 printable ASCII characters, such as {@code questions/ann}
     * @param window the beginning of the time that it counts for
     * @param length how long that is
     * @param amount what is added; may be negative, to give back
     * @param limit what the sum may not pass; {@link Long#MAX_VALUE} for no limit
     * @return the sum afterwards; or, when the limit stands against it, -1 minus the sum that is there and stays
     */
    long add(String tenant, String counter, Instant window, Duration length, long amount, long limit);

    /** Frees what the store holds. Does nothing when called again. */
    @Override
    void close();
}
