package dev.datastudio.benchmarks;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.ask.AskOptions.Pictures;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The loop of {@link CacheBenchmark}: one question, answered before, asked again and again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the method marked @Setup before any other
public class CacheHits {
    private final AskOptions options = AskOptions.DEFAULT.withPictures(Pictures.DRAW);
    private Studio studio;
    private List<Dataset> datasets;
    private Analyst analyst;

    /** Asks once, so that the answer is there. */
    @Setup
    public void ask() throws IOException {
        Path folder = Files.createTempDirectory("studio-cache-hits-");
        Path file = OrdersCsv.write(folder.resolve("orders.csv"), 10_000);
        studio = Studio.inMemory();
        datasets = List.of(studio.datasets().importFile(file));
        analyst = Analyst.of(studio);
        analyst.ask(datasets, "average amount by region", options);
        Folders.delete(folder);
    }

    @TearDown
    public void close() {
        studio.close();
    }

    /** The question as a caller would ask it; its picture is looked for each time. */
    @Benchmark
    public Answer hit() {
        return analyst.ask(datasets, "average amount by region", options);
    }
}
