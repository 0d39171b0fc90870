package dev.datastudio.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The web application from its start until it is healthy, beside an empty Spring Boot one, and what it holds idle. */
final class ServerStartBenchmark implements Benchmark {
    private static final double MOST_HEAP_MEGABYTES = 150;

    @Override
    public String name() {
        return "start-server";
    }

    @Override
    public String summary() {
        return "./studio serve until it is healthy, beside an empty Spring Boot web application, and its idle heap";
    }

    @Override
    public List<Measurement> run(Path scratch, Effort effort) throws Exception {
        Path home = Path.of(System.getProperty("studio.home", ".")).toAbsolutePath();
        ServerProcess.build(home);
        Path nothing = Files.write(scratch.resolve("nothing"), new byte[0]);
        Interleaved.Medians medians = Interleaved.medianMillis(
                effort == Effort.QUICK ? 3 : 9,
                1,
                () -> millis(ServerProcess.studio(home, scratch)),
                () -> millis(ServerProcess.bare(home, scratch, nothing)));
        return List.of(
                Measurement.atMostTimes(
                        "./studio serve, from its start until it is healthy",
                        medians.ours(),
                        "ms",
                        "an empty Spring Boot web application",
                        medians.theirs(),
                        2),
                Measurement.atMost(
                        "./studio serve, heap in use when idle",
                        heap(home, scratch),
                        "MB",
                        "goal",
                        MOST_HEAP_MEGABYTES));
    }

    private static double millis(ServerProcess started) throws Exception {
        try (started) {
            return started.startMillis();
        }
    }

    private static double heap(Path home, Path scratch) throws Exception {
        try (ServerProcess server = ServerProcess.studio(home, scratch)) {
            return server.heapMegabytes();
        }
    }
}
