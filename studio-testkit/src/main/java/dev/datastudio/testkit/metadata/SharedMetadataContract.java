package dev.datastudio.testkit.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.CounterAddition;
import dev.datastudio.api.metadata.CounterSums;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.testkit.cache.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link MetadataStore} must do when several threads and several stores work on one storage: exactness. */
@Timeout(60)
public abstract class SharedMetadataContract {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int THREADS = 8;

    /** The clock that the stores under test are opened with. */
    protected final SettableClock clock = new SettableClock(START);

    /** As {@link MetadataStoreContract#open}. */
    protected abstract MetadataStore open(InstantSource clock) throws Exception;

    @Test
    void letsExactlyOneOfTwoWritersWin() throws Exception {
        List<MetadataStore> stores = List.of(open(clock), open(clock));

        for (int round = 0; round < 20; round++) {
            EntryKey key = new EntryKey("acme", "project", "p" + round);
            assertEquals(1, wins(stores, key, EntryChange.insert(key, "0", Map.of("n", "0"))));
            assertEquals(1, wins(stores, key, EntryChange.update(key, 1, "1", Map.of("n", "1"))));
            Entry entry = stores.get(0).find(key).orElseThrow();
            assertEquals(2, entry.revision());
            assertEquals("1", entry.body());
        }
    }

    /** How many of two writers made the change; the other one was told of the conflict. */
    private static int wins(List<MetadataStore> stores, EntryKey key, EntryChange change) throws Exception {
        List<Callable<Integer>> writers = new ArrayList<>();
        for (MetadataStore store : stores) {
            writers.add(() -> {
                try {
                    assertEquals(key, store.apply(change).orElseThrow().key());
                    return 1;
                } catch (StudioException e) {
                    assertEquals(ErrorCode.ENTRY_CONFLICT, e.code());
                    return 0;
                }
            });
        }
        return atOnce(writers).stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void losesNoChangeOfThreadsThatReadAndTryAgain() throws Exception {
        List<MetadataStore> stores = List.of(open(clock), open(clock));
        EntryKey key = new EntryKey("acme", "project", "sum");
        stores.get(0).apply(EntryChange.insert(key, "0", Map.of()));
        List<Callable<Integer>> adders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            MetadataStore store = stores.get(i % 2);
            adders.add(() -> addOneTenTimes(store, key));
        }

        atOnce(adders);

        Entry sum = stores.get(0).find(key).orElseThrow();
        assertEquals("40", sum.body());
        assertEquals(41, sum.revision());
    }

    private static int addOneTenTimes(MetadataStore store, EntryKey key) {
        int conflicts = 0;
        for (int done = 0; done < 10; ) {
            Entry found = store.find(key).orElseThrow();
            String body = String.valueOf(Integer.parseInt(found.body()) + 1);
            try {
                store.apply(EntryChange.update(key, found.revision(), body, Map.of()));
                done++;
            } catch (StudioException e) {
                assertEquals(ErrorCode.ENTRY_CONFLICT, e.code());
                conflicts++;
            }
        }
        return conflicts;
    }

    @Test
    void makesGroupsInOppositeOrderWithoutADeadlock() throws Exception {
        List<MetadataStore> stores = List.of(open(clock), open(clock));
        EntryKey a = new EntryKey("acme", "project", "a");
        EntryKey b = new EntryKey("acme", "project", "b");
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            MetadataStore store = stores.get(i % 2);
            List<EntryKey> order = i % 2 == 0 ? List.of(a, b) : List.of(b, a);
            String body = String.valueOf(i);
            writers.add(() -> {
                for (int round = 0; round < 10; round++) {
                    store.apply(order.stream()
                            .map(key -> EntryChange.put(key, body, Map.of("by", body)))
                            .toList());
                }
                return 0;
            });
        }

        atOnce(writers);

