package dev.datastudio.benchmarks;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Repeated questions: how many a second one core serves from the cache, and how many computations 100 at once cost. */
final class CacheBenchmark implements Benchmark {
    private static final double FEWEST_HITS = 50_000;
    private static final int CALLERS = 100;

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public String summary() {
        return "cached answers a second on one core (JMH), and 100 identical questions at once";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        Options options = new OptionsBuilder()
                .include(CacheHits.class.getName())
                .forks(effort == Effort.QUICK ? 1 : 2)
                .threads(1)
                .verbosity(VerboseMode.SILENT)
                .build();
        double hits =
                new Runner(options).run().iterator().next().getPrimaryResult().getScore();
        return List.of(
                Measurement.atLeast("cached answers on one thread", hits, "answers/s", "limit", FEWEST_HITS),
                Measurement.atMost(
                        "computations of " + CALLERS + " identical questions at once",
                        computations(scratch.resolve("single-flight")),
                        "computations",
                        "limit",
                        1));
    }

    /** Answers computed apart carry different ids. */
    private static int computations(Path workspace) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (Studio studio = Studio.open(workspace)) {
            Dataset orders = studio.datasets().importFile(OrdersCsv.write(workspace.resolve("orders.csv"), 200_000));
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                answers.add(callers.submit(() -> {
                    start.await();
                    return Analyst.of(studio).ask(orders, "median amount by region and product");
                }));
            }
            start.countDown();
            Set<String> ids = new HashSet<>();
            for (Future<Answer> answer : answers) {
                ids.add(answer.get(1, TimeUnit.MINUTES).id());
            }
            return ids.size();
        } finally {
            callers.shutdownNow();
        }
    }
}
