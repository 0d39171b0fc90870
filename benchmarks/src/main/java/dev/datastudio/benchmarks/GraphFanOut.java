package dev.datastudio.benchmarks;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.ReduceChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.run.Engine;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A thousand tasks of one step that sleep ten milliseconds each, beside the bare threads that such an engine can have. */
final class GraphFanOut {
    private static final int TASKS = 1_000;
    private static final long SLEEP_MILLIS = 10;
    private static final int FIRST_VERSION_WITH_VIRTUAL_THREADS = 21;
    private static final ReduceChannel<Integer> DONE = Channel.reduce("done", Integer.class, 0, Integer::sum);

    private GraphFanOut() {}

    record In() {}

    record Out(int done) {}

    static Measurement measure(Benchmark.Effort effort) throws Exception {
        Graph<In, Out> graph = graph();
        boolean virtual = Runtime.version().feature() >= FIRST_VERSION_WITH_VIRTUAL_THREADS;
        ExecutorService threads = virtual ? virtualThreads() : Executors.newFixedThreadPool(Engine.POOL_SIZE);
        List<Callable<Integer>> bare = Collections.nCopies(TASKS, () -> {
            Thread.sleep(SLEEP_MILLIS);
            return 1;
        });
        try (Engine engine = Engine.create()) {
            Interleaved.Medians medians = Interleaved.medians(
                    effort == Benchmark.Effort.QUICK ? 7 : 31,
                    () -> requireAll(engine.run(graph, new In()).done()),
                    () -> requireAll(sum(threads.invokeAll(bare))));
            String limit = virtual ? "bare virtual threads" : "bare pool of " + Engine.POOL_SIZE + " threads";
            return Measurement.atMostTimes(
                    "fan-out of 1,000 tasks of 10 ms", medians.ours(), "ms", limit, medians.theirs(), 1.5);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Graph<In, Out> graph() {
        List<Integer> items = IntStream.range(0, TASKS).boxed().toList();
        return Graph.define("fan-out", 1)
                .input(In.class)
                .output(Out.class)
                .channels(DONE)
                .node("spread", (view, context) -> Update.none())
                .node("work", (view, context) -> {
                    Thread.sleep(SLEEP_MILLIS);
                    return Update.of(DONE.add(1));
                })
                .edge(Graph.START, "spread")
                .fanOut("spread", view -> items, "work")
                .edge("work", Graph.END)
                .build();
    }

    private static int sum(List<Future<Integer>> tasks) throws Exception {
        int sum = 0;
        for (Future<Integer> task : tasks) {
            sum += task.get();
        }
        return sum;
    }

    private static void requireAll(int done) {
        if (done != TASKS) {
            throw new IllegalStateException("Only " + done + " of " + TASKS + " tasks were done");
        }
    }

    /** By reflection, as the classes are compiled for Java 17. */
    private static ExecutorService virtualThreads() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
