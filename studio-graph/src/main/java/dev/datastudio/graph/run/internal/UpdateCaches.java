package dev.datastudio.graph.run.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.policy.NodeCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The updates that nodes with a cache may use again, and those that are being made. Thread-safe. */
final class UpdateCaches {
    private final InstantSource clock;
    private final Map<Place, Cache<Key, Update>> caches = new ConcurrentHashMap<>();
    private final Map<Key, Flight> flights = new ConcurrentHashMap<>();

    UpdateCaches(InstantSource clock) {
        this.clock = clock;
    }

    Optional<Update> find(Key key, NodeCache options) {
        return Optional.ofNullable(cache(key, options).getIfPresent(key));
    }

    void put(Key key, NodeCache options, Update update) {
        Cache<Key, Update> cache = cache(key, options);
        cache.put(key, update);
        // Several threads that put at once may leave the upkeep to each other.
        if (cache.estimatedSize() > options.maxEntries()) {
            cache.cleanUp();
        }
    }

    /** Announces that an update is being made; gives who makes it already, or null. */
    @Nullable
    Flight begin(Key key, Flight own) {
        return flights.putIfAbsent(key, own);
    }

    void end(Key key, Flight own) {
        flights.remove(key, own);
        own.landed.countDown();
    }

    private Cache<Key, Update> cache(Key key, NodeCache options) {
        Place place = new Place(key.graph, key.version, key.node, options.timeToLive(), options.maxEntries());
        return caches.computeIfAbsent(place, this::made);
    }

    /** Its upkeep is done by the threads that use it, as the engine has no other. */
    private Cache<Key, Update> made(Place place) {
        return Caffeine.newBuilder()
                .maximumSize(place.maxEntries)
                .expireAfterWrite(place.timeToLive)
                .ticker(this::nanos)
                .executor(Runnable::run)
                .build();
    }

    private long nanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    /** What an update depends on. */
    record Key(String tenant, String graph, int version, String node, Object input, Object value) {}

    private record Place(String graph, int version, String node, Duration timeToLive, int maxEntries) {}

    /** An update that is being made. */
    static final class Flight {
        private final CountDownLatch landed = new CountDownLatch(1);
        private volatile Optional<Update> result = Optional.empty();

        void succeed(Update update) {
            result = Optional.of(update);
        }

        /** Waits for the update; empty if it could not be made. */
        Optional<Update> await() throws InterruptedException {
            landed.await();
            return result;
        }
    }
}
