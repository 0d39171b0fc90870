package dev.datastudio.testkit.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.cache.CacheKey;
import dev.datastudio.api.cache.CacheLimits;
import dev.datastudio.api.cache.CacheStatistics;
import dev.datastudio.api.cache.ResultCache;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link ResultCache} must do. A cache's test extends this class and opens an empty cache. */
public abstract class ResultCacheContract {
    private static final CacheLimits WIDE = new CacheLimits(1_000_000, 10_000, 100_000, Duration.ofDays(7));

    /** The clock that the cache under test is opened with. */
    protected final SettableClock clock = new SettableClock(Instant.parse("2026-11-21T10:00:00Z"));

    /** An empty cache within these limits; whoever extends this class closes it after the test. */
    protected abstract ResultCache open(CacheLimits limits, InstantSource clock) throws IOException;

    @Test
    void givesBackWhatWasPut() throws IOException {
        ResultCache cache = open(WIDE, clock);
        byte[] value = {0, 1, -1, 127, -128};

        cache.put(key("a", "k"), value, Set.of());
        cache.put(key("a", "empty"), new byte[0], Set.of("x"));

        assertArrayEquals(value, cache.find(key("a", "k")).orElseThrow());
        assertEquals(0, cache.find(key("a", "empty")).orElseThrow().length);
        assertEquals(Optional.empty(), cache.find(key("a", "other")));
    }

    @Test
    void replacesAValue() throws IOException {
        ResultCache cache = open(WIDE, clock);
        cache.put(key("a", "k"), bytes("a longer first value"), Set.of("x"));

        cache.put(key("a", "k"), bytes("second"), Set.of("y"));

        assertEquals("second", text(cache, key("a", "k")));
        assertEquals(1, cache.statistics().entries());
        assertEquals(6, cache.statistics().bytes());
        cache.removeTagged("a", "x");
        assertEquals("second", text(cache, key("a", "k")));
    }

    @Test
    void neverGivesAValueToAnotherTenant() throws IOException {
        ResultCache cache = open(WIDE, clock);
        cache.put(key("a", "k"), bytes("of a"), Set.of("x"));
        cache.put(key("b", "k"), bytes("of b"), Set.of("x"));

        assertEquals("of a", text(cache, key("a", "k")));
        assertEquals("of b", text(cache, key("b", "k")));
        assertEquals(Optional.empty(), cache.find(key("c", "k")));
        cache.removeTagged("a", "x");
        cache.removeNamespace("a", "rows-1");
        cache.removeTenant("a");
        cache.remove(key("a", "k"));
        assertEquals(Optional.empty(), cache.find(key("a", "k")));
        assertEquals("of b", text(cache, key("b", "k")));
    }

    @Test
    void removesByKeyTagAndNamespace() throws IOException {
        ResultCache cache = open(WIDE, clock);
        CacheKey answer = CacheKey.builder("a", "answer-1").add("q", "k").build();
        cache.put(answer, bytes("1"), Set.of("x", "y"));
        cache.put(key("a", "k"), bytes("2"), Set.of("y"));
        cache.put(key("a", "l"), bytes("3"), Set.of());

        cache.removeTagged("a", "x");
        assertEquals(Set.of("2", "3"), texts(cache, answer, key("a", "k"), key("a", "l")));
        cache.remove(key("a", "l"));
        assertEquals(Set.of("2"), texts(cache, answer, key("a", "k"), key("a", "l")));
        cache.put(answer, bytes("4"), Set.of());
        cache.removeNamespace("a", "rows-1");
        assertEquals(Set.of("4"), texts(cache, answer, key("a", "k"), key("a", "l")));
        cache.removeTenant("a");
        assertEquals(0, cache.statistics().entries());
        assertEquals(0, cache.statistics().bytes());
    }

    @Test
    void doesNotKeepWhatIsTooLarge() throws IOException {
        ResultCache cache = open(new CacheLimits(1_000, 100, 10, Duration.ofDays(1)), clock);
        cache.put(key("a", "k"), new byte[10], Set.of());

        cache.put(key("a", "k"), new byte[11], Set.of());

        assertEquals(Optional.empty(), cache.find(key("a", "k")));
    }

    @Test
    void forgetsWhatIsTooOld() throws IOException {
        ResultCache cache = open(WIDE, clock);
        cache.put(key("a", "k"), bytes("v"), Set.of());

        clock.advance(WIDE.maxAge());
        assertTrue(cache.find(key("a", "k")).isPresent());
        clock.advance(Duration.ofMillis(1));
        assertFalse(cache.find(key("a", "k")).isPresent());
    }

