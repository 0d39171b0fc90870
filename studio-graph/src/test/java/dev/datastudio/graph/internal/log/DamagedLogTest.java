package dev.datastudio.graph.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.State;
import dev.datastudio.graph.internal.log.LogRecord.Answered;
import dev.datastudio.graph.internal.log.LogRecord.Asked;
import dev.datastudio.graph.internal.log.LogRecord.EffectClaimed;
import dev.datastudio.graph.internal.log.LogRecord.EffectDone;
import dev.datastudio.graph.internal.log.LogRecord.Queued;
import dev.datastudio.graph.internal.log.LogRecord.Snapshot;
import dev.datastudio.graph.internal.log.LogRecord.StepDone;
import dev.datastudio.graph.internal.log.LogRecord.TaskDone;
import dev.datastudio.graph.internal.log.ThreadCodec.Replay;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DamagedLogTest {
    private static final CheckpointKey KEY = CheckpointKey.of(new byte[32]);

    /** What stands before the newest snapshot is not read. */
    private static final long SNAPSHOT = 6;

    private final Plan<?, ?> plan = ThreadCodecTest.plan();
    private final ThreadKey thread = ThreadCodecTest.THREAD;

    /** Two steps, a snapshot, an effect, and two more steps. */
    private ListStore log(ThreadKey key) {
        ListStore store = new ListStore();
        ThreadCodec codec = new ThreadCodec(plan, key, Optional.of(KEY));
        State state = ThreadCodecTest.plan().begin(new ThreadCodecTest.In(1));
        store.add(codec.encode(1, new Snapshot(ThreadCodecTest.begun(plan, state, ThreadCodecTest.next("a", "b")))));
        store.add(codec.encode(
                2,
                new TaskDone(
                        "", 1, result("b", Update.of(ThreadCodecTest.NOTES.add("b"), ThreadCodecTest.SUM.add(1L))))));
        state = state.plus(Update.of(ThreadCodecTest.NOTES.add("b"), ThreadCodecTest.SUM.add(1L)));
        store.add(codec.encode(3, step(1, List.of(result("a", Update.none())), state, "a")));
        store.add(codec.encode(4, new EffectClaimed("mail")));
        store.add(codec.encode(5, new EffectDone("mail", codec.raw("sent"))));
        SavedThread now = codec.replay(store, 5).thread();
        store.add(codec.encode(6, new Snapshot(now)));
        for (int step = 2; step <= 3; step++) {
            Update update = Update.of(ThreadCodecTest.COUNT.set(step * 10), ThreadCodecTest.SUM.add(5L));
            state = state.plus(update);
            store.add(codec.encode(5 + step, step(step, List.of(result("a", update)), state, "a")));
        }
        return store;
    }

    private static TaskResult result(String node, Update update) {
        return new TaskResult(node, 0, update, Optional.empty());
    }

    private static StepDone step(int step, List<TaskResult> results, State after, String next) {
        return new StepDone(
                "", step, results, 0, List.of(), after, ThreadCodecTest.next(next), new Spent(step, 0, 0, step), step);
    }

    private Replay replay(ListStore store) {
        return new ThreadCodec(plan, thread, Optional.of(KEY)).replay(store, Long.MAX_VALUE);
    }

    /** All that a thread is, as bytes. */
    private String shown(SavedThread read) {
        ThreadCodec codec = new ThreadCodec(plan, thread, Optional.empty());
        return new String(codec.encode(1, new Snapshot(read)).body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static CheckpointEntry with(CheckpointEntry entry, byte[] body, byte[] mac) {
        return new CheckpointEntry(entry.sequence(), entry.kind(), body, mac);
    }

    private void requireDamageFound(ListStore store, long at, String sound) {
        try {
            Replay replay = replay(store);

            if (at < SNAPSHOT && replay.damage().isEmpty()) {
                assertEquals(sound, shown(replay.thread()));
                return;
            }
            assertFalse(replay.damage().isEmpty(), () -> "entry " + at + " was changed, and nobody noticed");
            assertTrue(replay.damage().stream().anyMatch(one -> one.entry() == at), replay.damage()::toString);
            assertTrue(replay.needsSnapshot());
            long used = replay.damage().get(0).usedInstead();
            SavedThread expected = new ThreadCodec(plan, thread, Optional.of(KEY))
                    .replay(log(thread), used)
                    .thread();
            assertEquals(
                    ThreadCodecTest.own(expected).step(),
                    ThreadCodecTest.own(replay.thread()).step());
            String state = shown(expected).replaceAll("\"e[cd]\":.*?[\\]}],", "");
            assertEquals(state, shown(replay.thread()).replaceAll("\"e[cd]\":.*?[\\]}],", ""));
            assertEquals(1, replay.thread().effects().size());
            assertTrue(replay.thread().effects().values().stream().allMatch(Optional::isPresent));
        } catch (StudioException e) {
            assertEquals(ErrorCode.CHECKPOINT_DAMAGED, e.code(), e::getMessage);
            assertTrue(e.what().contains("ntry " + at), e::what);
        }
        assertEquals(sound, shown(replay(log(thread)).thread()));
    }

    @Test
    void everyFlippedByteIsNamedAndAnEarlierStateUsed() {
        String sound = shown(replay(log(thread)).thread());
        int entries = log(thread).entries.size();
        for (int i = 0; i < entries; i++) {
            CheckpointEntry entry = log(thread).entries.get(i);
            for (int at = 0; at < entry.body().length + entry.mac().length; at++) {
                byte[] body = entry.body().clone();
                byte[] mac = entry.mac().clone();
                if (at < body.length) {
                    body[at] ^= (byte) (1 << (at % 8));
                } else {
                    mac[at - body.length] ^= (byte) (1 << (at % 8));
                }
                ListStore store = log(thread);
                store.entries.set(i, with(entry, body, mac));

                requireDamageFound(store, i + 1, sound);
            }
        }
    }

    @Test
    void everyCutIsNamedAndAnEarlierStateUsed() {
        String sound = shown(replay(log(thread)).thread());
        int entries = log(thread).entries.size();
        for (int i = 0; i < entries; i++) {
            CheckpointEntry entry = log(thread).entries.get(i);
            for (int length = 0; length < entry.body().length; length++) {
                ListStore store = log(thread);
                store.entries.set(i, with(entry, Arrays.copyOf(entry.body(), length), entry.mac()));

                requireDamageFound(store, i + 1, sound);
            }
        }
    }

    @Test
    void aChangedKindIsNamedAndTheEntryStillCounts() {
        for (int i = 1; i < 8; i++) {
            for (EntryKind kind : EntryKind.values()) {
                ListStore store = log(thread);
                CheckpointEntry entry = store.entries.get(i);
                if (kind == entry.kind()) {
                    continue;
                }
                store.entries.set(i, new CheckpointEntry(entry.sequence(), kind, entry.body(), entry.mac()));

                requireDamageFound(store, i + 1, shown(replay(log(thread)).thread()));
            }
        }
    }

    @Test
    void aMissingEntryIsRefusedAsItMayHaveClaimedAnEffect() {
        ListStore store = log(thread);
        store.entries.remove(6);

        StudioException error = assertThrows(StudioException.class, () -> replay(store));

        assertEquals(ErrorCode.CHECKPOINT_DAMAGED, error.code());
        assertTrue(error.what().startsWith("Entry 7 of thread 't1' is missing"), error::what);
        assertTrue(error.mend().endsWith("fork the thread from its last checkpoint before entry 7"), error::mend);
        Replay before = new ThreadCodec(plan, thread, Optional.of(KEY)).replay(store, 6);
        assertEquals(1, ThreadCodecTest.own(before.thread()).step());
    }

    @Test
    void missingEntriesBehindADamagedOneAreRefused() {
        ListStore store = log(thread);
        CheckpointEntry second = store.entries.get(1);
        store.entries.set(1, with(second, new byte[] {'{'}, second.mac()));
        store.entries.set(5, with(store.entries.get(5), new byte[] {'{'}, second.mac()));
        store.entries.subList(3, 5).clear();

        StudioException error = assertThrows(StudioException.class, () -> replay(store));

        assertTrue(error.what().startsWith("Entries 4 to 5 of thread 't1' are missing"), error::what);
    }

    @Test
    void aLogShorterThanItsHeadIsRefused() {
        ListStore store = log(thread);
        store.entries.remove(7);

        StudioException error = assertThrows(StudioException.class, () -> replay(store));

        assertTrue(error.what().startsWith("Entry 8 of thread 't1' is missing"), error::what);
    }

    @Test
    void inputsAndAnswersBehindDamageCountAndTheRestIsNamedAsLost() {
        ListStore store = log(thread);
        ThreadCodec codec = new ThreadCodec(plan, thread, Optional.of(KEY));
        SavedThread now = codec.replay(store, 8).thread();
        Interrupt open = new Interrupt("a:4:0?q", "a", 4, 0, Interrupt.Kind.QUESTION, "q", Optional.empty(), "");
        store.add(codec.encode(9, new Asked(List.of(open), Spent.NOTHING, 9)));
        store.add(codec.encode(
                10,
                step(
                        4,
                        List.of(result("a", Update.none())),
                        ThreadCodecTest.own(now).state(),
                        "a")));
        store.add(codec.encode(11, new Queued(Update.of(ThreadCodecTest.NOTES.add("queued")))));
        store.add(codec.encode(12, new Answered("a:4:0?q", codec.raw("yes"))));
        store.add(codec.encode(13, new Answered("a:5:0?other", codec.raw("no"))));
        store.entries.set(9, with(store.entries.get(9), new byte[] {'{'}, new byte[32]));

        Replay replay = replay(store);

        assertEquals(
                List.of(10L, 13L),
                replay.damage().stream().map(ThreadCodec.Damage::entry).toList());
        assertEquals(3, ThreadCodecTest.own(replay.thread()).step());
        assertEquals(1, replay.thread().queued().size());
        assertEquals(java.util.Set.of("a:4:0?q"), replay.thread().answers().keySet());
        assertEquals(List.of(), replay.thread().interrupts());
        assertEquals(
                "it is an answer to what is not yet asked in the state before",
                replay.damage().get(1).what());
    }

    @Test
    void aRecordOfANewerVersionIsNamed() {
        for (EntryKind kind : List.of(EntryKind.STEP, EntryKind.INPUT)) {
            ListStore store = log(thread);
            byte[] body = "{\"k\":\"zz\",\"s\":4}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            store.add(new CheckpointEntry(9, kind, body, new Seal(thread, KEY).of(9, kind, body)));

            StudioException error = assertThrows(StudioException.class, () -> replay(store));

            assertEquals(ErrorCode.GRAPH_VERSION_MISMATCH, error.code());
            assertTrue(error.what().contains("'zz', which this version of Studio does not know"), error::what);
        }
    }

    @Test
    void aValueThatCanNotBeReadIsRefusedWhereAKeyProvesIt() {
        ListStore store = log(thread);
        byte[] body =
                "{\"s\":4,\"w\":{\"count\":\"four\"},\"n\":[\"a\"]}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        store.add(new CheckpointEntry(9, EntryKind.STEP, body, new Seal(thread, KEY).of(9, EntryKind.STEP, body)));

        StudioException error = assertThrows(StudioException.class, () -> replay(store));

        assertEquals(ErrorCode.GRAPH_VERSION_MISMATCH, error.code());
        assertTrue(error.what().contains("channel 'count'"), error::what);
        assertTrue(error.mend().endsWith("fork the thread from an earlier checkpoint"), error::mend);
    }

    @Test
    void withoutAKeyTheStateBeforeAValueThatCanNotBeReadIsUsed() {
        ListStore store = log(thread);
        byte[] body =
                "{\"s\":4,\"w\":{\"count\":\"four\"},\"n\":[\"a\"]}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        store.add(new CheckpointEntry(9, EntryKind.STEP, body, new byte[0]));

        Replay replay = new ThreadCodec(plan, thread, Optional.empty()).replay(store, Long.MAX_VALUE);

        assertEquals(3, ThreadCodecTest.own(replay.thread()).step());
        assertEquals(9, replay.damage().get(0).entry());
        assertEquals(8, replay.damage().get(0).usedInstead());
        assertTrue(replay.damage().get(0).what().contains("channel 'count'"), replay.damage()::toString);
        assertTrue(replay.needsSnapshot());
    }

    @Test
    void entriesOfAnotherThreadOrTenantAreRefused() {
        for (ThreadKey other : List.of(new ThreadKey("local", "t2"), new ThreadKey("other", "t1"))) {
            ListStore store = log(thread);
            store.entries.set(7, log(other).entries.get(7));

            assertEquals(8, replay(store).damage().get(0).entry());
        }
    }

    @Test
    void anEarlierEntryInALaterPlaceIsRefused() {
        ListStore store = log(thread);
        CheckpointEntry earlier = store.entries.get(6);
        store.entries.set(7, new CheckpointEntry(8, earlier.kind(), earlier.body(), earlier.mac()));

        assertEquals(8, replay(store).damage().get(0).entry());
    }

    @Test
    void aDamagedEffectBehindDamageIsAnErrorWithAWayOn() {
        ListStore store = log(thread);
        for (int i : List.of(2, 4, 5)) {
            CheckpointEntry entry = store.entries.get(i);
            store.entries.set(i, with(entry, new byte[] {'{'}, entry.mac()));
        }

        StudioException error = assertThrows(StudioException.class, () -> replay(store));

        assertEquals(ErrorCode.CHECKPOINT_DAMAGED, error.code());
        assertTrue(error.what().startsWith("Entry 5 of thread 't1' is damaged"), error::what);
        assertTrue(error.mend().endsWith("fork the thread from checkpoint 2"), error::mend);
    }

    @Test
    void anotherKeyReadsNothing() {
        CheckpointKey other = CheckpointKey.of("x".repeat(32).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        ThreadCodec codec = new ThreadCodec(plan, thread, Optional.of(other));

        StudioException error = assertThrows(StudioException.class, () -> codec.replay(log(thread), Long.MAX_VALUE));

        assertEquals(ErrorCode.CHECKPOINT_DAMAGED, error.code());
    }
}
