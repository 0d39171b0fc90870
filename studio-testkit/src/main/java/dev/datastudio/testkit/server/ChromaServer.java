package dev.datastudio.testkit.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Chroma server: one for all tests of a process, on a free port of this machine, gone with its data when the
 * process ends. Needs {@code node} and {@code npm}, and the npm package {@code chromadb}, which is fetched once, some 55
 * MB, and stays in the temporary folder for the next process; on a machine with a C library older than 2.39 also some
 * packages of Debian 13 for this server alone. Thread-safe.
 */
public final class ChromaServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final OneServer<ChromaServer> SERVER =
            new OneServer<>("Chroma", "the npm package chromadb", () -> launch(ChromaPrograms.fetched()));

    private final int port;

    private ChromaServer(int port) {
        this.port = port;
    }

    /** The running server, started when there is none; where it can't be, the test is skipped and says what is missing. */
    public static ChromaServer require() {
        return SERVER.require();
    }

    private static ChromaServer launch(ChromaPrograms programs) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("studio-chroma");
        Path log = folder.resolve("log");
        int port = freePort();
        Process server = programs.start(
                List.of(
                        "run",
                        "--path",
                        folder.resolve("data").toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port)),
                log);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder), "chroma-stop"));
        ChromaServer started = new ChromaServer(port);
        started.await(server, log);
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await(Process server, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!server.waitFor(50, TimeUnit.MILLISECONDS)) {
            if (beats()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IOException("it does not answer: " + Programs.tail(log));
            }
        }
        throw new IOException("it ended: " + Programs.tail(log));
    }

    private boolean beats() throws IOException {
        HttpURLConnection heart = (HttpURLConnection)
                address().resolve("/api/v2/heartbeat").toURL().openConnection();
        heart.setConnectTimeout(1_000);
        heart.setReadTimeout(5_000);
        try {
            return heart.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        } finally {
            heart.disconnect();
        }
    }

    /** The server was seen to go on after a polite signal. */
    private static void stop(Process server, Path folder) {
        try {
            server.destroyForcibly().waitFor();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            System.getLogger(ChromaServer.class.getName())
                    .log(System.Logger.Level.WARNING, "The test server's files in " + folder + " stay behind", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it is, such as {@code http://127.0.0.1:40123}. It asks for no password. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }
}
