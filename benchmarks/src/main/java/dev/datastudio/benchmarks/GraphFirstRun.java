package dev.datastudio.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.graph.Graph;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.bsc.async.AsyncGenerator;
import org.bsc.langgraph4j.StateGraph;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * What the first graph of a process costs: fresh processes with no more on their class path than a program that uses one
 * engine has, which time themselves from the engine's first class to the first result.
 */
final class GraphFirstRun {
    private static final double MOST_MILLIS = 60;

    private GraphFirstRun() {}

    static Measurement measure(Path scratch, Benchmark.Effort effort) throws Exception {
        Path programs = Files.createDirectory(scratch.resolve("programs"));
        List<String> ours = command(
                programs,
                GraphFirstRunOurs.class,
                List.of(Graph.class, Caller.class, ObjectMapper.class, JsonFactory.class, JsonInclude.class));
        List<String> theirs =
                command(programs, GraphFirstRunLangGraph4j.class, List.of(StateGraph.class, AsyncGenerator.class));
        Interleaved.Medians medians = Interleaved.medianMillis(
                effort == Benchmark.Effort.QUICK ? 7 : 21, 1, () -> millis(ours), () -> millis(theirs));
        return Measurement.atMostBeside(
                "first graph of a process: built and run",
                medians.ours(),
                "ms",
                GraphPeers.LANGGRAPH4J,
                medians.theirs(),
                MOST_MILLIS);
    }

    private static double millis(List<String> command) throws IOException, InterruptedException {
        return Child.figure(Child.run(command, Map.of()), "millis");
    }

    /** Both engines log by SLF4J, here to nowhere. */
    private static List<String> command(Path programs, Class<?> main, List<Class<?>> engine)
            throws IOException, URISyntaxException {
        List<String> path = new ArrayList<>();
        path.add(copied(main, programs).toString());
        for (Class<?> each : engine) {
            path.add(jar(each));
        }
        path.add(jar(LoggerFactory.class));
        for (SLF4JServiceProvider provider : ServiceLoader.load(SLF4JServiceProvider.class)) {
            path.add(jar(provider.getClass()));
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-cp", String.join(File.pathSeparator, path), main.getName());
    }

    /** A folder with the classes of one program, as the benchmarks' own jar leads to every library there is. */
    private static Path copied(Class<?> main, Path programs) throws IOException {
        Path folder = programs.resolve(main.getSimpleName());
        List<Class<?>> classes = new ArrayList<>(List.of(main.getDeclaredClasses()));
        classes.add(main);
        for (Class<?> each : classes) {
            String name = each.getName().replace('.', '/') + ".class";
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            try (InputStream bytes = GraphFirstRun.class.getResourceAsStream("/" + name)) {
                if (bytes == null) {
                    throw new IOException("No class file of " + each);
                }
                Files.copy(bytes, file);
            }
        }
        return folder;
    }

    private static String jar(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
