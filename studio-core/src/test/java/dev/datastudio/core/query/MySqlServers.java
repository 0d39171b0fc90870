package dev.datastudio.core.query;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.mariadb.jdbc.MariaDbDataSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** One MySQL for all tests that Docker is there for; it goes when they are over. */
public final class MySqlServers {
    private static final int PORT = 3306;
    private static final String PASSWORD = "canary-root-secret";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private MySqlServers() {}

    private static final class Started {
        private static final GenericContainer<?> SERVER = start();

        private static GenericContainer<?> start() {
            GenericContainer<?> server = new GenericContainer<>("mysql:8.4")
                    .withExposedPorts(PORT)
                    .withEnv("MYSQL_ROOT_PASSWORD", PASSWORD)
                    // The server starts twice: to make its first database, then for good.
                    .waitingFor(Wait.forLogMessage(".*port: 3306 .*MySQL Community Server.*", 1)
                            .withStartupTimeout(Duration.ofMinutes(3)));
            server.start();
            return server;
        }
    }

    /** A new database for an account that may do everything. */
    public static MariaDbDataSource newDatabase() throws SQLException {
        String name = "studio_" + COUNT.incrementAndGet();
        try (Connection connection = source("mysql").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return source(name);
    }

    private static MariaDbDataSource source(String database) throws SQLException {
        MariaDbDataSource source = new MariaDbDataSource("jdbc:mariadb://" + Started.SERVER.getHost() + ":"
                + Started.SERVER.getMappedPort(PORT) + "/" + database + "?allowPublicKeyRetrieval=true");
        source.setUser("root");
        source.setPassword(PASSWORD);
        return source;
    }
}
