package dev.datastudio.core.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.api.cache.CacheKey;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.cache.Cached.Origin;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live objects in front of a {@link ResultCache}: a hit costs one look into a map, a miss is computed once for all who
 * ask at the same time. Thread-safe.
 *
 * <p>Objects are shared between callers, so they must be immutable.
 *
 * @param <K> a record of everything that the result depends on, the tenant included
 * @param <V> an immutable result
 */
public final class TypedCache<K, V> {
    /** How many live objects are held unless said otherwise. */
    public static final long DEFAULT_MAX_LIVE = 10_000;

    private static final Logger log = LoggerFactory.getLogger(TypedCache.class);

    private final ResultCache store;
    private final Function<? super K, CacheKey> persistentKey;
    private final ValueCodec<V> codec;
    private final Predicate<? super V> keepIf;
    private final Cache<K, V> live;
    private final SingleFlight<K, Cached<V>> flights = new SingleFlight<>();

    private TypedCache(Builder<K, V> builder) {
        this.store = builder.store;
        this.persistentKey = builder.persistentKey;
        this.codec = builder.codec;
        this.keepIf = builder.keepIf;
        this.live = Caffeine.newBuilder()
                .maximumSize(builder.maxLive)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Begins a cache over a store.
     *
     * @param persistentKey the key in the store, of all parts of K; called on a miss in memory only
     */
    public static <K, V> Builder<K, V> over(
            ResultCache store, Function<? super K, CacheKey> persistentKey, ValueCodec<V> codec) {
        return new Builder<>(store, persistentKey, codec);
    }

    /** The result under a key, live or read back; empty when it has to be computed. */
    public Optional<Cached<V>> find(K key) {
        V value = live.getIfPresent(key);
        return value != null ? Optional.of(new Cached<>(value, Origin.MEMORY)) : Optional.ofNullable(load(key));
    }

    /**
     * The result under a key, computed and kept when it is not there. What the computation throws is thrown to all who
     * wait for it and not kept. See {@link SingleFlight} for cancellation and recursion.
     *
     * @param tags what the result stands on, see {@link ResultCache#put}
     * @throws StudioException with code CANCELLED when this caller is cancelled
     */
    public Cached<V> get(K key, Set<String> tags, Cancellation cancellation, Computation<V> computation) {
        V value = live.getIfPresent(key);
        if (value != null) {
            return new Cached<>(value, Origin.MEMORY);
        }
        return flights.get(key, cancellation, shared -> {
            Optional<Cached<V>> found = find(key); // it may have come between the look above and this flight
            return found.orElseGet(() -> compute(key, tags, shared, computation));
        });
    }

    private Cached<V> compute(K key, Set<String> tags, Cancellation shared, Computation<V> computation) {
        V value = computation.compute(shared);
        if (keepIf.test(value)) {
            put(key, value, tags);
        }
        return new Cached<>(value, Origin.COMPUTED);
    }

    /** Keeps a result, live and stored. */
    public void put(K key, V value, Set<String> tags) {
        store.put(persistentKey.apply(key), codec.encode(value), tags);
        live.put(key, value);
    }

    private @Nullable Cached<V> load(K key) {
        CacheKey stored = persistentKey.apply(key);
        byte[] bytes = store.find(stored).orElse(null);
        if (bytes == null) {
            return null;
        }
        V value;
        try {
            value = codec.decode(bytes);
        } catch (RuntimeException e) {
            log.warn("A cached result of kind {} can't be read back; it is removed", stored.namespace(), e);
            store.remove(stored);
            return null;
        }
        live.put(key, value);
        return new Cached<>(value, Origin.STORE);
    }

    /** Removes the results of a tenant that carry a tag, here and in the store. */
    public void removeTagged(String tenant, String tag) {
        store.removeTagged(tenant, tag);
        live.invalidateAll(); // what is still stored comes back when it is asked for
    }

    /** Removes all results of a tenant, here and in the store, also those of other kinds there. */
    public void removeTenant(String tenant) {
        store.removeTenant(tenant);
        live.invalidateAll();
    }

    /**
     * Collects the optional parts of a cache. Not thread-safe.
     *
     * @param <K> as of the cache
     * @param <V> as of the cache
     */
    public static final class Builder<K, V> {
        private final ResultCache store;
        private final Function<? super K, CacheKey> persistentKey;
        private final ValueCodec<V> codec;
        private Predicate<? super V> keepIf = value -> true;
        private long maxLive = DEFAULT_MAX_LIVE;

        private Builder(ResultCache store, Function<? super K, CacheKey> persistentKey, ValueCodec<V> codec) {
            this.store = Objects.requireNonNull(store, "store");
            this.persistentKey = Objects.requireNonNull(persistentKey, "persistentKey");
            this.codec = Objects.requireNonNull(codec, "codec");
        }

        /** How many live objects are held at most, at least 0; {@value #DEFAULT_MAX_LIVE} unless said. */
        public Builder<K, V> maxLive(long maxLive) {
            if (maxLive < 0) {
                throw new IllegalArgumentException("maxLive must be at least 0, was " + maxLive);
            }
            this.maxLive = maxLive;
            return this;
        }

        /** Which computed results are kept; all unless said. */
        public Builder<K, V> keepIf(Predicate<? super V> keepIf) {
            this.keepIf = Objects.requireNonNull(keepIf, "keepIf");
            return this;
        }

        /** The cache, empty in memory. */
        public TypedCache<K, V> build() {
            return new TypedCache<>(this);
        }
    }
}
