package dev.datastudio.benchmarks;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.api.checkpoint.ThreadKey;
import dev.datastudio.api.checkpoint.ThreadStatus;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.benchmarks.Benchmark.Effort;
import dev.datastudio.benchmarks.GraphTurns.Contender;
import dev.datastudio.benchmarks.GraphTurns.Cost;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.checkpoint.InMemoryCheckpointStore;
import dev.datastudio.graph.checkpoint.SqliteCheckpointStore;
import dev.datastudio.graph.run.Durability;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs that are kept: in memory beside another engine, on a disk beside what the disk and the database can do. */
final class GraphStored {
    private static final int STEPS = 10_000;
    private static final String THREAD = "thread";
    private static final ThreadKey KEY = new ThreadKey(Caller.LOCAL.tenant(), THREAD);
    private static final int MESSAGES = 2_000;
    private static final double MOST_MEGABYTES = 1;
    private static final double MOST_SECONDS = 0.15;
    private static final double FEWEST_STEPS = 200_000;

    private final Path folder;
    private final Effort effort;
    private int databases;

    private GraphStored(Path folder, Effort effort) {
        this.folder = folder;
        this.effort = effort;
    }

    static List<Measurement> measure(Path scratch, Effort effort) throws Exception {
        Path folder = GraphDisk.folder(scratch);
        try {
            GraphStored stored = new GraphStored(folder, effort);
            List<Measurement> rows = new ArrayList<>();
            rows.addAll(stored.memory());
            rows.addAll(stored.group());
            rows.add(stored.sync());
            rows.addAll(stored.messages());
            return rows;
        } finally {
            if (!folder.equals(scratch)) {
                Folders.delete(folder);
            }
        }
    }

    private List<Measurement> memory() throws Exception {
        Graph<GraphLoop.In, GraphLoop.Out> loop = GraphLoop.of(STEPS);
        List<Contender> contenders = List.of(
                () -> {
                    try (CheckpointStore store = InMemoryCheckpointStore.create()) {
                        return steps(store, loop, Durability.GROUP);
                    }
                },
                () -> GraphPeers.run(GraphPeers.langGraph4jWithMemory(STEPS)));
        List<Cost> costs = GraphTurns.of(effort).medians(contenders);
        String measure = "loop of 3 nodes, 10,000 steps, kept in memory";
        return List.of(
                Measurement.atMostBeside(
                        measure + ": processor time",
                        costs.get(0).cpuMicros(),
                        "us/step",
                        GraphPeers.LANGGRAPH4J + " with MemorySaver",
                        costs.get(1).cpuMicros(),
                        1),
                Measurement.atLeastTimes(
                        measure,
                        costs.get(0).perSecond(),
                        "steps/s",
                        GraphPeers.LANGGRAPH4J + " with MemorySaver",
                        costs.get(1).perSecond(),
                        30));
    }

    private List<Measurement> group() throws Exception {
        int steps = effort == Effort.QUICK ? 50_000 : 200_000;
        Graph<GraphLoop.In, GraphLoop.Out> loop = GraphLoop.of(steps);
        Path sample = database();
        try (CheckpointStore store = SqliteCheckpointStore.open(sample)) {
            steps(store, loop, Durability.GROUP);
        }
        GraphDisk.Rows rows = GraphDisk.Rows.of(sample);
        Interleaved.Medians medians = Interleaved.medianMillis(
                effort == Effort.QUICK ? 5 : 11,
                3,
                () -> {
                    try (CheckpointStore store = SqliteCheckpointStore.open(database())) {
                        return millis(() -> steps(store, loop, Durability.GROUP));
                    }
                },
                () -> rows.insertInto(database()));
        double ours = 1e3 * steps / medians.ours();
        double raw = 1e3 * steps / medians.theirs();
        String measure = "loop kept in SQLite, group";
        return List.of(
                Measurement.atLeast(measure, ours, "steps/s", "limit", FEWEST_STEPS),
                Measurement.atLeastTimes(
                        measure, ours, "steps/s", "the same rows by bare JDBC, 1,000 a transaction", raw, 0.5));
    }

