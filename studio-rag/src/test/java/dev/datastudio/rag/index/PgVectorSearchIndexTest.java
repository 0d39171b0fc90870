package dev.datastudio.rag.index;

import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.testkit.search.SearchIndexContract;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** By words and by meaning; of the 5,000 vectors that the contract puts in, a graph is made. */
class PgVectorSearchIndexTest extends SearchIndexContract {
    private static PostgresTables tables;

    @BeforeAll
    static void connect() throws SQLException {
        tables = new PostgresTables(PostgresServer.requireWithPgVector().newDatabase());
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
