package dev.datastudio.testkit.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.AppendResult;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The half of the contract in which several writers, with a handle each where that can be, meet on one storage. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ConcurrentWritersContract {
    static final ThreadKey KEY = new ThreadKey("acme", "t1");
    static final long LEASE = 60;

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final int ROUNDS = 40;

    /** For whoever extends the contract. */
    protected ConcurrentWritersContract() {}

    /** A store without threads, newly opened; the contract closes it. */
    protected abstract CheckpointStore open();

    /**
     * Another handle onto the storage of the store that was opened last, as another process would have it; the contract
     * closes it. Empty, as it is unless overridden, when there is no such thing.
     */
    protected Optional<CheckpointStore> openAgain() {
        return Optional.empty();
    }

    @Test
    void twoWritersOfOneClaimStoreEachHeadExactlyOnce() throws Exception {
        try (CheckpointStore first = open();
                CheckpointStore second = openAgain().orElse(first)) {
            ThreadState state = first.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
            CyclicBarrier together = new CyclicBarrier(2);

            List<List<AppendResult>> results = atOnce(
                    List.of(() -> appendInStep(first, state, together), () -> appendInStep(second, state, together)));

            for (int i = 0; i < ROUNDS; i++) {
                List<AppendResult> round =
                        List.of(results.get(0).get(i), results.get(1).get(i));
                assertEquals(1, Collections.frequency(round, AppendResult.STORED), "at head " + i);
            }
            assertEquals(sequences(1, ROUNDS), sequencesOf(second.read(KEY, 0, 1_000)));
            assertEquals(ROUNDS, first.find(KEY).orElseThrow().head());
        }
    }

    private static List<AppendResult> appendInStep(CheckpointStore store, ThreadState state, CyclicBarrier together)
            throws Exception {
        List<AppendResult> results = new ArrayList<>();
        for (int head = 0; head < ROUNDS; head++) {
            together.await(1, TimeUnit.MINUTES);
            results.add(append(store, appendOf(state, head, entries(head + 1, 1), ThreadStatus.RUNNING, head)));
        }
        return results;
    }

    @Test
    void writersThatTakeAThreadFromEachOtherLeaveNoGapAndNoDouble() throws Exception {
        try (CheckpointStore first = open();
                CheckpointStore second = openAgain().orElse(first)) {
            first.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));

            List<Integer> stored = atOnce(List.of(() -> takeTurns(first, "a"), () -> takeTurns(second, "b")));

            long head = first.find(KEY).orElseThrow().head();
            assertEquals(stored.get(0) + stored.get(1), head);
            assertEquals(sequences(1, head), sequencesOf(second.read(KEY, 0, 1_000)));
        }
    }

    /** Takes the thread over and appends until the other one takes it back; gives how many appends were stored. */
    private static int takeTurns(CheckpointStore store, String owner) {
        int stored = 0;
        for (int i = 0; i < ROUNDS / 2; i++) {
            ThreadState state = store.claim(KEY, claim(Claim.Mode.TAKE_OVER, owner, i));
            long head = state.head();
            while (head < state.head() + 3
                    && append(store, appendOf(state, head, entries(head + 1, 1), ThreadStatus.RUNNING, i))
                            == AppendResult.STORED) {
                head++;
                stored++;
            }
        }
        return stored;
    }

    @Test
    void onlyOneOfManyClaimsTheSameThread() throws Exception {
        try (CheckpointStore first = open();
                CheckpointStore second = openAgain().orElse(first)) {
            List<Callable<Boolean>> creators = new ArrayList<>();
            List<Callable<Boolean>> resumers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                CheckpointStore store = i % 2 == 0 ? first : second;
                String owner = "w" + i;
                creators.add(() -> isClaimed(store, claim(Claim.Mode.CREATE, owner, 0), ErrorCode.THREAD_EXISTS));
                resumers.add(() -> isClaimed(store, claim(Claim.Mode.RESUME, owner, LEASE), ErrorCode.THREAD_BUSY));
            }

            assertEquals(1, Collections.frequency(atOnce(creators), true));
            long epoch = first.find(KEY).orElseThrow().epoch();
            assertEquals(1, Collections.frequency(atOnce(resumers), true));

            assertEquals(epoch + 1, second.find(KEY).orElseThrow().epoch());
        }
    }

    private static boolean isClaimed(CheckpointStore store, Claim claim, ErrorCode otherwise) {
        try {
            return store.claim(KEY, claim).owner().filter(claim.owner()::equals).isPresent();
        } catch (StudioException e) {
            assertEquals(otherwise, e.code(), e::getMessage);
            return false;
        }
    }

    @Test
    void manyThreadsGrowAtOnceEachByItself() throws Exception {
        try (CheckpointStore first = open();
                CheckpointStore second = openAgain().orElse(first)) {
            List<Callable<Long>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                CheckpointStore store = i % 2 == 0 ? first : second;
                ThreadKey key = new ThreadKey("acme", "w" + i);
                writers.add(() -> grow(store, key));
            }

            for (long head : atOnce(writers)) {
                assertEquals(3 * 10, head);
            }
            for (ThreadState state : second.list("acme", List.of(), 0, 100)) {
                assertEquals(sequences(1, state.head()), sequencesOf(first.read(state.key(), 0, 1_000)));
            }
        }
    }

    private static long grow(CheckpointStore store, ThreadKey key) {
        ThreadState state = store.claim(key, claim(Claim.Mode.CREATE, "a", 0));
        for (long head = 0; head < 3 * 10; head += 3) {
            AppendResult result =
                    append(store, appendOf(state, head, entries(head + 1, 3), ThreadStatus.RUNNING, head));
            assertEquals(AppendResult.STORED, result);
        }
        return store.find(key).orElseThrow().head();
    }

    @Test
    void callsOverTheSameThreadsInOppositeOrdersDoNotWaitForEachOtherForever() throws Exception {
        try (CheckpointStore first = open();
                CheckpointStore second = openAgain().orElse(first)) {
            List<ThreadState> states = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                states.add(first.claim(new ThreadKey("acme", "x" + i), claim(Claim.Mode.CREATE, "a", 0)));
            }
            List<ThreadState> reversed = new ArrayList<>(states);
            Collections.reverse(reversed);

            List<Integer> stored =
                    atOnce(List.of(() -> appendToAll(first, states), () -> appendToAll(second, reversed)));

            assertEquals(states.size() * ROUNDS, stored.get(0) + stored.get(1));
            for (ThreadState state : states) {
                assertEquals(sequences(1, ROUNDS), sequencesOf(first.read(state.key(), 0, 1_000)));
            }
        }
    }

    /** Both try every head; gives how many appends of this one were stored. */
    private static int appendToAll(CheckpointStore store, List<ThreadState> states) {
        int stored = 0;
        for (int head = 0; head < ROUNDS; head++) {
            long at = head;
            List<Append> appends = states.stream()
                    .map(state -> appendOf(state, at, entries(at + 1, 1), ThreadStatus.RUNNING, at))
                    .toList();
            stored += Collections.frequency(store.append(appends), AppendResult.STORED);
        }
        return stored;
    }

    @Test
    void aReaderSeesOnlyWholeAppends() throws Exception {
        try (CheckpointStore first = open();
                CheckpointStore second = openAgain().orElse(first)) {
            ThreadState state = first.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));

            atOnce(List.<Callable<Boolean>>of(
                    () -> {
                        for (long head = 0; head < 3 * ROUNDS; head += 3) {
                            append(first, appendOf(state, head, entries(head + 1, 3), ThreadStatus.RUNNING, head));
                        }
                        return true;
                    },
                    () -> {
                        long seen = 0;
                        for (int i = 0; i < ROUNDS; i++) {
                            List<Long> read = sequencesOf(second.read(KEY, 0, 1_000));
                            assertEquals(sequences(1, read.size()), read);
                            assertEquals(0, read.size() % 3, "a part of an append was seen");
                            assertTrue(read.size() >= seen, "entries went away");
                            seen = read.size();
                        }
                        return true;
                    }));
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(works)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    static Instant at(long second) {
        return START.plusSeconds(second);
    }

    /** A wish for the lease of {@link #LEASE} seconds. */
    static Claim claim(Claim.Mode mode, String owner, long second) {
        return new Claim(mode, owner, at(second), at(second + LEASE), "sales", 3);
    }

    static Append appendOf(
            ThreadState state, long head, List<CheckpointEntry> entries, ThreadStatus status, long second) {
        return new Append(state.key(), state.epoch(), head, entries, status, at(second), at(second + LEASE));
    }

    static AppendResult append(CheckpointStore store, Append append) {
        List<AppendResult> results = store.append(List.of(append));
        assertEquals(1, results.size());
        return results.get(0);
    }

    static CheckpointEntry entry(long sequence, EntryKind kind) {
        byte[] body = ("{\"n\":" + sequence + "}").getBytes(UTF_8);
        return new CheckpointEntry(sequence, kind, body, new byte[32]);
    }

    static List<CheckpointEntry> entries(long first, int count) {
        return sequences(first, first + count - 1).stream()
                .map(sequence -> entry(sequence, EntryKind.STEP))
                .toList();
    }

    static List<Long> sequences(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    static List<Long> sequencesOf(List<CheckpointEntry> entries) {
        return entries.stream().map(CheckpointEntry::sequence).toList();
    }
}
