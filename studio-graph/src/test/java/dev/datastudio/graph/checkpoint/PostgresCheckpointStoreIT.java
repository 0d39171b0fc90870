package dev.datastudio.graph.checkpoint;

import dev.datastudio.testkit.server.PostgresServer;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresCheckpointStoreIT extends PostgresCheckpointStoreContract {
    private DataSource database;

    @BeforeAll
    void startTheServer() throws SQLException {
        database = PostgresServer.require().newDatabase();
    }

    @Override
    protected DataSource database() {
        return database;
    }
}
