package dev.datastudio.rag.index;

import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.testkit.search.SearchIndexContract;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class PgVectorContainerSearchIndexTest extends SearchIndexContract {
    @Container
    private static final PostgreSQLContainer SERVER = new PostgreSQLContainer(
            DockerImageName.parse("pgvector/pgvector:pg17").asCompatibleSubstituteFor("postgres"));

    private static PostgresTables tables;

    @BeforeAll
    static void connect() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(SERVER.getJdbcUrl());
        database.setUser(SERVER.getUsername());
        database.setPassword(SERVER.getPassword());
        tables = new PostgresTables(database);
    }

    @Override
    protected SearchIndex open() {
        return PostgresSearchIndex.builder(tables.pool()).comparedAtMost(4_000).open();
    }

    @AfterEach
    void empty() throws SQLException {
        tables.empty();
    }

    @AfterAll
    static void disconnect() {
        if (tables != null) {
            tables.close();
        }
    }
}
