package dev.datastudio.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.core.query.MySqlServers;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Testcontainers;

@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class MySqlSourceTest extends MySqlSourceContract {
    @Override
    DataSource newDatabase() throws SQLException {
        return MySqlServers.newDatabase();
    }

    /** A type of its own here, which the server writes with a blank. */
    @Override
    String json() {
        return "{\"a\":1}";
    }

    @Override
    SourceSpec spec() {
        return reachedAs("studio_reader")
                .property("allowPublicKeyRetrieval", "true")
                .build();
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
