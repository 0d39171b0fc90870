package dev.datastudio.core.audit;

import dev.datastudio.api.metadata.CounterAddition;
import dev.datastudio.api.metadata.CounterSums;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryPage;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.MetadataStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store whose changes fail while it is told to. */
final class FailingMetadataStore implements MetadataStore {
    private final MetadataStore store;
    private final AtomicInteger applied = new AtomicInteger();
    private volatile @Nullable RuntimeException failure;

    FailingMetadataStore(MetadataStore store) {
        this.store = store;
    }

    /** How the next changes fail; null to let them pass. */
    void failWith(@Nullable RuntimeException failure) {
        this.failure = failure;
    }

    /** How many groups of changes were made. */
    int applied() {
        return applied.get();
    }

    @Override
    public List<Entry> apply(List<EntryChange> changes) {
        RuntimeException planned = failure;
        if (planned != null) {
            throw planned;
        }
        applied.incrementAndGet();
        return store.apply(changes);
    }

    @Override
    public Optional<Entry> find(EntryKey key) {
        return store.find(key);
    }

    @Override
    public EntryPage list(EntryQuery query) {
        return store.list(query);
    }

    @Override
    public long count(EntryQuery query) {
        return store.count(query);
    }

    @Override
    public long deleteAll(EntryQuery query, Instant createdBefore) {
        return store.deleteAll(query, createdBefore);
    }

    @Override
    public long deleteTenant(String tenant) {
        return store.deleteTenant(tenant);
    }

    @Override
    public List<String> tenants() {
        return store.tenants();
    }

    @Override
    public CounterSums add(String tenant, List<CounterAddition> additions) {
        return store.add(tenant, additions);
    }

    @Override
    public long sum(String tenant, String counter, Instant window) {
        return store.sum(tenant, counter, window);
    }

    @Override
    public void close() {
        store.close();
    }
}
