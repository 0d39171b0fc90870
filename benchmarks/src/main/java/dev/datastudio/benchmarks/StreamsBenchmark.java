package dev.datastudio.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.datastudio.core.Studio;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * 200 conversations that each ask a streaming model again and again, beside a bare client that reads the same streams in
 * turns with us. The model is in a process of its own on the same machine.
 */
final class StreamsBenchmark implements Benchmark {
    private static final int CONVERSATIONS = 200;
    private static final double MOST_MILLIS = 50;

    /** Of the thread that each stream may take. */
    private static final String STREAM_THREAD = "studio-model";

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public String summary() {
        return "200 conversations streaming at once: first word, threads, memory";
    }

    /** Reads a whole stream and waits for its end. */
    interface Reader {
        /** The time from the call to the first word. */
        double millisToFirstWord(int conversation) throws Exception;
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        int turns = effort == Effort.QUICK ? 5 : 20;
        int rounds = effort == Effort.QUICK ? 3 : 5;
        try (StreamServer server = StreamServer.start();
                Studio studio =
                        Studio.builder().workspace(scratch.resolve("workspace")).build()) {
            Round ours = new Round(new StudioStreams(studio, server.url()), turns);
            Round theirs = new Round(new BareStreams(server.url()), turns);
            Spent oursSpent = new Spent();
            Spent theirsSpent = new Spent();
            double[] heap = new double[rounds];
            for (int round = -1; round < rounds; round++) {
                Outcome own = ours.run();
                double used = heapMegabytes();
                Outcome bare = theirs.run();
                if (round >= 0) {
                    oursSpent.add(own);
                    theirsSpent.add(bare);
                    heap[round] = used;
                }
            }
            return rows(oursSpent, theirsSpent, heap);
        }
    }

    private static List<Measurement> rows(Spent ours, Spent theirs, double[] heap) {
        return List.of(
                Measurement.atMostBeside(
                        "first word of a stream over the model's own delay, 95th percentile, 200 at once",
                        ours.delay(0.95),
                        "ms",
                        "java.net.http reading the same streams",
                        theirs.delay(0.95),
                        MOST_MILLIS),
                Measurement.atMostBeside(
                        "first word of a stream over the model's own delay, median, 200 at once",
                        ours.delay(0.5),
                        "ms",
                        "java.net.http reading the same streams",
                        theirs.delay(0.5),
                        MOST_MILLIS),
                Measurement.atMostBeside(
                        "processor time of a stream of " + StreamServer.WORDS + " words",
                        ours.processorMillis(),
                        "ms",
                        "java.net.http reading the same streams",
                        theirs.processorMillis(),
                        MOST_MILLIS / 10),
                // A stream's thread is free a moment after its reader was told of the end and may have begun the next
                // one.
                Measurement.atMostTimes(
                        "threads that read 200 streams at once",
                        ours.threads,
                        "threads",
                        "a stream each",
                        CONVERSATIONS,
                        1.1),
                Measurement.atMostTimes(
                        "heap after a collection, last round", heap[heap.length - 1], "MB", "the first", heap[0], 1.1));
    }

    private static double heapMegabytes() {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6);
        }
        return least;
    }

    /** What one round took. */
    private record Outcome(List<Double> millis, double processorMillis, int threads) {}

    /** All conversations asking so often. */
    private record Round(Reader reader, int turns) {
        Outcome run() throws Exception {
            AtomicInteger most = new AtomicInteger();
            ExecutorService callers = Executors.newFixedThreadPool(CONVERSATIONS);
            long processor = processorNanos();
            List<Future<double[]>> running = new ArrayList<>();
            try {
                for (int i = 0; i < CONVERSATIONS; i++) {
                    int conversation = i;
                    running.add(callers.submit(() -> converse(conversation, most)));
                }
                List<double[]> all = new ArrayList<>();
                for (Future<double[]> each : running) {
                    all.add(each.get());
                }
                double spent = (processorNanos() - processor) / 1e6;
                List<Double> millis =
                        all.stream().flatMapToDouble(Arrays::stream).boxed().toList();
                return new Outcome(millis, spent, most.get());
            } finally {
                callers.shutdownNow();
            }
        }

        /** Conversations don't begin all at once: each waits its part of the time in which the model thinks. */
        private double[] converse(int conversation, AtomicInteger most) throws Exception {
            Thread.sleep(StreamServer.DELAY.toMillis() * conversation / CONVERSATIONS);
            double[] millis = new double[turns];
            for (int turn = 0; turn < turns; turn++) {
                millis[turn] = reader.millisToFirstWord(conversation) - StreamServer.DELAY.toMillis();
                if (conversation == 0) {
                    most.accumulateAndGet(streamThreads(), Math::max);
                }
            }
            return millis;
        }
    }

    private static int streamThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(STREAM_THREAD))
                .count();
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** What all rounds took. Not thread-safe. */
    private static final class Spent {
        private final List<Outcome> rounds = new ArrayList<>();
        private int threads;

        void add(Outcome outcome) {
            rounds.add(outcome);
            threads = Math.max(threads, outcome.threads());
        }

        double delay(double quantile) {
            return Interleaved.quantile(
                    rounds.stream()
                            .flatMap(each -> each.millis().stream())
                            .mapToDouble(Double::doubleValue)
                            .toArray(),
                    quantile);
        }

        double processorMillis() {
            double spent = rounds.stream().mapToDouble(Outcome::processorMillis).sum();
            return spent
                    / rounds.stream().mapToInt(each -> each.millis().size()).sum();
        }
    }
}
