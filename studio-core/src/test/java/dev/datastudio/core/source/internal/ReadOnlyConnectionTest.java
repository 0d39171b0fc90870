package dev.datastudio.core.source.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.source.HostDataSources;
import dev.datastudio.core.source.HostPolicy;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.testkit.server.MariaDbServer;
import dev.datastudio.testkit.server.PostgresServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections themselves, of users who may do everything, without a gate before them. */
class ReadOnlyConnectionTest {
    @TempDir
    Path folder;

    @Test
    void postgresRefusesToWriteAndEndsInTime() throws SQLException {
        PGSimpleDataSource database =
                (PGSimpleDataSource) PostgresServer.require().newDatabase();
        run(database.getConnection(), "CREATE TABLE t (a INTEGER)", "INSERT INTO t VALUES (1)");
        SourceSpec spec = SourceSpec.builder(SourceKind.POSTGRESQL, "Test")
                .host(database.getServerNames()[0])
                .port(database.getPortNumbers()[0])
                .database(String.valueOf(database.getDatabaseName()))
                .user("postgres")
                .readTimeout(Duration.ofSeconds(1))
                .build();

        requireReadOnly(spec, "SELECT pg_sleep(30)");
    }

    @Test
    void mariaDbRefusesToWriteAndEndsInTime() throws SQLException {
        URI address;
        try (Connection connection = MariaDbServer.require().newDatabase().getConnection()) {
            address = URI.create(connection.getMetaData().getURL().substring("jdbc:".length()));
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE t (a INTEGER)");
                statement.execute("INSERT INTO t VALUES (1)");
            }
        }
        SourceSpec spec = SourceSpec.builder(SourceKind.MYSQL, "Test")
                .host(address.getHost())
                .port(address.getPort())
                .database(address.getPath().substring(1))
                .user("root")
                .readTimeout(Duration.ofSeconds(1))
                .build();

        requireReadOnly(
                spec, "SELECT count(*) FROM seq_1_to_100000000 a JOIN seq_1_to_1000 b WHERE a.seq * b.seq % 7 = 3");
    }

    @Test
    void sqliteRefusesToWrite() throws SQLException {
        run(
                DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("x.db")),
                "CREATE TABLE t (a INTEGER)",
                "INSERT INTO t VALUES (1)");

        requireReadOnly(
                SourceSpec.builder(SourceKind.SQLITE, "Test").database("x.db").build(), "");
    }

    @Test
    void duckDbRefusesToWriteAndReachesNoOtherFile() throws Exception {
        run(
                DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("x.db")),
                "CREATE TABLE t (a INTEGER)",
                "INSERT INTO t VALUES (1)");
        Path canary = Files.writeString(folder.resolve("canary.csv"), "a\n1\n");
        SourceSpec spec =
                SourceSpec.builder(SourceKind.DUCKDB, "Test").database("x.db").build();

        requireReadOnly(spec, "");

        try (Connections connections = connections();
                Connection connection = open(connections, spec, Purpose.IMPORT)) {
            for (String sql : List.of(
                    "SELECT * FROM read_csv('" + canary + "')",
                    "COPY t TO '" + folder.resolve("out.csv") + "'",
                    "ATTACH '" + folder.resolve("y.db") + "'",
                    "SET enable_external_access = true",
                    "INSTALL httpfs")) {
                try (Statement statement = connection.createStatement()) {
                    assertThrows(SQLException.class, () -> statement.execute(sql), sql);
                }
            }
        }
    }

    private Connections connections() {
        return new Connections(HostPolicy.ANY, HostDataSources.NONE, new FileRoots(List.of(folder)));
    }

    private static Connection open(Connections connections, SourceSpec spec, Purpose purpose) {
        return connections.open(Caller.LOCAL, spec, Secret.of(""), purpose);
    }

    private void requireReadOnly(SourceSpec spec, String endless) throws SQLException {
        for (Purpose purpose : Purpose.values()) {
            try (Connections connections = connections();
                    Connection connection = open(connections, spec, purpose)) {
                for (String sql : List.of(
                        "INSERT INTO t VALUES (2)",
                        "CREATE TABLE made (a INTEGER)",
                        "DROP TABLE t",
                        "UPDATE t SET a = 2")) {
                    try (Statement statement = connection.createStatement()) {
                        assertThrows(SQLException.class, () -> statement.execute(sql), sql);
                    }
                }
                assertEquals(1, one(connection));
            }
        }
        if (!endless.isEmpty()) {
            try (Connections connections = connections();
                    Connection connection = open(connections, spec, Purpose.QUERY);
                    Statement statement = connection.createStatement()) {
                SQLException error = assertThrows(SQLException.class, () -> statement.executeQuery(endless));
                assertEquals(
                        "QUERY_TIMEOUT",
                        SourceErrors.reading(spec, error).code().name(),
                        error.getSQLState() + error);
            }
        }
    }

    private static int one(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(a) FROM t")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void run(Connection opened, String... sql) throws SQLException {
        try (Connection connection = opened;
                Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }
}
