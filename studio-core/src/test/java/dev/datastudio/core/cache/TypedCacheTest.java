package dev.datastudio.core.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.cache.CacheKey;
import dev.datastudio.api.cache.CacheLimits;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.cache.Cached.Origin;
import dev.datastudio.core.workspace.StateDatabase;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedCacheTest {
    private record Question(String tenant, String contentHash, String text) {
        CacheKey persistentKey() {
            return CacheKey.builder(tenant, "answer-1")
                    .add("content", contentHash)
                    .add("question", text)
                    .build();
        }
    }

    private static final ValueCodec<Integer> NUMBERS = new ValueCodec<>() {
        @Override
        public byte[] encode(Integer value) {
            return value.toString().getBytes(UTF_8);
        }

        @Override
        public Integer decode(byte[] bytes) {
            return Integer.valueOf(new String(bytes, UTF_8));
        }
    };

    private final AtomicInteger computations = new AtomicInteger();
    private StateDatabase database;
    private SqliteResultCache store;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        database = StateDatabase.open(folder.resolve("state.db"));
        store = new SqliteResultCache(database, CacheLimits.DEFAULT, InstantSource.system());
    }

    @AfterEach
    void close() {
        store.close();
        database.close();
    }

    @Test
    void computesFirstThenRemembersThenReadsBackAfterARestart() {
        TypedCache<Question, Integer> cache = cache();

        assertEquals(new Cached<>(1, Origin.COMPUTED), ask(cache, "q"));
        assertEquals(new Cached<>(1, Origin.MEMORY), ask(cache, "q"));
        assertTrue(ask(cache, "q").isHit());
        close();
        open();
        assertEquals(new Cached<>(1, Origin.STORE), ask(cache(), "q"));
        assertEquals(1, computations.get());
    }

    @Test
    void computesOnceForAHundredThreads() throws Exception {
        TypedCache<Question, Integer> cache = cache();
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            List<Future<Cached<Integer>>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> {
                    go.await(10, TimeUnit.SECONDS);
                    return ask(cache, "q");
                }));
            }
            go.countDown();
            for (Future<Cached<Integer>> answer : answers) {
                assertEquals(1, answer.get().value());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, computations.get());
    }

    @Test
    void keepsNeitherFailuresNorWhatItIsToldNotTo() {
        TypedCache<Question, Integer> cache = TypedCache.over(store, Question::persistentKey, NUMBERS)
                .keepIf(value -> value > 1)
                .build();

        assertThrows(
                IllegalStateException.class,
                () -> cache.get(question("q"), Set.of(), Cancellation.none(), c -> {
                    throw new IllegalStateException();
                }));
        assertEquals(Origin.COMPUTED, ask(cache, "q").origin());
        assertEquals(Origin.COMPUTED, ask(cache, "q").origin());
        assertEquals(Origin.MEMORY, ask(cache, "q").origin());
    }

    @Test
    void computesAgainWhatItCanNotReadBack() {
        store.put(question("q").persistentKey(), "no number".getBytes(UTF_8), Set.of());

        assertEquals(new Cached<>(1, Origin.COMPUTED), ask(cache(), "q"));
        assertEquals(new Cached<>(1, Origin.STORE), ask(cache(), "q"));
    }

    @Test
    void forgetsWhatStandsOnARemovedDataSet() {
        TypedCache<Question, Integer> cache = cache();
        ask(cache, "q");

        cache.removeTagged("a", "hash");

        assertFalse(cache.find(question("q")).isPresent());
    }

    private Cached<Integer> ask(TypedCache<Question, Integer> cache, String text) {
        return cache.get(question(text), Set.of("hash"), Cancellation.none(), c -> computations.incrementAndGet());
    }

    private static Question question(String text) {
        return new Question("a", "hash", text);
    }

    private TypedCache<Question, Integer> cache() {
        return TypedCache.over(store, Question::persistentKey, NUMBERS).build();
    }
}
