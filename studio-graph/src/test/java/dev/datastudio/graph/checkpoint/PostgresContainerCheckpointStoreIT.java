package dev.datastudio.graph.checkpoint;

import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class PostgresContainerCheckpointStoreIT extends PostgresCheckpointStoreContract {
    @Container
    private static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:17");

    @Override
    protected DataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(SERVER.getJdbcUrl());
        source.setUser(SERVER.getUsername());
        source.setPassword(SERVER.getPassword());
        return source;
    }
}
