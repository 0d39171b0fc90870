package dev.datastudio.api.metadata;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the small things of a studio: sources, projects, conversations, rules, audit. An entry is JSON text with a
 * revision and attributes that it is found by; what it means is known to those who wrote it.
 *
 * <p>Every call but {@link #tenants()} is about one tenant. Changes are made together or not at all, against expected revisions, and outlast
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

    /**
     * The entries that a query asks for, one page.
     *
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} when {@link EntryQuery#after} is not the end of
     *     a page of this query
     */
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
     * Adds to counters of a tenant, to all or, when one would pass its limit, to none. Exact, whoever adds at the same
     * time. A loss of power, not the end of the process, may undo the last additions.
     *
     * @param additions at least one, each to another counter, at most 100
     * @throws IllegalArgumentException if the additions break a rule above
     */
    CounterSums add(String tenant, List<CounterAddition> additions);

    /** As {@link #add(String, List)} with one addition. */
    default CounterSums add(String tenant, CounterAddition addition) {
        return add(tenant, List.of(addition));
    }

    /** What was added to a counter in the window that begins then; 0 when nothing was or it is forgotten. */
    long sum(String tenant, String counter, Instant window);

    /**
     * Deletes all entries and counters of a tenant, as when it goes.
     *
     * @return how many entries there were
     */
    long deleteTenant(String tenant);

    /** The tenants that have entries, sorted: for what is done for each of them by and by. */
    List<String> tenants();

    /** Frees what the store holds. Does nothing when called again. */
    @Override
    void close();
}
