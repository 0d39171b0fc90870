package dev.datastudio.rag.relation;

import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.testkit.relation.RelationStoreContract;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.neo4j.Neo4jContainer;

/** Row R3. */
@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class Neo4jContainerRelationStoreTest extends RelationStoreContract {
    @Container
    private static final Neo4jContainer SERVER = new Neo4jContainer("neo4j:5.26-community").withoutAuthentication();

    @BeforeEach
    void clear() {
        try (Driver driver = GraphDatabase.driver(SERVER.getBoltUrl(), AuthTokens.none())) {
            driver.executableQuery("MATCH (n) DETACH DELETE n").execute();
        }
    }

    @Override
    protected RelationStore open() {
        return Neo4jRelationStore.open(Neo4jOptions.at(URI.create(SERVER.getBoltUrl())));
    }
}
