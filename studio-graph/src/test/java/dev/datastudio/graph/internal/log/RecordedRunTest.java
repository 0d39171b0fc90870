package dev.datastudio.graph.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.RandomProgram;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.event.Interrupt;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.run.Checkpoint;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.Run;
import dev.datastudio.graph.run.RunOptions;
import dev.datastudio.graph.run.RunOutcome;
import dev.datastudio.graph.run.Threads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs of random programs, run on a store and stopped and resumed again and again, against what was seen live. */
class RecordedRunTest {
    private static final int PROGRAMS = 40;
    private static final int CUT_PROGRAMS = 6;
    private static final int CUTS = 25;
    private static final String THREAD = "t";

    private final long first = new Random().nextInt();

    /** A random program in a thread of its own store, on one worker, so that the same seed does the same. */
    private static final class Player implements AutoCloseable {
        private final long seed;
        private final CheckpointStore store = InMemoryCheckpointStore.create();
        private final Engine engine =
                Engine.builder().store(store).maxConcurrency(1).build();
        private final RandomProgram program;
        private final Durability durability;

        /** By super-step, as seen in events. */
        private final TreeMap<Integer, String> live = new TreeMap<>();

        private CompletableFuture<Run<RandomProgram.Out>> run = new CompletableFuture<>();

        Player(long seed, Durability durability) {
            this.seed = seed;
            this.durability = durability;
            this.program = new RandomProgram(seed, update -> run.join().send(update));
        }

        private RunOptions options(String thread) {
            return RunOptions.builder()
                    .thread(thread)
                    .durability(durability)
                    .listener(this::see)
                    .build();
        }

        private void see(RunEvent event) {
            if (event instanceof RunEvent.StepFinished step && step.graph().isEmpty()) {
                live.put(step.step(), shown(step.state(), true));
            }
        }

        RunOutcome<RandomProgram.Out> start() {
            run.complete(engine.start(program.graph(), new RandomProgram.In(1), options(THREAD)));
            return run.join().outcome();
        }

        /** Goes on after a stop, with an answer to all that was asked. */
        RunOutcome<RandomProgram.Out> goOn(String thread) {
            Resume how = Resume.goOn();
            for (Interrupt one : threads().state(program.graph(), thread).interrupts()) {
                if (one.kind() == Interrupt.Kind.QUESTION) {
                    how = how.and(one.id(), "a" + one.key().hashCode() % 100);
                }
            }
            run = new CompletableFuture<>();
            run.complete(engine.resume(program.graph(), thread, how, options(thread)));
            return run.join().outcome();
        }

        RandomProgram.Out toTheEnd(String thread) {
            for (int i = 0; i < 2_000; i++) {
                if (goOn(thread) instanceof RunOutcome.Finished<RandomProgram.Out> finished) {
                    return finished.output();
                }
            }
            throw new AssertionError("seed " + seed + " does not end");
        }

        Threads threads() {
            return engine.threads(Caller.LOCAL);
        }

        ThreadKey key(String thread) {
            return new ThreadKey(Caller.LOCAL.tenant(), thread);
        }

        SavedThread replay(String thread, long upTo) {
            Plan<?, ?> plan = Plan.from(program.graph());
            ThreadCodec.Replay replay = new ThreadCodec(plan, key(thread), store.key()).replay(store, upTo);
            assertEquals(List.of(), replay.damage(), () -> "seed " + seed);
            return replay.thread();
        }

        List<CheckpointEntry> entries() {
            List<CheckpointEntry> all = new ArrayList<>();
            List<CheckpointEntry> page = store.read(key(THREAD), 0, 1_000);
            while (!page.isEmpty()) {
                all.addAll(page);
                page = store.read(key(THREAD), all.get(all.size() - 1).sequence(), 1_000);
            }
            return all;
        }

        /** Begins the thread with entries that another process wrote before it died. */
        void take(List<CheckpointEntry> entries) {
            Instant now = Instant.now();
            ThreadState claimed =
                    store.claim(key(THREAD), new Claim(Claim.Mode.CREATE, "dead", now, now.plusSeconds(9), "g", 1));
            store.append(List.of(new Append(
                    key(THREAD), claimed.epoch(), 0, entries, ThreadStatus.FAILED, now, now.plusSeconds(9))));
        }

        void requireLive(String thread) {
            for (Checkpoint one : threads().history(program.graph(), thread)) {
                String seen = live.get(one.step());
                if (seen != null) {
                    assertEquals(
                            seen,
                            shown(root(replay(thread, one.sequence())).state(), true),
                            () -> "seed " + seed + " entry " + one.sequence());
                }
            }
        }

