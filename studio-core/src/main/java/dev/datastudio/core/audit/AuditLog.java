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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Who did what with which data, and how it ended. Records are added, listed and, when they are old, removed; nothing
 * changes one.
 *
 * <p>{@link #append(AuditEvent)} returns at once, and the record is in the store at most {@link #GROUP_DELAY} later, in one
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
    private static final int INSTANT_DIGITS = 13;
    private static final int SEQUENCE_DIGITS = 10;

    private final ConcurrentMap<Activity, Repeated> waiting = new ConcurrentHashMap<>();
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
     * Adds a record of something that was done in a studio, as {@link #append(AuditEvent)} does. The same that is done
     * again before the record is written is counted in it, so that a program that asks in a loop does not fill the log.
     */
    public void append(Activity activity) {
        Repeated before = waiting.get(activity);
        if (before != null && before.again()) {
            return;
        }
        Repeated first = new Repeated(activity);
        waiting.put(activity, first);
        try {
            writer.add(first);
        } catch (RuntimeException e) {
            waiting.remove(activity, first);
            throw e;
        }
    }

    /** What was done and waits to be written, with how often until then. */
    private final class Repeated implements Supplier<EntryChange> {
        private static final int TAKEN = -1;

        private final Activity activity;
        private final AuditEvent event;
        private final Instant at = now();
        private final String id = newId(at);
        private final AtomicInteger times = new AtomicInteger(1);

        Repeated(Activity activity) {
            this.activity = activity;
            this.event = AuditedActivity.event(activity);
        }

        /** Counts once more; whether there was still time to. */
        boolean again() {
            return times.updateAndGet(count -> count == TAKEN ? TAKEN : count + 1) != TAKEN;
        }

        @Override
        public EntryChange get() {
            waiting.remove(activity, this);
            return AuditEntries.change(new AuditRecord(id, at, event, times.getAndSet(TAKEN)));
        }
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

    /**
     * Returns when all that was appended before is kept.
     *
     * @throws StudioException with a STORAGE code when it can't be written now; it still may be, later
     */
    public void flush() {
        writer.flush();
    }

    /** Put, not inserted: a group whose answer was lost is written again, and is the same. */
    private EntryChange change(AuditEvent event) {
        Instant now = now();
        return AuditEntries.change(new AuditRecord(newId(now), now, event, 1));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** In the order of time, within a millisecond in that of this log, and unlike those of other instances. */
    private String newId(Instant now) {
        StringBuilder id = new StringBuilder(INSTANT_DIGITS + SEQUENCE_DIGITS + instance.length() + 2);
        append(id, now.toEpochMilli(), INSTANT_DIGITS).append('-');
        append(id, sequence.incrementAndGet(), SEQUENCE_DIGITS).append('-');
        return id.append(instance).toString();
    }

    /** With zeros before it; a format would take as long as the rest of a record. */
    private static StringBuilder append(StringBuilder text, long number, int digits) {
        String decimal = Long.toString(number);
        return text.append("0".repeat(Math.max(0, digits - decimal.length()))).append(decimal);
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
