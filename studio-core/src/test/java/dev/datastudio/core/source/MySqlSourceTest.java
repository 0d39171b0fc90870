package dev.datastudio.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.core.query.MySqlServers;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.MariaDbDataSource;
import org.testcontainers.junit.jupiter.Testcontainers;

@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class MySqlSourceTest extends SourceContract {
    private MariaDbDataSource database;
    private URI address;

    @Override
    @BeforeAll
    void prepare() throws SQLException {
        database = MySqlServers.newDatabase();
        address = MySqlServers.address(database);
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE USER IF NOT EXISTS studio_reader IDENTIFIED BY '" + PASSWORD.reveal() + "'");
            statement.execute("GRANT SELECT, SHOW VIEW ON " + name() + ".* TO studio_reader");
        }
        super.prepare();
    }

    private String name() {
        return address.getPath().substring(1);
    }

    @Override
    Connection admin() throws SQLException {
        return database.getConnection();
    }

    @Override
    SourceSpec spec() {
        return SourceSpec.builder(SourceKind.MYSQL, "Shop")
                .host(address.getHost())
                .port(address.getPort())
                .database(name())
                .user("studio_reader")
                .property("allowPublicKeyRetrieval", "true")
                .build();
    }

    @Override
    String schema() {
        return "";
    }

    @Override
    String quote(String name) {
        return "`" + name + "`";
    }

    @Override
    List<String> everything() {
        return List.of(
                "CREATE TABLE everything (i TINYINT, ub BIGINT UNSIGNED, n DECIMAL(20,4), f DOUBLE, b TINYINT(1),"
                        + " d DATE, t TIME(1), ts DATETIME(6), st TIMESTAMP NULL, y YEAR, j JSON, e ENUM('x','y'),"
                        + " long_text LONGTEXT, raw BLOB)",
                "SET time_zone = '+02:00'",
                "INSERT INTO everything VALUES (-7, 18446744073709551615, 1234567890123456.7891, 2.5, 1, '2024-02-29',"
                        + " '23:59:58.5', '2024-03-31 02:30:00.123456', '2024-03-31 02:30:00', 2024, '{\"a\":1}', 'x',"
                        + " 'long', x'00ff')",
                "INSERT INTO everything (i) VALUES (NULL)");
    }

    /** A JSON value is a type of its own here, which the server writes in its own way. */
    @Override
    Map<String, Expected> expected() {
        return Map.ofEntries(
                Map.entry("i", new Expected(ColumnType.INTEGER, -7L)),
                Map.entry("ub", new Expected(ColumnType.DECIMAL, new BigDecimal("18446744073709551615"))),
                Map.entry("n", new Expected(ColumnType.DECIMAL, new BigDecimal("1234567890123456.7891"))),
                Map.entry("f", new Expected(ColumnType.DECIMAL, 2.5)),
                Map.entry("b", new Expected(ColumnType.BOOLEAN, true)),
                Map.entry("d", new Expected(ColumnType.DATE, LocalDate.of(2024, 2, 29))),
                Map.entry("t", new Expected(ColumnType.TIME, LocalTime.of(23, 59, 58, 500_000_000))),
                Map.entry(
                        "ts", new Expected(ColumnType.TIMESTAMP, LocalDateTime.of(2024, 3, 31, 2, 30, 0, 123_456_000))),
                Map.entry("st", new Expected(ColumnType.TIMESTAMP, LocalDateTime.of(2024, 3, 31, 0, 30))),
                Map.entry("y", new Expected(ColumnType.INTEGER, 2024L)),
                Map.entry("j", new Expected(ColumnType.TEXT, "{\"a\": 1}")),
                Map.entry("e", new Expected(ColumnType.TEXT, "x")),
                Map.entry("long_text", new Expected(ColumnType.TEXT, "long")));
    }

    @Override
    String fillMany(int count) {
        return "INSERT INTO many SELECT n, concat('row ', n) FROM (SELECT row_number() OVER () - 1 AS n"
                + " FROM information_schema.columns a CROSS JOIN information_schema.columns b LIMIT " + count
                + ") numbers";
    }

    @Test
    void tellsTheProduct() {
        SourceCheck check = sources().test(id());

        assertTrue(check.product().startsWith("MySQL"), check.product());
        assertEquals(SourceCheck.Encryption.ON, check.encryption());
    }
}
