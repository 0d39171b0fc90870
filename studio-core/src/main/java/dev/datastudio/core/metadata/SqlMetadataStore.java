package dev.datastudio.core.metadata;

import dev.datastudio.api.metadata.CounterAddition;
import dev.datastudio.api.metadata.CounterSums;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.workspace.TransactionalDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Metadata in tables of SQLite or PostgreSQL. Several stores, also of several processes and machines, may work on one
 * database. Thread-safe.
 */
public final class SqlMetadataStore implements MetadataStore {
    private static final int MAX_CHANGES = 1_000;
    private static final int MAX_ADDITIONS = 100;

    private final TransactionalDatabase database;
    private final InstantSource clock;
    private final Counters counters;
    private volatile boolean closed;

    private SqlMetadataStore(TransactionalDatabase database, InstantSource clock) {
        this.database = Objects.requireNonNull(database, "database");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.counters = new Counters(database, clock);
    }

    /**
     * A store over a database that has its tables.
     *
     * @param database stays open when the store is closed
     * @param clock what tells when entries are made and changed
     */
    public static SqlMetadataStore over(TransactionalDatabase database, InstantSource clock) {
        return new SqlMetadataStore(database, clock);
    }

    @Override
    public Optional<Entry> find(EntryKey key) {
        requireOpen();
        return database.read(connection -> EntryRows.find(connection, key));
    }

    @Override
    public List<Entry> apply(List<EntryChange> changes) {
        requireOpen();
        List<EntryChange> all = List.copyOf(changes);
        requireGroup(all);
        Instant now = clock.instant();
        return database.write(connection -> {
            try (EntryWriter writer = new EntryWriter(connection, now)) {
                return writer.apply(all);
            }
        });
    }

    private static void requireGroup(List<EntryChange> changes) {
        requireSize("changes", changes.size(), MAX_CHANGES);
        String tenant = changes.get(0).key().tenant();
        Set<EntryKey> keys = new HashSet<>();
        for (EntryChange change : changes) {
            if (!change.key().tenant().equals(tenant)) {
                throw new IllegalArgumentException("changes must be of one tenant, were of '" + tenant + "' and '"
                        + change.key().tenant() + "'");
            }
            if (!keys.add(change.key())) {
                throw new IllegalArgumentException("changes must each be of another entry, had two of " + change.key());
            }
        }
    }

    @Override
    public EntryPage list(EntryQuery query) {
        requireOpen();
        return database.read(connection -> EntryRows.page(connection, query));
    }

    @Override
    public long count(EntryQuery query) {
        requireOpen();
        return database.read(connection -> EntryRows.number(connection, EntryStatements.count(query)));
    }

    @Override
    public long deleteAll(EntryQuery query, Instant createdBefore) {
        requireOpen();
        BoundSql statement = EntryStatements.deleteAll(query, createdBefore);
        return database.write(connection -> (long) statement.execute(connection));
    }

    @Override
    public long deleteTenant(String tenant) {
        requireOpen();
        return database.write(connection -> {
            new BoundSql().add("DELETE FROM counter WHERE tenant = ?", tenant).execute(connection);
            return (long) new BoundSql()
                    .add("DELETE FROM entry WHERE tenant = ?", tenant)
                    .execute(connection);
        });
    }

    @Override
    public List<String> tenants() {
        requireOpen();
        return database.read(EntryRows::tenants);
    }

    @Override
    public CounterSums add(String tenant, List<CounterAddition> additions) {
        requireOpen();
        List<CounterAddition> all = List.copyOf(additions);
        requireSize("additions", all.size(), MAX_ADDITIONS);
        Set<String> names = new HashSet<>();
        for (CounterAddition addition : all) {
            if (!names.add(addition.window() + " " + addition.counter())) {
                throw new IllegalArgumentException(
                        "additions must each be to another counter, had two to '" + addition.counter() + "'");
            }
        }
        return counters.add(tenant, all);
    }

    private static void requireSize(String name, int size, int max) {
        if (size < 1 || size > max) {
            throw new IllegalArgumentException("There must be 1 to " + max + " " + name + ", there were " + size);
        }
    }

    @Override
    public long sum(String tenant, String counter, Instant window) {
        requireOpen();
        return counters.sum(tenant, counter, window);
    }

    /** Ends the use of this store; the database stays open. */
    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The metadata store is closed");
        }
    }
}
