package dev.datastudio.core.source;

import dev.datastudio.api.dataset.ColumnType;
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
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;

/** What MySQL and MariaDB have in common. */
abstract class MySqlSourceContract extends SourceContract {
    private @Nullable DataSource database;
    private @Nullable URI address;

    /** A new database, reached as one who may do everything. */
    abstract DataSource newDatabase() throws SQLException;

    /** A JSON value as it is given to the server, which may write it in its own way. */
    abstract String json();

    @Override
    @BeforeAll
    void prepare() throws SQLException {
        database = newDatabase();
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            address = URI.create(connection.getMetaData().getURL().substring("jdbc:".length()));
            statement.execute("CREATE USER IF NOT EXISTS studio_reader IDENTIFIED BY '" + PASSWORD.reveal() + "'");
            statement.execute("GRANT SELECT, SHOW VIEW ON " + database() + ".* TO studio_reader");
        }
        super.prepare();
    }

    private URI address() {
        return Objects.requireNonNull(address);
    }

    private String database() {
        return address().getPath().substring(1);
    }

    @Override
    Connection admin() throws SQLException {
        return Objects.requireNonNull(database).getConnection();
    }

    SourceSpec.Builder reachedAs(String user) {
        return SourceSpec.builder(SourceKind.MYSQL, "Shop")
                .host(address().getHost())
                .port(address().getPort())
                .database(database())
                .user(user);
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
                        + " '23:59:58.5', '2024-03-31 02:30:00.123456', '2024-03-31 02:30:00', 2024, '" + json()
                        + "', 'x',"
                        + " 'long', x'00ff')",
                "INSERT INTO everything (i) VALUES (NULL)");
    }

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
}