        @Override
        public void close() {
            engine.close();
            store.close();
        }
    }

    private static SavedLoop root(SavedThread thread) {
        return java.util.Objects.requireNonNull(thread.loops().get(""));
    }

    private static String shown(View state, boolean isRoot) {
        String own = state.get(RandomProgram.NUMBER) + " " + state.get(RandomProgram.LOG) + " "
                + state.get(RandomProgram.SUM) + " " + state.find(RandomProgram.NOTE);
        return isRoot ? own + " " + state.get(RandomProgram.SENT) : own;
    }

    /** All that a thread is but for times and events, which tell of checkpoints too, in one order. */
    private static String shown(SavedThread thread) {
        Map<String, String> parts = new TreeMap<>();
        thread.loops().forEach((path, loop) -> {
            TreeSet<String> results = new TreeSet<>();
            loop.results().forEach(one -> results.add(one.node() + one.number() + shown(one.update()) + one.failure()));
            parts.put(
                    "loop " + path,
                    loop.step() + " " + shown(loop.state(), path.isEmpty()) + " "
                            + loop.next().next() + loop.next().waiting()
                            + new TreeMap<>(loop.next().arrivals())
                            + loop.next().fired() + results);
        });
        thread.memos()
                .forEach((task, values) ->
                        values.forEach((name, value) -> parts.put("memo " + task + name, shown(value))));
        thread.effects()
                .forEach((name, value) -> parts.put(
                        "effect " + name, value.map(RecordedRunTest::shown).orElse("claimed")));
        thread.answers().forEach((id, value) -> parts.put("answer " + id, shown(value)));
        thread.interrupts().forEach(one -> parts.put("interrupt " + one.id(), one.toString()));
        parts.put(
                "rest",
                thread.status() + " "
                        + thread.queued().stream().map(RecordedRunTest::shown).toList() + " "
                        + thread.spent().steps());
        return parts.toString().replace(", ", ",\n");
    }

