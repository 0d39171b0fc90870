package dev.datastudio.core.relation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.core.workspace.PostgresDatabase;
import dev.datastudio.testkit.relation.RelationStoreContract;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Row R3. */
class PostgresRelationStoreTest extends RelationStoreContract {
    private static HikariDataSource pool;

    @BeforeAll
    static void start() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(PostgresServer.require().newDatabase());
        config.setMaximumPoolSize(4);
        pool = new HikariDataSource(config);
        PostgresDatabase.open(pool).close();
    }

    @BeforeEach
    void clear() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE relation");
        }
    }

    @Override
    protected RelationStore open() {
        return SqlRelationStore.over(PostgresDatabase.open(pool));
    }

    @AfterAll
    static void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
