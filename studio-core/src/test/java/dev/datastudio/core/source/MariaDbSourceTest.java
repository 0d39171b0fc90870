package dev.datastudio.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.testkit.server.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MariaDbSourceTest extends MySqlSourceContract {
    @Override
    DataSource newDatabase() throws SQLException {
        return MariaDbServer.require().newDatabase();
    }

    @Override
    String json() {
        return "{\"a\": 1}";
    }

    @Override
    @BeforeAll
    void prepare() throws SQLException {
        super.prepare();
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE customer COMMENT = 'Who buys'");
            statement.execute("ALTER TABLE customer MODIFY name VARCHAR(50) NOT NULL COMMENT 'As on the bill'");
        }
    }

    @Override
    SourceSpec spec() {
        return reachedAs("studio_reader").build();
    }

    @Override
    String fillMany(int count) {
        return "INSERT INTO many SELECT seq, concat('row ', seq) FROM seq_0_to_" + (count - 1);
    }

    @Test
    void tellsASuperuserAndAClearConnection() {
        SourceCheck check = sources().test(reachedAs("root").build(), Secret.of(""));

        assertTrue(check.product().contains("MariaDB"), check.product());
        assertEquals(SourceCheck.Rights.SUPERUSER, check.rights());
        assertEquals(SourceCheck.Encryption.OFF, check.encryption());
    }

    @Test
    void saysThatThePasswordIsWrong() {
        StudioException error = Assertions.assertThrows(
                StudioException.class, () -> sources().test(spec(), Secret.of("another-canary")));

        assertEquals(ErrorCode.SOURCE_UNREACHABLE, error.code());
        assertEquals("Check the user and the password", error.mend());
    }

    @Test
    void readsComments() {
        SourceTable customer =
                sources().schema(id()).find(TableName.of("customer")).orElseThrow();

        assertEquals("Who buys", customer.comment());
        assertEquals("As on the bill", customer.columns().get(1).comment());
        assertEquals(2, customer.rowEstimate());
    }
}
