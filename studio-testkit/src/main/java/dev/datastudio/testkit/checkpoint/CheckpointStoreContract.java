package dev.datastudio.testkit.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CheckpointStore} must do. A store's test extends this class and opens an empty store; a store whose
 * storage can be opened twice also gives a second handle. What two writers at once may meet is in the second half of the
 * contract, {@link ConcurrentWritersContract}, which this one includes.
 */
public abstract class CheckpointStoreContract extends ConcurrentWritersContract {
    private static final ThreadKey OTHER = new ThreadKey("acme", "other");
    private static final ThreadKey OTHER_TENANT = new ThreadKey("umbrella", KEY.thread());

    private CheckpointStore store;

    @BeforeEach
    void openTheStore() {
        store = open();
    }

    @AfterEach
    void closeTheStore() {
        store.close();
    }

    @Test
    void createsAThreadWithAnEmptyLog() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));

        assertEquals(0, state.head());
        assertEquals(ThreadStatus.RUNNING, state.status());
        assertEquals(Optional.of("a"), state.owner());
        assertEquals(at(0), state.updatedAt());
        assertEquals(at(LEASE), state.leaseUntil());
        assertEquals("sales", state.graph());
        assertEquals(3, state.graphVersion());
        assertEquals(KEY, state.key());
        assertEquals(Optional.of(state), store.find(KEY));
        assertEquals(List.of(), store.read(KEY, 0, 10));
    }

    @Test
    void findsNothingWhereNoThreadIs() {
        assertEquals(Optional.empty(), store.find(KEY));
        assertEquals(List.of(), store.read(KEY, 0, 10));
        assertEquals(OptionalLong.empty(), store.findSnapshot(KEY, 10));
        assertEquals(0, store.compact(KEY, 1, 1));
        assertEquals(List.of(), store.list("acme", List.of(), 0, 10));
        assertFalse(store.delete(KEY, at(0)));
    }

    @Test
    void refusesToCreateAThreadThatIsThere() {
        store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));

        StudioException refusal =
                refused(ErrorCode.THREAD_EXISTS, () -> store.claim(KEY, claim(Claim.Mode.CREATE, "b", 10 * LEASE)));

        assertTrue(refusal.what().contains("'t1'"), refusal::what);
        assertEquals(Optional.of("a"), store.find(KEY).orElseThrow().owner());
    }

    @Test
    void refusesToResumeOrTakeOverAThreadThatIsNotThere() {
        refused(ErrorCode.THREAD_NOT_FOUND, () -> store.claim(KEY, claim(Claim.Mode.RESUME, "a", 0)));
        refused(ErrorCode.THREAD_NOT_FOUND, () -> store.claim(KEY, claim(Claim.Mode.TAKE_OVER, "a", 0)));

        assertEquals(Optional.empty(), store.find(KEY));
    }

    @Test
    void namesTheOwnerAndTheTimeWhileALeaseHolds() {
        ThreadState held = store.claim(KEY, claim(Claim.Mode.CREATE, "worker-7", 0));

        StudioException refusal =
                refused(ErrorCode.THREAD_BUSY, () -> store.claim(KEY, claim(Claim.Mode.RESUME, "b", LEASE - 1)));

        assertTrue(refusal.what().contains("worker-7"), refusal::what);
        assertTrue(refusal.what().contains(at(LEASE).toString()), refusal::what);
        refused(ErrorCode.THREAD_BUSY, () -> store.claim(KEY, claim(Claim.Mode.RESUME, "worker-7", 1)));
        assertEquals(held, store.find(KEY).orElseThrow());
    }

    @Test
    void letsTheNextOneInWhenTheLeaseHasRunOut() {
        ThreadState first = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        write(first, 2);

        ThreadState second = store.claim(KEY, new Claim(Claim.Mode.RESUME, "b", at(LEASE), at(3 * LEASE), "other", 4));

        assertEquals(first.epoch() + 1, second.epoch());
        assertEquals(2, second.head());
        assertEquals(Optional.of("b"), second.owner());
        assertEquals("other", second.graph());
        assertEquals(4, second.graphVersion());
        assertEquals(at(3 * LEASE), second.leaseUntil());
    }

    @Test
    void takesAThreadOverFromAnOwnerWhoseLeaseHolds() {
        ThreadState first = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));

        ThreadState second = store.claim(KEY, claim(Claim.Mode.TAKE_OVER, "b", 1));

        assertEquals(first.epoch() + 1, second.epoch());
        assertEquals(Optional.of("b"), second.owner());
    }

    @Test
    void appendsAndGivesBackEveryByte() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        byte[] large = new byte[1 << 20];
        new Random(7).nextBytes(large);
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        List<CheckpointEntry> entries = List.of(
                new CheckpointEntry(1, EntryKind.SNAPSHOT, all, new byte[0]),
                new CheckpointEntry(2, EntryKind.EFFECT, large, all),
                new CheckpointEntry(3, EntryKind.END, new byte[] {'{', '}'}, new byte[] {0}));

        assertEquals(AppendResult.STORED, append(store, appendOf(state, 0, entries, ThreadStatus.RUNNING, 5)));

        List<CheckpointEntry> read = store.read(KEY, 0, 10);
        assertEquals(3, read.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(i + 1, read.get(i).sequence());
            assertEquals(entries.get(i).kind(), read.get(i).kind());
            assertArrayEquals(entries.get(i).body(), read.get(i).body());
            assertArrayEquals(entries.get(i).mac(), read.get(i).mac());
        }
        ThreadState after = store.find(KEY).orElseThrow();
        assertEquals(3, after.head());
        assertEquals(state.epoch(), after.epoch());
        assertEquals(at(5), after.updatedAt());
        assertEquals(at(5 + LEASE), after.leaseUntil());
    }

    @Test
    void keepsEveryKindOfEntryAndEveryStatus() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        long head = 0;
        for (EntryKind kind : EntryKind.values()) {
            append(store, appendOf(state, head, List.of(entry(++head, kind)), ThreadStatus.RUNNING, head));
        }

        List<EntryKind> kinds =
                store.read(KEY, 0, 100).stream().map(CheckpointEntry::kind).toList();
        assertEquals(List.of(EntryKind.values()), kinds);
        for (ThreadStatus status : ThreadStatus.values()) {
            append(store, appendOf(state, head, List.of(), status, 100));
            assertEquals(status, store.find(KEY).orElseThrow().status());
        }
    }

    @Test
    void givesTheLeaseBackWithAnyStatusButRunning() {
        for (ThreadStatus status : ThreadStatus.values()) {
            if (status != ThreadStatus.RUNNING) {
                ThreadKey key = new ThreadKey("acme", status.name());
                ThreadState held = store.claim(key, claim(Claim.Mode.CREATE, "a", 0));
                append(store, appendOf(held, 0, entries(1, 1), status, 1));

                ThreadState ended = store.find(key).orElseThrow();

                assertEquals(Optional.empty(), ended.owner());
                assertEquals(Instant.EPOCH, ended.leaseUntil());
                assertEquals(
                        1, store.claim(key, claim(Claim.Mode.RESUME, "b", 2)).head());
            }
        }
    }

    @Test
    void renewsTheLeaseWithoutAnEntry() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));

        append(store, appendOf(state, 0, List.of(), ThreadStatus.RUNNING, LEASE));

        assertEquals(at(2 * LEASE), store.find(KEY).orElseThrow().leaseUntil());
        refused(ErrorCode.THREAD_BUSY, () -> store.claim(KEY, claim(Claim.Mode.RESUME, "b", 2 * LEASE - 1)));
        assertEquals(0, store.find(KEY).orElseThrow().head());
    }

    @Test
    void letsAHolderAppendAfterItsLeaseRanOutAsLongAsNobodyCame() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));

        Append late = appendOf(state, 0, entries(1, 1), ThreadStatus.RUNNING, 10 * LEASE);

        assertEquals(AppendResult.STORED, append(store, late));
    }

    @Test
    void storesNothingOfAWriterWhoseThreadWasTakenOver() {
        ThreadState first = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        write(first, 1);
        ThreadState second = store.claim(KEY, claim(Claim.Mode.TAKE_OVER, "b", 5));

        Append old = appendOf(first, 1, entries(2, 3), ThreadStatus.FINISHED, 6);

        assertEquals(AppendResult.SUPERSEDED, append(store, old));
        assertEquals(second, store.find(KEY).orElseThrow());
        assertEquals(1, store.read(KEY, 0, 10).size());
        assertEquals(AppendResult.STORED, append(store, appendOf(second, 1, entries(2, 1), ThreadStatus.RUNNING, 7)));
    }

    @Test
    void storesNothingAtAnotherHead() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        write(state, 3);
        ThreadState before = store.find(KEY).orElseThrow();

        for (long head : new long[] {0, 2, 4}) {
            Append wrong = appendOf(state, head, entries(head + 1, 1), ThreadStatus.FINISHED, 9);
            assertEquals(AppendResult.SUPERSEDED, append(store, wrong), "at head " + head);
        }

        assertEquals(before, store.find(KEY).orElseThrow());
        assertEquals(3, store.read(KEY, 0, 10).size());
    }

    @Test
    void appendsToAThreadThatIsGoneAreSuperseded() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        assertTrue(store.delete(KEY, at(LEASE)));

        assertEquals(
                AppendResult.SUPERSEDED, append(store, appendOf(state, 0, entries(1, 1), ThreadStatus.RUNNING, 1)));
        assertEquals(Optional.empty(), store.find(KEY));
    }

    @Test
    void aWriterOfADeletedThreadCanNotAppendToItsSuccessor() {
        ThreadState old = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        store.delete(KEY, at(LEASE));
        ThreadState successor = store.claim(KEY, claim(Claim.Mode.CREATE, "b", LEASE));

        AppendResult result = append(store, appendOf(old, 0, entries(1, 1), ThreadStatus.RUNNING, LEASE));

        assertNotEquals(old.epoch(), successor.epoch());
        assertEquals(AppendResult.SUPERSEDED, result);
        assertEquals(List.of(), store.read(KEY, 0, 10));
    }

    @Test
    void storesOrSupersedesEachAppendOfACallOnItsOwn() {
        ThreadState mine = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        ThreadState lost = store.claim(OTHER, claim(Claim.Mode.CREATE, "a", 0));
        store.claim(OTHER, claim(Claim.Mode.TAKE_OVER, "b", 1));
        ThreadState third = store.claim(OTHER_TENANT, claim(Claim.Mode.CREATE, "a", 0));

        List<AppendResult> results = store.append(List.of(
                appendOf(lost, 0, entries(1, 2), ThreadStatus.RUNNING, 2),
                appendOf(third, 0, entries(1, 3), ThreadStatus.FINISHED, 2),
                appendOf(mine, 0, entries(1, 1), ThreadStatus.RUNNING, 2),
                appendOf(mine, 5, entries(6, 1), ThreadStatus.RUNNING, 2),
                appendOf(mine, 1, entries(2, 2), ThreadStatus.INTERRUPTED, 3),
                appendOf(mine, 2, entries(3, 1), ThreadStatus.RUNNING, 4)));

        assertEquals(
                List.of(
                        AppendResult.SUPERSEDED,
                        AppendResult.STORED,
                        AppendResult.STORED,
                        AppendResult.SUPERSEDED,
                        AppendResult.STORED,
                        AppendResult.SUPERSEDED),
                results);
        assertEquals(0, store.find(OTHER).orElseThrow().head());
        assertEquals(3, store.read(OTHER_TENANT, 0, 10).size());
        assertEquals(sequences(1, 3), sequencesOf(store.read(KEY, 0, 10)));
        assertEquals(ThreadStatus.INTERRUPTED, store.find(KEY).orElseThrow().status());
        assertEquals(List.of(), store.append(List.of()));
    }

    @Test
    void takesAThousandEntriesAndAppendsAtOnce() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        List<Append> appends = IntStream.range(0, 1_000)
                .mapToObj(i -> appendOf(state, i, entries(i + 1, 1), ThreadStatus.RUNNING, i))
                .toList();

        List<AppendResult> results = store.append(appends);

        assertTrue(results.stream().allMatch(AppendResult.STORED::equals));
        append(store, appendOf(state, 1_000, entries(1_001, 1_000), ThreadStatus.RUNNING, 1_001));
        assertEquals(sequences(1, 2_000), sequencesOf(store.read(KEY, 0, 5_000)));
    }

    @Test
    void readsInPages() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        write(state, 10);
        write(store.claim(OTHER, claim(Claim.Mode.CREATE, "a", 0)), 20);

        assertEquals(sequences(1, 4), sequencesOf(store.read(KEY, 0, 4)));
        assertEquals(sequences(5, 8), sequencesOf(store.read(KEY, 4, 4)));
        assertEquals(sequences(9, 10), sequencesOf(store.read(KEY, 8, 4)));
        assertEquals(List.of(), store.read(KEY, 10, 4));
        assertEquals(List.of(), store.read(KEY, 1_000, 4));
        assertEquals(10, store.read(KEY, 0, Integer.MAX_VALUE).size());
        assertThrows(IllegalArgumentException.class, () -> store.read(KEY, -1, 4));
        assertThrows(IllegalArgumentException.class, () -> store.read(KEY, 0, 0));
    }

    @Test
    void findsTheNewestSnapshotAtOrBeforeASequence() {
        writeWithSnapshotsAt(store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0)), 12, List.of(3L, 7L));

        assertEquals(OptionalLong.empty(), store.findSnapshot(KEY, 0));
        assertEquals(OptionalLong.empty(), store.findSnapshot(KEY, 2));
        assertEquals(OptionalLong.of(3), store.findSnapshot(KEY, 3));
        assertEquals(OptionalLong.of(3), store.findSnapshot(KEY, 6));
        assertEquals(OptionalLong.of(7), store.findSnapshot(KEY, 12));
        assertEquals(OptionalLong.of(7), store.findSnapshot(KEY, Long.MAX_VALUE));
    }

    @Test
    void compactsUpToASnapshotAndKeepsTheHead() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        writeWithSnapshotsAt(state, 12, List.of(3L, 7L));
        ThreadState before = store.find(KEY).orElseThrow();
        write(store.claim(OTHER, claim(Claim.Mode.CREATE, "a", 0)), 5);

        assertEquals(6, store.compact(KEY, state.epoch(), 7));

        assertEquals(before, store.find(KEY).orElseThrow());
        assertEquals(sequences(7, 12), sequencesOf(store.read(KEY, 0, 100)));
        assertEquals(sequences(9, 10), sequencesOf(store.read(KEY, 8, 2)));
        assertEquals(OptionalLong.of(7), store.findSnapshot(KEY, 12));
        assertEquals(OptionalLong.empty(), store.findSnapshot(KEY, 6));
        assertEquals(5, store.read(OTHER, 0, 100).size());
        assertEquals(0, store.compact(KEY, state.epoch(), 7));
        Append next = appendOf(state, 12, entries(13, 1), ThreadStatus.RUNNING, 20);
        assertEquals(AppendResult.STORED, append(store, next));
        assertEquals(sequences(7, 13), sequencesOf(store.read(KEY, 0, 100)));
    }

    @Test
    void neverCompactsAtAnEntryThatIsNoSnapshot() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        writeWithSnapshotsAt(state, 12, List.of(3L, 7L));
        store.compact(KEY, state.epoch(), 7);

        for (long before : new long[] {-1, 0, 3, 6, 8, 12, 13, Long.MAX_VALUE}) {
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class, () -> store.compact(KEY, state.epoch(), before), "at " + before);
            assertTrue(String.valueOf(refusal.getMessage()).contains(String.valueOf(before)));
        }

        assertEquals(sequences(7, 12), sequencesOf(store.read(KEY, 0, 100)));
    }

    @Test
    void compactsNothingForAWriterThatWasTakenOver() {
        ThreadState first = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        writeWithSnapshotsAt(first, 5, List.of(3L));
        store.claim(KEY, claim(Claim.Mode.TAKE_OVER, "b", 1));

        assertEquals(0, store.compact(KEY, first.epoch(), 3));

        assertEquals(5, store.read(KEY, 0, 100).size());
    }

    @Test
    void deletesAThreadAndItsLogUnlessALeaseHolds() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "worker-7", 0));
        write(state, 5);
        write(store.claim(OTHER, claim(Claim.Mode.CREATE, "a", 0)), 2);

        StudioException refusal = refused(ErrorCode.THREAD_BUSY, () -> store.delete(KEY, at(LEASE - 1)));
        assertTrue(refusal.what().contains("worker-7"), refusal::what);
        append(store, appendOf(state, 5, List.of(), ThreadStatus.FINISHED, 6));
        assertTrue(store.delete(KEY, at(7)));

        assertFalse(store.delete(KEY, at(7)));
        assertEquals(Optional.empty(), store.find(KEY));
        assertEquals(List.of(), store.read(KEY, 0, 10));
        assertEquals(2, store.read(OTHER, 0, 10).size());
        assertEquals(0, store.claim(KEY, claim(Claim.Mode.CREATE, "b", 8)).head());
        assertEquals(List.of(), store.read(KEY, 0, 10));
    }

    @Test
    void deletesEverythingOfATenantWhoeverHoldsIt() {
        ThreadState held = store.claim(KEY, claim(Claim.Mode.CREATE, "worker-7", 0));
        write(held, 3);
        write(store.claim(OTHER, claim(Claim.Mode.CREATE, "a", 0)), 2);
        write(store.claim(OTHER_TENANT, claim(Claim.Mode.CREATE, "a", 0)), 1);

        assertEquals(2, store.deleteAll(KEY.tenant()));

        assertEquals(List.of(), store.list(KEY.tenant(), List.of(), 0, 10));
        assertEquals(List.of(), store.read(KEY, 0, 10));
        assertEquals(AppendResult.SUPERSEDED, append(store, appendOf(held, 3, entries(4, 1), ThreadStatus.RUNNING, 1)));
        assertEquals(1, store.read(OTHER_TENANT, 0, 10).size());
        assertEquals(0, store.deleteAll(KEY.tenant()));
        assertEquals(0, store.claim(KEY, claim(Claim.Mode.CREATE, "b", 8)).head());
        assertEquals(List.of(), store.read(KEY, 0, 10));
    }

    @Test
    void listsThreadsUpdatedLastFirstInPagesAndByStatus() {
        for (int i = 0; i < 9; i++) {
            ThreadKey key = new ThreadKey("acme", "t" + i);
            ThreadState state = store.claim(key, claim(Claim.Mode.CREATE, "a", 0));
            ThreadStatus status = i % 3 == 0 ? ThreadStatus.INTERRUPTED : ThreadStatus.FINISHED;
            append(store, appendOf(state, 0, entries(1, 1), status, i / 2));
        }
        store.claim(new ThreadKey("acme", "B"), claim(Claim.Mode.CREATE, "a", -5));
        store.claim(new ThreadKey("acme", "a"), claim(Claim.Mode.CREATE, "a", -5));
        store.claim(OTHER_TENANT, claim(Claim.Mode.CREATE, "a", 100));

        List<ThreadStatus> any = List.of();
        assertEquals(
                List.of("t8", "t6", "t7", "t4", "t5", "t2", "t3", "t0", "t1", "B", "a"),
                names(store.list("acme", any, 0, 10_000)));
        assertEquals(List.of("t4", "t5", "t2"), names(store.list("acme", any, 3, 3)));
        assertEquals(List.of("a"), names(store.list("acme", any, 10, 3)));
        assertEquals(List.of(), store.list("acme", any, 11, 3));
        assertEquals(List.of("t6", "t3", "t0"), names(store.list("acme", List.of(ThreadStatus.INTERRUPTED), 0, 10)));
        assertEquals(
                List.of("t3", "t0", "B"),
                names(store.list("acme", List.of(ThreadStatus.RUNNING, ThreadStatus.INTERRUPTED), 1, 3)));
        assertEquals(
                store.find(OTHER_TENANT).stream().toList(),
                store.list("umbrella", List.of(ThreadStatus.RUNNING), 0, 1));
        assertThrows(IllegalArgumentException.class, () -> store.list("acme", any, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> store.list("acme", any, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> store.list("acme", any, 0, 10_001));
    }

    @Test
    void neverMixesTenantsThatUseTheSameName() {
        ThreadState acme = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        ThreadState umbrella = store.claim(OTHER_TENANT, claim(Claim.Mode.CREATE, "b", 0));
        write(acme, 3);
        write(umbrella, 5);

        assertEquals(3, store.read(KEY, 0, 10).size());
        assertEquals(5, store.read(OTHER_TENANT, 0, 10).size());
        assertEquals(Optional.of("a"), store.find(KEY).orElseThrow().owner());
        assertEquals(1, store.list("acme", List.of(), 0, 10).size());
        assertTrue(store.delete(KEY, at(10 * LEASE)));
        assertEquals(5, store.find(OTHER_TENANT).orElseThrow().head());
        assertEquals(5, store.read(OTHER_TENANT, 0, 10).size());
    }

    @Test
    void keepsTimesToTheMicrosecondAndAlsoFarAwayOnes() {
        Instant now = Instant.parse("2026-11-21T10:00:00.123456Z");
        Instant until = Instant.parse("9999-12-31T23:59:59.999999Z");

        ThreadState state = store.claim(KEY, new Claim(Claim.Mode.CREATE, "a", now, until, "g", 1));

        assertEquals(now, state.updatedAt());
        assertEquals(until, state.leaseUntil());
        ThreadState endless = store.claim(KEY, new Claim(Claim.Mode.TAKE_OVER, "a", now, Instant.MAX, "g", 1));
        assertTrue(endless.leaseUntil().isAfter(until));
        assertEquals(Optional.of(endless), store.find(KEY));
    }

    @Test
    void closesTwiceAndRefusesEverythingAfterwards() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));

        store.close();
        store.close();

        for (Supplier<?> call : List.<Supplier<?>>of(
                () -> store.find(KEY),
                () -> store.claim(KEY, claim(Claim.Mode.TAKE_OVER, "b", 1)),
                () -> append(store, appendOf(state, 0, List.of(), ThreadStatus.RUNNING, 1)),
                () -> store.read(KEY, 0, 1),
                () -> store.findSnapshot(KEY, 1),
                () -> store.list("acme", List.of(), 0, 1),
                () -> store.compact(KEY, 1, 1),
                () -> store.delete(KEY, at(1)))) {
            assertThrows(IllegalStateException.class, call::get);
        }
    }

    @Test
    void keepsEverythingWhenOpenedAgain() {
        ThreadState state = store.claim(KEY, claim(Claim.Mode.CREATE, "a", 0));
        writeWithSnapshotsAt(state, 12, List.of(3L, 7L));
        store.compact(KEY, state.epoch(), 3);
        ThreadState before = store.find(KEY).orElseThrow();
        List<CheckpointEntry> read = store.read(KEY, 0, 100);
        store.close();

        Optional<CheckpointStore> again = openAgain();
        assumeTrue(again.isPresent(), "this store keeps nothing");
        try (CheckpointStore reopened = again.orElseThrow()) {
            assertEquals(Optional.of(before), reopened.find(KEY));
            assertEquals(store.key(), reopened.key());
            List<CheckpointEntry> reread = reopened.read(KEY, 0, 100);
            assertEquals(sequencesOf(read), sequencesOf(reread));
            for (int i = 0; i < read.size(); i++) {
                assertEquals(read.get(i).kind(), reread.get(i).kind());
                assertArrayEquals(read.get(i).body(), reread.get(i).body());
                assertArrayEquals(read.get(i).mac(), reread.get(i).mac());
            }
            Append next = appendOf(state, 12, entries(13, 1), ThreadStatus.FINISHED, 20);
            assertEquals(AppendResult.STORED, append(reopened, next));
        }
    }

    private void write(ThreadState state, int count) {
        append(store, appendOf(state, state.head(), entries(state.head() + 1, count), ThreadStatus.RUNNING, 0));
    }

    private void writeWithSnapshotsAt(ThreadState state, int count, List<Long> snapshots) {
        List<CheckpointEntry> entries = sequences(1, count).stream()
                .map(s -> entry(s, snapshots.contains(s) ? EntryKind.SNAPSHOT : EntryKind.STEP))
                .toList();
        assertEquals(AppendResult.STORED, append(store, appendOf(state, 0, entries, ThreadStatus.RUNNING, 1)));
    }

    private static List<String> names(List<ThreadState> states) {
        return states.stream().map(state -> state.key().thread()).toList();
    }

    private static StudioException refused(ErrorCode code, Supplier<?> call) {
        StudioException refusal = assertThrows(StudioException.class, call::get);
        assertEquals(code, refusal.code(), refusal::what);
        return refusal;
    }
}
