package dev.datastudio.core.metadata;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.core.workspace.PostgresDatabase;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;

/** Stores over one database of a real PostgreSQL server, each a database object of its own. */
public final class PostgresStores implements AutoCloseable {
    private final HikariDataSource pool;

    public PostgresStores() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(PostgresServer.require().newDatabase());
        config.setMaximumPoolSize(10);
        pool = new HikariDataSource(config);
        PostgresDatabase.open(pool).close();
    }

    public MetadataStore open(InstantSource clock) {
        return SqlMetadataStore.over(PostgresDatabase.open(pool), clock);
    }

    void clear() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE entry, entry_attribute, counter");
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
