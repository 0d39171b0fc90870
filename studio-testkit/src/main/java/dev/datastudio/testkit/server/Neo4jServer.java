package dev.datastudio.testkit.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Neo4j server: one for all tests of a process, on a free port of this machine, gone with its data when the
 * process ends. It runs in a process of its own, from libraries that Maven fetches once, some 150 MB, and that stay in the
 * temporary folder. They are under the GPL, so they are on no module's class path and never shipped. Needs {@code mvn}.
 * Thread-safe.
 */
public final class Neo4jServer {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final OneServer<Neo4jServer> SERVER =
            new OneServer<>("Neo4j", "org.neo4j.test:neo4j-harness", () -> launch(Neo4jPrograms.fetched()));

    private final URI address;

    private Neo4jServer(URI address) {
        this.address = address;
    }

    /** The running server, started when there is none; where it can't be, the test is skipped and says what is missing. */
    public static Neo4jServer require() {
        return SERVER.require();
    }

    private static Neo4jServer launch(Neo4jPrograms programs) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("studio-neo4j");
        Path log = folder.resolve("log");
        Process server = programs.start(folder, log);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder), "neo4j-stop"));
        return new Neo4jServer(await(server, folder, log));
    }

    private static URI await(Process server, Path folder, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!server.waitFor(50, TimeUnit.MILLISECONDS)) {
            Path address = folder.resolve(Neo4jMain.ADDRESS);
            if (Files.exists(address)) {
                return URI.create(Files.readString(address).replaceFirst("/$", ""));
            }
            if (System.nanoTime() > end) {
                throw new IOException("it does not begin: " + Programs.tail(log));
            }
        }
        throw new IOException("it ended: " + Programs.tail(log));
    }

    private static void stop(Process server, Path folder) {
        try {
            server.destroyForcibly().waitFor();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            System.getLogger(Neo4jServer.class.getName())
                    .log(System.Logger.Level.WARNING, "The test server's files in " + folder + " stay behind", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it is, such as {@code bolt://localhost:40123}. It asks for no password. */
    public URI address() {
        return address;
    }
}