    private Measurement sync() throws Exception {
        int steps = 1_500; // fewer would measure the growth of a new write-ahead log
        Graph<GraphLoop.In, GraphLoop.Out> loop = GraphLoop.of(steps);
        Interleaved.Medians medians = Interleaved.medianMillis(
                effort == Effort.QUICK ? 3 : 7,
                1,
                () -> {
                    try (CheckpointStore store = SqliteCheckpointStore.open(database())) {
                        return millis(() -> steps(store, loop, Durability.SYNC));
                    }
                },
                () -> millis(() -> GraphDisk.appendAndSync(database(), steps)));
        return Measurement.atLeastTimes(
                "loop kept in SQLite, sync",
                1e3 * steps / medians.ours(),
                "steps/s",
                "fdatasync after each append of 4 KiB to a file",
                1e3 * steps / medians.theirs(),
                0.8);
    }

    private List<Measurement> messages() throws Exception {
        for (int i = 0; i < 5; i++) {
            messages(MESSAGES);
        }
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            kept.add(messages(MESSAGES));
        }
        Kept twice = messages(2 * MESSAGES);
        double seconds =
                Interleaved.median(kept.stream().mapToDouble(Kept::seconds).toArray());
        Kept once = kept.get(0);
        String measure = "2,000 messages of 200 characters, one a step, in SQLite";
        return List.of(
                Measurement.atMost(measure + ": files", once.files() / 1e6, "MB", "limit", MOST_MEGABYTES),
                Measurement.atMost(measure + ": entries", once.bodies() / 1e6, "MB", "limit", MOST_MEGABYTES),
                Measurement.withinTimes(
                        "4,000 such messages: files",
                        twice.files() / 1e6,
                        "MB",
                        "2,000 messages",
                        once.files() / 1e6,
                        1.8,
                        2.2),
                Measurement.atMost(measure + ": time", seconds, "s", "limit", MOST_SECONDS));
    }

    /** What a run left behind. */
    private record Kept(double seconds, long files, long bodies) {}

    private Kept messages(int count) throws Exception {
        Graph<GraphMessages.In, GraphMessages.Out> graph = GraphMessages.of(count);
        Path parent = Files.createDirectory(folder.resolve("messages-" + databases++));
        double seconds;
        long bodies;
        try (CheckpointStore store = SqliteCheckpointStore.open(parent.resolve("checkpoints.db"));
                Engine engine = Engine.builder().store(store).build()) {
            seconds = millis(() -> engine.run(graph, new GraphMessages.In(), options(Durability.GROUP))) / 1e3;
            requireKept(store);
            bodies = bodies(store);
        }
        return new Kept(seconds, GraphDisk.bytes(parent), bodies);
    }

    private static long bodies(CheckpointStore store) {
        long bytes = 0;
        long after = 0;
        while (true) {
            List<CheckpointEntry> entries = store.read(KEY, after, 1_000);
            if (entries.isEmpty()) {
                return bytes;
            }
            for (CheckpointEntry entry : entries) {
                bytes += entry.body().length;
                after = entry.sequence();
            }
        }
    }

    private static long steps(CheckpointStore store, Graph<GraphLoop.In, GraphLoop.Out> loop, Durability durability) {
        try (Engine engine = Engine.builder().store(store).build()) {
            int count =
                    engine.run(loop, new GraphLoop.In(0), options(durability)).count();
            requireKept(store);
            return count;
        }
    }

    private static void requireKept(CheckpointStore store) {
        boolean kept = store.find(KEY)
                .filter(thread -> thread.status() == ThreadStatus.FINISHED && thread.head() > 0)
                .isPresent();
        if (!kept) {
            throw new IllegalStateException("The run was not kept");
        }
    }

    private static RunOptions options(Durability durability) {
        return RunOptions.builder()
                .keptEvents(0)
                .thread(THREAD)
                .durability(durability)
                .build();
    }

    private Path database() throws IOException {
        return Files.createDirectories(folder.resolve("databases")).resolve("checkpoints-" + databases++ + ".db");
    }

    private static double millis(Interleaved.Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
