package dev.datastudio.rag.index;

import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.rag.index.PostgresSearchIndex.Vectors;
import dev.datastudio.testkit.search.SearchIndexContract;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** By words only. */
class PostgresSearchIndexTest extends SearchIndexContract {
    private static PostgresTables tables;

    @BeforeAll
    static void connect() throws SQLException {
        tables = new PostgresTables(PostgresServer.require().newDatabase());
    }

    @Override
    protected SearchIndex open() {
        return PostgresSearchIndex.builder(tables.pool()).vectors(Vectors.NONE).open();
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
