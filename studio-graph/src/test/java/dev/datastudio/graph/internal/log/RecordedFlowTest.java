package dev.datastudio.graph.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.Append;
import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.Claim;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadState;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.RandomFlow;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.run.Checkpoint;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.Resume;
import dev.datastudio.graph.run.RunOptions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Logs of random graphs with joins of all kinds, loops, fan-outs, deferred and error nodes. */
class RecordedFlowTest {
    private static final int FLOWS = 60;
    private static final int CUTS = 12;

    private final long first = new Random().nextInt();

    private static ThreadKey key(String thread) {
        return new ThreadKey(Caller.LOCAL.tenant(), thread);
    }

    private static RunOptions.Builder options(String thread) {
        return RunOptions.builder().thread(thread).durability(Durability.SYNC);
    }

    @Test
    void atEachCheckpointTheLogSaysWhatWasSeenLive() {
        for (long seed = first; seed < first + FLOWS; seed++) {
            Graph<RandomFlow.In, RandomFlow.Out> graph = RandomFlow.of(seed).mended();
            TreeMap<Integer, List<String>> live = new TreeMap<>();
            live.put(0, List.of());
            try (CheckpointStore store = InMemoryCheckpointStore.create();
                    Engine engine =
                            Engine.builder().store(store).maxConcurrency(1).build()) {
                engine.run(
                        graph,
                        new RandomFlow.In(),
                        options("t")
                                .listener(event -> {
                                    if (event instanceof RunEvent.StepFinished step) {
                                        live.put(step.step(), step.state().get(RandomFlow.LOG));
                                    }
                                })
                                .build());

                List<Checkpoint> history = engine.threads(Caller.LOCAL).history(graph, "t");
                assertEquals(live.size(), history.size(), "seed " + seed);
                for (Checkpoint one : history) {
                    assertEquals(
                            live.get(one.step()),
                            engine.threads(Caller.LOCAL)
                                    .state(graph, "t", one.sequence())
                                    .state()
                                    .get(RandomFlow.LOG),
                            "seed " + seed + " step " + one.step());
                }
            }
        }
    }

    @Test
    void whereverALogEndsTheRunGoesOnToTheSameEnd() {
        int cuts = 0;
        for (long seed = first; seed < first + FLOWS; seed++) {
            Graph<RandomFlow.In, RandomFlow.Out> graph = RandomFlow.of(seed).mended();
            try (CheckpointStore store = InMemoryCheckpointStore.create();
                    Engine engine =
                            Engine.builder().store(store).maxConcurrency(1).build()) {
                List<String> expected = engine.run(
                                graph, new RandomFlow.In(), options("t").build())
                        .log();
                List<CheckpointEntry> entries = store.read(key("t"), 0, 10_000);
                for (int length = 1; length < entries.size() - 1; length += 1 + entries.size() / CUTS) {
                    String thread = "cut" + length;
                    copy(store, entries.subList(0, length), thread);

                    List<String> log = engine.resume(
                                    graph,
                                    thread,
                                    Resume.goOn(),
                                    options(thread).build())
                            .await()
                            .log();

                    assertEquals(expected, log, "seed " + seed + " cut after " + length);
                    cuts++;
                }
            }
        }
        assertTrue(cuts > FLOWS, "cuts: " + cuts);
    }

    /** What a process wrote before it died. */
    private static void copy(CheckpointStore store, List<CheckpointEntry> entries, String thread) {
        Instant now = Instant.now();
        ThreadState claimed =
                store.claim(key(thread), new Claim(Claim.Mode.CREATE, "dead", now, now.plusSeconds(9), "random", 1));
        store.append(List.of(
                new Append(key(thread), claimed.epoch(), 0, entries, ThreadStatus.FAILED, now, now.plusSeconds(9))));
    }
}
