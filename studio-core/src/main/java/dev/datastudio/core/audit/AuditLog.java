package dev.datastudio.core.audit;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.metadata.internal.EntryCollection;
import dev.datastudio.core.metadata.internal.GroupWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who did what with which data, and how it ended. Records are added, listed and, when they are old, removed; nothing
 * changes one.
 *
 * <p>{@link #append} returns at once, and the record is in the store at most {@link #GROUP_DELAY} later, in one
 * transaction with others; {@link #appendNow} returns when it is. When the store can't be written, records wait and are
 * tried again; when {@link #CAPACITY} of them wait, adding waits too, and gives up after {@link #MAX_WAIT} with
 * STORAGE_BUSY: so what must be audited does not happen unseen. Closing writes what waits. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
    /** How long a record waits for others. */
    public static final Duration GROUP_DELAY = GroupWriter.GROUP_DELAY;

    /** How many records may wait. */
    public static final int CAPACITY = GroupWriter.CAPACITY;

    /** How long adding waits for room or for the store. */
    public static final Duration MAX_WAIT = GroupWriter.MAX_WAIT;

    private final MetadataStore store;
    private final InstantSource clock;
    private final GroupWriter writer;
    private final AtomicLong sequence = new AtomicLong();
    private final String instance = UUID.randomUUID().toString().substring(0, 8);

    AuditLog(MetadataStore store, InstantSource clock, int capacity, Duration maxWait) {
        this.store = Objects.requireNonNull(store, "store");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.writer = new GroupWriter(
                store, new GroupWriter.Words("The audit log", "audit records", "audited"), capacity, maxWait);
    }

    /**
     * A log that is kept in a store; its thread starts with the first record.
     *
     * @param store stays open when the log is closed; close the log first
     */
    public static AuditLog in(MetadataStore store, InstantSource clock) {
        return new AuditLog(store, clock, CAPACITY, MAX_WAIT);
    }

    /**
     * Adds a record, to be written soon.
     *
     * @throws StudioException STORAGE_BUSY when too many wait already
     * @throws IllegalStateException when closed
     */
    public void append(AuditEvent event) {
        writer.add(change(event));
    }

    /**
     * Adds a record of something that was done in a studio, as {@link #append(AuditEvent)} does.
     */
    public void append(Activity activity) {
        append(AuditedActivity.event(activity));
    }

    /**
     * Adds a record and returns when it is kept.
     *
     * @throws StudioException with a STORAGE code when it can't be written now; it still may be, later
     * @throws IllegalStateException when closed
     */
    public void appendNow(AuditEvent event) {
        writer.addNow(change(event));
    }

    /** Put, not inserted: a group whose answer was lost is written again, and is the same. */
    private EntryChange change(AuditEvent event) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return AuditEntries.change(new AuditRecord(newId(now), now, event));
    }

    /** In the order of time, within a millisecond in that of this log, and unlike those of other instances. */
    private String newId(Instant now) {
        return padded(now.toEpochMilli(), 13) + '-' + padded(sequence.incrementAndGet(), 10) + '-' + instance;
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /**
     * The records that a query asks for, one page, the newest first. Those that wait are not among them yet.
     *
     * @throws StudioException INVALID_ARGUMENT when {@link AuditQuery#after} is not the end of a page of this query
     */
    public AuditPage list(AuditQuery query) {
        EntryPage page = store.list(query.entries());
        EntryCollection<AuditRecord> records =
                AuditEntries.of(store, query.entries().tenant());
        return new AuditPage(page.entries().stream().map(records::read).toList(), page.next());
    }

    /** How many records a query has on all its pages. */
    public long count(AuditQuery query) {
        return store.count(query.entries());
    }

    /**
     * Removes the caller's tenant's records that are older, and adds one that says so.
     *
     * @param kept how long records are kept, at least an hour
     * @return how many were removed
     */
    public long removeOlderThan(Caller caller, Duration kept) {
        if (kept.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("kept must be at least an hour, was " + kept);
        }
        Instant before = clock.instant().minus(kept);
        long removed = store.deleteAll(AuditQuery.of(caller.tenant()).entries(), before);
        appendNow(AuditEvent.of(caller, "audit.remove", List.of())
                .with("before", before.toString())
                .with("removed", String.valueOf(removed)));
        return removed;
    }

    /**
     * Writes what waits and ends the log. Does nothing when called again.
     *
     * @throws StudioException with a STORAGE code when records could not be written, and are lost
     */
    @Override
    public void close() {
        writer.close();
    }
}
