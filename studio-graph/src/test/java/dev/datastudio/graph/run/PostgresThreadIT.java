package dev.datastudio.graph.run;

import dev.datastudio.api.checkpoint.CheckpointKey;
import dev.datastudio.api.checkpoint.CheckpointStore;
import dev.datastudio.graph.checkpoint.PostgresCheckpointStore;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.SQLException;

class PostgresThreadIT extends ThreadContract {
    @Override
    CheckpointStore open() throws SQLException {
        return PostgresCheckpointStore.of(PostgresServer.require().newDatabase(), CheckpointKey.of(new byte[32]));
    }
}