        Entry first = stores.get(0).find(a).orElseThrow();
        Entry second = stores.get(0).find(b).orElseThrow();
        assertEquals(40, first.revision());
        assertEquals(40, second.revision());
        assertEquals(first.body(), second.body());
    }

    @Test
    void countsUpToTheLimit() throws Exception {
        MetadataStore store = open(clock);

        assertEquals(new CounterSums(true, List.of(3L)), store.add("acme", questions(3, 5)));
        assertEquals(new CounterSums(false, List.of(3L)), store.add("acme", questions(3, 5)));
        assertEquals(new CounterSums(true, List.of(5L)), store.add("acme", questions(2, 5)));
        assertEquals(new CounterSums(false, List.of(5L)), store.add("acme", questions(1, 5)));
        assertEquals(new CounterSums(false, List.of(5L)), store.add("acme", questions(1, 0)));
        assertEquals(new CounterSums(true, List.of(5L)), store.add("acme", questions(0, 2)));
        assertEquals(new CounterSums(true, List.of(1L)), store.add("acme", questions(-4, 0)));
        assertEquals(new CounterSums(true, List.of(0L)), store.add("acme", questions(Long.MIN_VALUE, 5)));
        assertEquals(
                new CounterSums(true, List.of(Long.MAX_VALUE)),
                store.add("acme", questions(Long.MAX_VALUE, Long.MAX_VALUE)));
        assertEquals(new CounterSums(false, List.of(Long.MAX_VALUE)), store.add("acme", questions(1, Long.MAX_VALUE)));
        assertEquals(Long.MAX_VALUE, open(clock).sum("acme", "questions/ann", START));
    }

    @Test
    void refusesTheFirstAdditionBeyondTheLimitAndGivesBackToNothing() throws Exception {
        MetadataStore store = open(clock);

        assertEquals(new CounterSums(false, List.of(0L)), store.add("acme", questions(6, 5)));
        assertEquals(new CounterSums(true, List.of(0L)), store.add("acme", questions(-6, 5)));
        assertEquals(0, store.sum("acme", "questions/ann", START));
    }

    @Test
    void keepsCountersOfTenantsNamesAndWindowsApart() throws Exception {
        MetadataStore store = open(clock);
        store.add("acme", questions(1, 9));
        store.add("other", questions(2, 9));
        store.add("acme", new CounterAddition("questions/bob", START, HOUR, 3, 9));
        store.add("acme", new CounterAddition("questions/ann", START.plus(HOUR), HOUR, 4, 9));
        store.add("acme", new CounterAddition("'_OR_1=1", START, HOUR, 5, 9));

        assertEquals(1, store.sum("acme", "questions/ann", START));
        assertEquals(2, store.sum("other", "questions/ann", START));
        assertEquals(3, store.sum("acme", "questions/bob", START));
        assertEquals(4, store.sum("acme", "questions/ann", START.plus(HOUR)));
        assertEquals(5, store.sum("acme", "'_OR_1=1", START));
    }

    @Test
    void addsToAllCountersOrToNone() throws Exception {
        MetadataStore store = open(clock);
        CounterAddition user = new CounterAddition("user", START, HOUR, 2, 10);
        CounterAddition tenant = new CounterAddition("all", START, Duration.ofDays(1), 2, 3);

        assertEquals(new CounterSums(true, List.of(2L, 2L)), store.add("acme", List.of(user, tenant)));
        assertEquals(new CounterSums(false, List.of(2L, 2L)), store.add("acme", List.of(user, tenant)));
        assertEquals(2, store.sum("acme", "user", START));
        assertThrows(IllegalArgumentException.class, () -> store.add("acme", List.of()));
        assertThrows(IllegalArgumentException.class, () -> store.add("acme", List.of(user, user)));
    }

    @Test
    void neverPassesTheLimitHoweverManyAddAtOnce() throws Exception {
        List<MetadataStore> stores = List.of(open(clock), open(clock));
        List<Callable<Integer>> adders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            MetadataStore store = stores.get(i % 2);
            adders.add(() -> {
                int added = 0;
                for (int n = 0; n < 25; n++) {
                    CounterSums sums = store.add(
                            "acme", List.of(questions(1, 101), new CounterAddition("all", START, HOUR, 1, 1_000)));
                    assertTrue(sums.sums().get(0) <= 101, sums::toString);
                    added += sums.added() ? 1 : 0;
                }
                return added;
            });
        }

        assertEquals(101, atOnce(adders).stream().mapToInt(Integer::intValue).sum());
        assertEquals(101, stores.get(0).sum("acme", "questions/ann", START));
        assertEquals(101, stores.get(1).sum("acme", "all", START));
    }

    @Test
    void forgetsCountersADayAfterTheirWindow() throws Exception {
        MetadataStore store = open(clock);
        store.add("acme", questions(5, 9));
        store.add("other", questions(5, 9));

        clock.advance(Duration.ofHours(24));
        store.add("acme", new CounterAddition("x", clock.instant(), HOUR, 1, 9));
        assertEquals(5, store.sum("acme", "questions/ann", START));

        clock.advance(Duration.ofHours(2));
        store.add("acme", new CounterAddition("x", clock.instant(), HOUR, 1, 9));
        assertEquals(0, store.sum("acme", "questions/ann", START));
        assertEquals(5, store.sum("other", "questions/ann", START));
    }

    private static CounterAddition questions(long amount, long limit) {
        return new CounterAddition("questions/ann", START, HOUR, amount, limit);
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> task : tasks) {
                running.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : running) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