    private static String shown(@Nullable RawJson raw) {
        return raw == null ? "" : new String(raw.utf8(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static String shown(Update update) {
        return update.writes().stream()
                .map(write -> write.channel() + "=" + write.value())
                .toList()
                .toString();
    }

    @ParameterizedTest
    @EnumSource(
            value = Durability.class,
            names = {"SYNC", "GROUP"})
    void atEachCheckpointTheLogSaysWhatWasSeenLive(Durability durability) {
        int checkpoints = 0;
        for (long seed = first; seed < first + PROGRAMS; seed++) {
            try (Player player = new Player(seed, durability)) {
                RunOutcome<RandomProgram.Out> outcome = player.start();
                RandomProgram.Out out = outcome instanceof RunOutcome.Finished<RandomProgram.Out> finished
                        ? finished.output()
                        : player.toTheEnd(THREAD);

                player.requireLive(THREAD);
                SavedThread end = player.replay(THREAD, Long.MAX_VALUE);
                assertEquals(ThreadStatus.FINISHED, end.status());
                assertEquals(player.live.lastEntry().getValue(), shown(root(end).state(), true));
                assertEquals(out.log(), root(end).state().get(RandomProgram.LOG));
                checkpoints += player.live.size();
            }
        }
        assertTrue(checkpoints > PROGRAMS, "steps: " + checkpoints);
    }

    @Test
    void atEachStopTheLogOfStepsSaysWhatTheSnapshotOfTheEndSays() {
        int stops = 0;
        for (long seed = first; seed < first + PROGRAMS; seed++) {
            try (Player steps = new Player(seed, Durability.SYNC);
                    Player ends = new Player(seed, Durability.EXIT)) {
                RunOutcome<RandomProgram.Out> outcome = steps.start();
                ends.start();
                while (!(outcome instanceof RunOutcome.Finished)) {
                    long at = seed;
                    assertEquals(
                            shown(ends.replay(THREAD, Long.MAX_VALUE)),
                            shown(steps.replay(THREAD, Long.MAX_VALUE)),
                            () -> "seed " + at);
                    outcome = steps.goOn(THREAD);
                    assertInstanceOf(outcome.getClass(), ends.goOn(THREAD));
                    stops++;
                }
                assertEquals(
                        shown(root(ends.replay(THREAD, Long.MAX_VALUE)).state(), true),
                        shown(root(steps.replay(THREAD, Long.MAX_VALUE)).state(), true));
            }
        }
        assertTrue(stops > PROGRAMS, "stops: " + stops);
    }

    @Test
    void whereverALogEndsTheRunGoesOnToTheSameEnd() {
        int prefixes = 0;
        for (long seed = first; seed < first + CUT_PROGRAMS; seed++) {
            try (Player whole = new Player(seed, Durability.SYNC)) {
                whole.start();
                RandomProgram.Out expected =
                        whole.replay(THREAD, Long.MAX_VALUE).status() == ThreadStatus.FINISHED
                                ? new RandomProgram.Out(root(whole.replay(THREAD, Long.MAX_VALUE))
                                        .state()
                                        .get(RandomProgram.LOG))
                                : whole.toTheEnd(THREAD);
                List<CheckpointEntry> entries = whole.entries();
                int stride = 1 + entries.size() / CUTS;
                for (int length = 1; length < entries.size(); length += stride) {
                    try (Player rest = new Player(seed, Durability.SYNC)) {
                        rest.take(entries.subList(0, length));
                        SavedThread before = rest.replay(THREAD, Long.MAX_VALUE);
                        if (before.status() == ThreadStatus.FINISHED) {
                            continue;
                        }

                        RandomProgram.Out out = rest.toTheEnd(THREAD);

                        String where = "seed " + seed + " cut after " + length;
                        assertEquals(expected.log(), out.log(), where);
                        requireOnce(whole, before, rest, where);
                        prefixes++;
                    }
                }
            }
        }
        assertTrue(prefixes > 2 * CUT_PROGRAMS, "cuts: " + prefixes);
    }

    /** What the log says is done was not done again, and the rest was done once. */
    private static void requireOnce(Player whole, SavedThread before, Player rest, String where) {
        Map<String, Integer> expected = whole.program.performed();
        before.effects().forEach((key, value) -> value.ifPresent(done -> expected.remove(key)));
        assertEquals(expected, rest.program.performed(), where);
    }

    @Test
    void snapshotsCompactionForksAndEditsInTheMiddleChangeNothingElse() {
        int changes = 0;
        for (long seed = first; seed < first + PROGRAMS; seed++) {
            Random random = new Random(seed);
            try (Player player = new Player(seed, Durability.SYNC)) {
                RunOutcome<RandomProgram.Out> outcome = player.start();
                while (!(outcome instanceof RunOutcome.Finished)) {
                    change(player, random, "seed " + seed);
                    outcome = player.goOn(THREAD);
                    changes++;
                }
                player.requireLive(THREAD);
                fork(player, random, "seed " + seed);
            }
        }
        assertTrue(changes > PROGRAMS, "changes: " + changes);
    }

    private static void change(Player player, Random random, String where) {
        String before = shown(player.replay(THREAD, Long.MAX_VALUE));
        switch (random.nextInt(3)) {
            case 0 -> player.threads().compact(player.program.graph(), THREAD, 1 + random.nextInt(3));
            case 1 -> player.threads().edit(player.program.graph(), THREAD, Update.none());
            default -> {
                return;
            }
        }
        String after = shown(player.replay(THREAD, Long.MAX_VALUE));
        assertEquals(withoutStatus(before), withoutStatus(after), where);
    }

    private static String withoutStatus(String shown) {
        return shown.replaceAll("rest=[A-Z]+", "rest=");
    }

    private static void fork(Player player, Random random, String where) {
        List<Checkpoint> history = player.threads().history(player.program.graph(), THREAD);
        Checkpoint from = history.get(random.nextInt(history.size()));
        player.threads()
                .fork(player.program.graph(), THREAD, from.sequence(), "fork", Update.of(RandomProgram.SENT.add("x")));

        SavedThread old = player.replay(THREAD, from.sequence());
        SavedThread made = player.replay("fork", Long.MAX_VALUE);

        List<String> sent = new ArrayList<>(root(old).state().get(RandomProgram.SENT));
        sent.add("x");
        assertEquals(sent, root(made).state().get(RandomProgram.SENT), where);
        assertEquals(
                root(old).state().get(RandomProgram.LOG), root(made).state().get(RandomProgram.LOG), where);
        assertEquals(root(old).next(), root(made).next(), where);
        assertEquals(old.effects().keySet(), made.effects().keySet(), where);
        if (!root(made).next().next().isEmpty()) {
            List<String> log = player.threads()
                    .state(player.program.graph(), THREAD)
                    .state()
                    .get(RandomProgram.LOG);
            assertEquals(log, player.toTheEnd("fork").log(), where);
        }
    }
}