    @Test
    void staysWithinItsBytesAndKeepsWhatWasUsedLast() throws IOException {
        ResultCache cache = open(new CacheLimits(10_000, 1_000, 1_000, Duration.ofDays(7)), clock);
        for (int i = 0; i < 50; i++) {
            cache.put(key("a", "k" + i), new byte[500], Set.of("t" + i));
            clock.advance(Duration.ofHours(2));
            assertTrue(cache.find(key("a", "k0")).isPresent(), "after " + i);
            assertTrue(cache.statistics().bytes() <= 10_000);
        }

        assertTrue(cache.find(key("a", "k49")).isPresent());
        CacheStatistics statistics = cache.statistics();
        assertTrue(statistics.evictions() >= 30, statistics.toString());
        assertEquals(50, statistics.entries() + statistics.evictions());
    }

    @Test
    void staysWithinItsNumberOfEntries() throws IOException {
        ResultCache cache = open(new CacheLimits(10_000, 3, 100, Duration.ofDays(7)), clock);
        for (int i = 0; i < 20; i++) {
            cache.put(key("a", "k" + i), bytes("v" + i), Set.of());
            assertTrue(cache.statistics().entries() <= 3);
            assertEquals("v" + i, text(cache, key("a", "k" + i)));
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void countsHitsAndMisses() throws IOException {
        ResultCache cache = open(WIDE, clock);
        cache.put(key("a", "k"), bytes("v"), Set.of());

        for (String name : List.of("k", "none", "k", "k")) {
            cache.find(key("a", name));
        }

        assertEquals(new CacheStatistics(3, 1, 0, 1, 1), cache.statistics());
    }

    @Test
    void givesWholeValuesWhileManyThreadsChangeThem() throws Exception {
        ResultCache cache = open(new CacheLimits(20_000, 1_000, 2_000, Duration.ofDays(1)), clock);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                work.add(threads.submit(() -> churn(cache, new Random(thread))));
            }
            for (Future<?> each : work) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertTrue(cache.statistics().bytes() <= 20_000);
    }

    /** Every value says its key: mixed up or torn values show. */
    private static void churn(ResultCache cache, Random random) {
        for (int i = 0; i < 200; i++) {
            String name = "k" + random.nextInt(30);
            String tenant = "t" + random.nextInt(2);
            switch (random.nextInt(4)) {
                case 0 ->
                    cache.put(
                            key(tenant, name),
                            bytes((tenant + name + ";").repeat(1 + random.nextInt(200))),
                            Set.of("tag" + random.nextInt(5)));
                case 1 -> {
                    if (random.nextBoolean()) {
                        cache.remove(key(tenant, name));
                    } else {
                        cache.removeTagged(tenant, "tag" + random.nextInt(5));
                    }
                }
                default ->
                    cache.find(key(tenant, name))
                            .ifPresent(value ->
                                    assertEquals("", new String(value, UTF_8).replace(tenant + name + ";", "")));
            }
        }
    }

    @Test
    void givesNothingButWhatAMapWouldInRandomOrder() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ResultCache cache = open(new CacheLimits(3_000, 20, 500, Duration.ofDays(1)), clock);
        Map<CacheKey, String> model = new HashMap<>();

        for (int i = 0; i < 1_000; i++) {
            CacheKey key = key("t" + random.nextInt(2), "k" + random.nextInt(30));
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    String value = "v".repeat(random.nextInt(300)) + i;
                    cache.put(key, bytes(value), Set.of());
                    model.put(key, value);
                }
                case 2 -> {
                    cache.remove(key);
                    model.remove(key);
                }
                default -> {
                    Optional<String> found = cache.find(key).map(value -> new String(value, UTF_8));
                    String where = "seed " + seed + ", step " + i;
                    found.ifPresent(value -> assertEquals(model.get(key), value, where));
                }
            }
            clock.advance(Duration.ofSeconds(1));
        }
    }

    /** A key of the namespace {@code rows-1}. */
    protected static CacheKey key(String tenant, String name) {
        return CacheKey.builder(tenant, "rows-1").add("name", name).build();
    }

    private static Set<String> texts(ResultCache cache, CacheKey... keys) {
        return Set.of(List.of(keys).stream()
                .map(cache::find)
                .flatMap(Optional::stream)
                .map(value -> new String(value, UTF_8))
                .toArray(String[]::new));
    }

    private static String text(ResultCache cache, CacheKey key) {
        return new String(cache.find(key).orElseThrow(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
