package dev.datastudio.app.identity.account;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.metadata.SqlMetadataStore;
import dev.datastudio.core.workspace.PostgresDatabase;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class PostgresIdentityTest {
    private static HikariDataSource pool;

    @BeforeAll
    static void start() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(PostgresServer.require().newDatabase());
        config.setMaximumPoolSize(10);
        pool = new HikariDataSource(config);
        PostgresDatabase.open(pool).close();
    }

    @AfterAll
    static void stop() {
        if (pool != null) {
            pool.close();
        }
    }

    private static MetadataStore open(InstantSource clock) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE entry, entry_attribute, counter");
        }
        return SqlMetadataStore.over(PostgresDatabase.open(pool), clock);
    }

    @Nested
    class OfAccounts extends AccountsContract {
        @Override
        MetadataStore open() throws SQLException {
            return PostgresIdentityTest.open(clock);
        }
    }

    @Nested
    class OfSessions extends SessionsContract {
        @Override
        MetadataStore open() throws SQLException {
            return PostgresIdentityTest.open(clock);
        }
    }

    @Nested
    class OfAccess extends AccessContract {
        @Override
        MetadataStore open() throws SQLException {
            return PostgresIdentityTest.open(clock);
        }
    }
}
