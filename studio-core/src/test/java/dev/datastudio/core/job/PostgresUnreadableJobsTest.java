package dev.datastudio.core.job;

import dev.datastudio.core.workspace.PostgresDatabase;
import dev.datastudio.core.workspace.TransactionalDatabase;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.SQLException;

class PostgresUnreadableJobsTest extends UnreadableJobs {
    @Override
    TransactionalDatabase open() throws SQLException {
        return PostgresDatabase.open(PostgresServer.require().newDatabase());
    }
}
