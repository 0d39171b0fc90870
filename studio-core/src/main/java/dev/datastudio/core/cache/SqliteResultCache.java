package dev.datastudio.core.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.api.cache.CacheKey;
import dev.datastudio.api.cache.CacheLimits;
import dev.datastudio.api.cache.CacheStatistics;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.SqlWork;
import dev.datastudio.core.workspace.StateDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results in the state database, so that a restart keeps them, with a part of them in memory. Thread-safe.
 *
 * <p>Memory holds at most an eighth of {@link CacheLimits#maxBytes}. When a value was last used is written in groups,
 * at the latest by {@link #close}. Where the database can't be written, new values are kept in memory only.
 */
public final class SqliteResultCache implements ResultCache, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqliteResultCache.class);
    private static final int MEMORY_SHARE = 8;
    private static final int MAX_NOTED_USES = 10_000;
    /** A use is noted again only after this time, so that a repeated question in a new process writes nothing. */
    private static final long USE_RESOLUTION_MILLIS = Duration.ofHours(1).toMillis();
    /** An eviction makes some room beyond the next value, so that not every put has to evict. */
    private static final double KEPT_BY_EVICTION = 0.9;

    private final StateDatabase database;
    private final CacheLimits limits;
    private final InstantSource clock;
    private final Cache<CacheKey, Entry> memory;
    private final Map<CacheKey, Long> uses = new ConcurrentHashMap<>();
    private final AtomicBoolean failureSaid = new AtomicBoolean();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    private final ReentrantLock changing = new ReentrantLock();
    private final AtomicLong changes = new AtomicLong();

    /** An array with identity, so that a stale one can be taken out without harming its successor. */
    private static final class Entry {
        final byte[] value;
        final long createdAt;

        Entry(byte[] value, long createdAt) {
            this.value = value;
            this.createdAt = createdAt;
        }
    }

    /**
     * @param database stays open when this closes
     * @param clock dates the values, for age and order of use
     */
    public SqliteResultCache(StateDatabase database, CacheLimits limits, InstantSource clock) {
        this.database = Objects.requireNonNull(database, "database");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.memory = Caffeine.newBuilder()
                .maximumWeight(Math.max(1, limits.maxBytes() / MEMORY_SHARE))
                .<CacheKey, Entry>weigher((key, entry) -> entry.value.length)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public Optional<byte[]> find(CacheKey key) {
        long now = clock.millis();
        Entry entry = memory.getIfPresent(key);
        if (entry == null) {
            entry = load(key, now);
        } else {
            noteUse(key, now);
        }
        if (entry != null && isTooOld(entry.createdAt, now)) {
            discard(key);
            evictions.increment();
            entry = null;
        }
        (entry == null ? misses : hits).increment();
        return Optional.ofNullable(entry).map(e -> e.value);
    }

    /** What is loaded enters memory only if nothing was put or removed meanwhile: it could be older than that. */
    private @Nullable Entry load(CacheKey key, long now) {
        long before = changes.get();
        ResultTable.Row row =
                database.read(connection -> ResultTable.find(connection, key)).orElse(null);
        if (row == null) {
            return null;
        }
        byte[] value = row.value;
        if (value == null) {
            log.warn("A cached result of kind {} is damaged in {}; it is discarded", key.namespace(), database.file());
            discard(key);
            return null;
        }
        if (now - row.usedAt > USE_RESOLUTION_MILLIS) {
            noteUse(key, now);
        }
        Entry entry = new Entry(value, row.createdAt);
        if (changes.get() == before) {
            memory.asMap().putIfAbsent(key, entry);
            if (changes.get() != before) {
                memory.asMap().remove(key, entry);
            }
        }
        return entry;
    }

    private void noteUse(CacheKey key, long now) {
        if (uses.size() < MAX_NOTED_USES) {
            uses.put(key, now);
        }
    }

    private boolean isTooOld(long createdAt, long now) {
        return now - createdAt > limits.maxAge().toMillis();
    }

    @Override
    public void put(CacheKey key, byte[] value, Set<String> tags) {
        Set<String> own = Set.copyOf(tags);
        if (value.length > limits.maxValueBytes()) {
            change(() -> {
                keep(connection -> ResultTable.remove(connection, key));
                forget(key);
            });
            return;
        }
        change(() -> {
            long now = clock.millis();
            keep(connection -> store(connection, key, value, own, now));
            changes.incrementAndGet();
            memory.put(key, new Entry(value, now));
        });
    }

    private int store(Connection connection, CacheKey key, byte[] value, Set<String> tags, long now)
            throws SQLException {
        ResultTable.touch(connection, drainUses());
        ResultTable.put(connection, key, value, tags, now);
        ResultTable.Total total = ResultTable.total(connection);
        if (total.bytes() <= limits.maxBytes() && total.entries() <= limits.maxEntries()) {
            return 0;
        }
        int old = ResultTable.removeOlderThan(connection, now - limits.maxAge().toMillis());
        ResultTable.Total goal = new ResultTable.Total(
                Math.max(value.length, (long) (limits.maxBytes() * KEPT_BY_EVICTION)),
                Math.max(1, (long) (limits.maxEntries() * KEPT_BY_EVICTION)));
        int evicted = old + ResultTable.evict(connection, goal);
        evictions.add(evicted);
        return evicted;
    }

    private void keep(SqlWork<?> work) {
        if (database.isReadOnly()) {
            return; // opening it said so
        }
        try {
            database.writeRelaxed(work);
            failureSaid.set(false);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.WORKSPACE_DAMAGED) {
                throw e;
            }
            if (failureSaid.compareAndSet(false, true)) {
                log.warn("Results can't be kept for later: {}", e.getMessage());
            }
        }
    }

    @Override
    public void remove(CacheKey key) {
        change(() -> {
            database.writeRelaxed(connection -> ResultTable.remove(connection, key));
            forget(key);
        });
    }

    private void forget(CacheKey key) {
        changes.incrementAndGet();
        memory.invalidate(key);
    }

    /** Takes a useless value out; when another one is writing or nothing can be written, it stays and is met again. */
    private void discard(CacheKey key) {
        forget(key);
        if (database.isReadOnly()) {
            return;
        }
        try {
            boolean removed = database.tryWrite(connection -> ResultTable.remove(connection, key));
            log.debug("A useless cached result was removed: {}", removed);
        } catch (StudioException e) {
            log.warn("A useless cached result could not be removed: {}", e.getMessage());
        }
    }

    @Override
    public void removeTagged(String tenant, String tag) {
        removeAll(tenant, connection -> ResultTable.removeTagged(connection, tenant, tag));
    }

    @Override
    public void removeNamespace(String tenant, String namespace) {
        removeAll(tenant, connection -> ResultTable.removeNamespace(connection, tenant, namespace));
    }

    @Override
    public void removeTenant(String tenant) {
        removeAll(tenant, connection -> ResultTable.removeTenant(connection, tenant));
    }

    /** Memory forgets all of the tenant: it doesn't know tags, and what is still stored comes back when asked for. */
    private void removeAll(String tenant, SqlWork<?> work) {
        change(() -> {
            database.writeRelaxed(work);
            changes.incrementAndGet();
            memory.asMap().keySet().removeIf(key -> key.tenant().equals(tenant));
        });
    }

    @Override
    public CacheStatistics statistics() {
        ResultTable.Total total = database.read(ResultTable::total);
        return new CacheStatistics(hits.sum(), misses.sum(), evictions.sum(), total.entries(), total.bytes());
    }

    /** Notes when values were last used, unless another process is writing just now. */
    @Override
    public void close() {
        if (uses.isEmpty() || database.isReadOnly()) {
            return;
        }
        try {
            boolean noted = database.tryWrite(connection -> {
                ResultTable.touch(connection, drainUses());
                return true;
            });
            log.debug("Uses of cached results were noted: {}", noted);
        } catch (StudioException e) {
            log.warn("Uses of cached results could not be noted: {}", e.getMessage());
        }
    }

    private Map<CacheKey, Long> drainUses() {
        Map<CacheKey, Long> drained = new HashMap<>(uses);
        drained.forEach(uses::remove);
        return drained;
    }

    /** Memory and database change in one order. */
    private void change(Runnable work) {
        changing.lock();
        try {
            work.run();
        } finally {
            changing.unlock();
        }
    }
}
