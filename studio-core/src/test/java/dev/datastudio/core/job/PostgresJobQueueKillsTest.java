package dev.datastudio.core.job;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.datastudio.testkit.server.PostgresServer;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresJobQueueKillsTest extends JobQueueKills {
    @Override
    String location() throws SQLException {
        PGSimpleDataSource source = assertInstanceOf(
                PGSimpleDataSource.class, PostgresServer.require().newDatabase());
        return source.getURL() + (source.getURL().contains("?") ? "&" : "?") + "user=" + source.getUser();
    }
}
