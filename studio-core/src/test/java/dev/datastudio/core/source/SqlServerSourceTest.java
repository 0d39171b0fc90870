package dev.datastudio.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.sqlserver.jdbc.SQLServerDataSource;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.query.SqlServers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class SqlServerSourceTest extends SourceContract {
    private SQLServerDataSource database;

    @Override
    @BeforeAll
    void prepare() throws SQLException {
        database = SqlServers.newDatabase();
        SqlServers.createReader(database, "studio_reader", PASSWORD.reveal());
        super.prepare();
    }

    @Override
    Connection admin() throws SQLException {
        return database.getConnection();
    }

    private SourceSpec.Builder reachedAs(String user) {
        return SourceSpec.builder(SourceKind.SQLSERVER, "Shop")
                .host(database.getServerName())
                .port(database.getPortNumber())
                .database(database.getDatabaseName())
                .user(user)
                .property("trustServerCertificate", "true");
    }

    @Override
    SourceSpec spec() {
        return reachedAs("studio_reader").build();
    }

    @Override
    String schema() {
        return "dbo";
    }

    @Override
    List<String> everything() {
        return List.of(
                "CREATE TABLE everything (t TINYINT, b BIGINT, n DECIMAL(20,4), m MONEY, f FLOAT, r REAL, truth BIT,"
                        + " d DATE, at TIME(1), dt DATETIME, ts DATETIME2(6), o DATETIMEOFFSET, u UNIQUEIDENTIFIER,"
                        + " x XML, c NCHAR(2), long_text NVARCHAR(MAX), raw VARBINARY(10))",
                "INSERT INTO everything VALUES (255, 9223372036854775807, 1234567890123456.7891, 10.5, 2.5, 1.5, 1,"
                        + " '2024-02-29', '23:59:58.5', '2024-03-31T02:30:00.120', '2024-03-31 02:30:00.123456',"
                        + " '2024-03-31 02:30:00 +02:00', '01234567-89AB-CDEF-0123-456789ABCDEF', '<a/>', N'日本',"
                        + " N'long', 0x00ff)",
                "INSERT INTO everything (t) VALUES (NULL)");
    }

    @Override
    Map<String, Expected> expected() {
        LocalDateTime night = LocalDateTime.of(2024, 3, 31, 2, 30);
        return Map.ofEntries(
                Map.entry("t", new Expected(ColumnType.INTEGER, 255L)),
                Map.entry("b", new Expected(ColumnType.INTEGER, Long.MAX_VALUE)),
                Map.entry("n", new Expected(ColumnType.DECIMAL, new BigDecimal("1234567890123456.7891"))),
                Map.entry("m", new Expected(ColumnType.DECIMAL, new BigDecimal("10.5000"))),
                Map.entry("f", new Expected(ColumnType.DECIMAL, 2.5)),
                Map.entry("r", new Expected(ColumnType.DECIMAL, 1.5)),
                Map.entry("truth", new Expected(ColumnType.BOOLEAN, true)),
                Map.entry("d", new Expected(ColumnType.DATE, LocalDate.of(2024, 2, 29))),
                Map.entry("at", new Expected(ColumnType.TIME, LocalTime.of(23, 59, 58, 500_000_000))),
                Map.entry("dt", new Expected(ColumnType.TIMESTAMP, night.plusNanos(120_000_000))),
                Map.entry("ts", new Expected(ColumnType.TIMESTAMP, night.plusNanos(123_456_000))),
                Map.entry("o", new Expected(ColumnType.TIMESTAMP, night.minusHours(2))),
                Map.entry("u", new Expected(ColumnType.TEXT, "01234567-89AB-CDEF-0123-456789ABCDEF")),
                Map.entry("x", new Expected(ColumnType.TEXT, "<a/>")),
                Map.entry("c", new Expected(ColumnType.TEXT, "日本")),
                Map.entry("long_text", new Expected(ColumnType.TEXT, "long")));
    }

    @Override
    String fillMany(int count) {
        return "INSERT INTO many SELECT n, concat('row ', n) FROM (SELECT TOP (" + count
                + ") row_number() OVER (ORDER BY a.object_id) - 1 AS n"
                + " FROM sys.all_columns a CROSS JOIN sys.all_columns b) numbers";
    }

    @Test
    void tellsASuperuser() {
        SourceCheck check = sources()
                .test(
                        reachedAs(SqlServers.server().getUsername()).build(),
                        Secret.of(SqlServers.server().getPassword()));

        assertEquals(SourceCheck.Rights.SUPERUSER, check.rights());
    }

    @Test
    void saysThatThePasswordIsWrong() {
        StudioException error =
                assertThrows(StudioException.class, () -> sources().test(spec(), Secret.of("another-canary")));

        assertEquals(ErrorCode.SOURCE_UNREACHABLE, error.code());
        assertEquals("Check the user and the password", error.mend());
    }
}
