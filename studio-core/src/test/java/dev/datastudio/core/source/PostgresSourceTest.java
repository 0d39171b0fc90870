package dev.datastudio.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.testkit.server.PostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresSourceTest extends SourceContract {
    private PGSimpleDataSource database;

    @Override
    @BeforeAll
    void prepare() throws SQLException {
        database = (PGSimpleDataSource) PostgresServer.require().newDatabase();
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            statement.execute("REVOKE CREATE ON SCHEMA public FROM public");
            statement.execute("DO $$ BEGIN CREATE ROLE studio_reader LOGIN PASSWORD 'canary-4711-secret';"
                    + " EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            statement.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO studio_reader");
        }
        super.prepare();
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            statement.execute("COMMENT ON TABLE customer IS 'Who buys'");
            statement.execute("COMMENT ON COLUMN customer.name IS 'As on the bill'");
            statement.execute("ANALYZE");
        }
    }

    @Override
    Connection admin() throws SQLException {
        return database.getConnection();
    }

    /** Connections as the host program would give them. */
    DataSource asReader() {
        PGSimpleDataSource reader = new PGSimpleDataSource();
        reader.setServerNames(database.getServerNames());
        reader.setPortNumbers(database.getPortNumbers());
        reader.setDatabaseName(String.valueOf(database.getDatabaseName()));
        reader.setUser("studio_reader");
        return reader;
    }

    SourceSpec.Builder reachedAs(String user) {
        return SourceSpec.builder(SourceKind.POSTGRESQL, "Shop")
                .host(database.getServerNames()[0])
                .port(database.getPortNumbers()[0])
                .database(String.valueOf(database.getDatabaseName()))
                .user(user);
    }

    @Override
    SourceSpec spec() throws SQLException {
        return reachedAs("studio_reader").build();
    }

    @Override
    String schema() {
        return "public";
    }

    @Override
    List<String> everything() {
        return List.of(
                "CREATE TABLE everything (i2 smallint, i8 bigint, n numeric(20,4), free numeric, f double precision,"
                        + " b boolean, d date, t time, ts timestamp, tz timestamptz, u uuid, j jsonb, a integer[],"
                        + " c char(3), bits bit(4), raw bytea)",
                "INSERT INTO everything VALUES (-7, 9007199254740993, 1234567890123456.7891, 0.1, 2.5, true,"
                        + " '2024-02-29', '23:59:58.5', '2024-03-31 02:30:00.123456', '2024-03-31 02:30:00+02',"
                        + " '123e4567-e89b-12d3-a456-426614174000', '{\"a\": 1}', '{1,2}', 'ab', B'1010', '\\x00ff')",
                "INSERT INTO everything (i2) VALUES (NULL)");
    }

    @Override
    Map<String, Expected> expected() {
        return Map.ofEntries(
                Map.entry("i2", new Expected(ColumnType.INTEGER, -7L)),
                Map.entry("i8", new Expected(ColumnType.INTEGER, 9007199254740993L)),
                Map.entry("n", new Expected(ColumnType.DECIMAL, new BigDecimal("1234567890123456.7891"))),
                Map.entry("free", new Expected(ColumnType.DECIMAL, new BigDecimal("0.1"))),
                Map.entry("f", new Expected(ColumnType.DECIMAL, 2.5)),
                Map.entry("b", new Expected(ColumnType.BOOLEAN, true)),
                Map.entry("d", new Expected(ColumnType.DATE, LocalDate.of(2024, 2, 29))),
                Map.entry("t", new Expected(ColumnType.TIME, LocalTime.of(23, 59, 58, 500_000_000))),
                Map.entry(
                        "ts", new Expected(ColumnType.TIMESTAMP, LocalDateTime.of(2024, 3, 31, 2, 30, 0, 123_456_000))),
                Map.entry("tz", new Expected(ColumnType.TIMESTAMP, LocalDateTime.of(2024, 3, 31, 0, 30))),
                Map.entry("u", new Expected(ColumnType.TEXT, "123e4567-e89b-12d3-a456-426614174000")),
                Map.entry("j", new Expected(ColumnType.TEXT, "{\"a\": 1}")),
                Map.entry("a", new Expected(ColumnType.OTHER, "{1,2}")),
                Map.entry("c", new Expected(ColumnType.TEXT, "ab ")),
                Map.entry("bits", new Expected(ColumnType.TEXT, "1010")));
    }

    @Override
    String fillMany(int count) {
        return "INSERT INTO many SELECT i, 'row ' || i FROM generate_series(0, " + (count - 1) + ") i";
    }

    @Test
    void tellsASuperuserAndAClearConnection() {
        SourceCheck check = sources().test(reachedAs("postgres").build(), PASSWORD);

        assertTrue(check.product().startsWith("PostgreSQL 17"), check.product());
        assertEquals(SourceCheck.Rights.SUPERUSER, check.rights());
        assertEquals(SourceCheck.Encryption.OFF, check.encryption());
        assertEquals(
                List.of(
                        "The user 'postgres' is a superuser; connect with a role that may only read.",
                        "The connection is not encrypted; set sslmode to verify-full."),
                check.advice());
    }

    @Test
    void readsCommentsAndEstimates() {
        SourceSchema read = sources().schema(id());

        SourceTable customer = read.find(TableName.of("customer")).orElseThrow();
        assertEquals("Who buys", customer.comment());
        assertEquals("As on the bill", customer.columns().get(1).comment());
        assertEquals(2, customer.rowEstimate());
        assertEquals(60_000, read.find(TableName.of("many")).orElseThrow().rowEstimate());
        assertEquals(-1, read.find(TableName.of("rich")).orElseThrow().rowEstimate());
        assertEquals(
                "numeric(12,2)",
                read.find(TableName.of("order line"))
                        .orElseThrow()
                        .findColumn("amount")
                        .orElseThrow()
                        .nativeType());
    }
}
