package dev.datastudio.rag.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchIndex.Retriever;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.rag.index.PostgresSearchIndex.Vectors;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresOpeningTest {
    private static final IndexName NAME = new IndexName("acme", "documents");
    private static final PassageKey KEY = new PassageKey(new PassageKey.Version("a", "1"), 0);

    @Test
    void isNotOpenedWithoutTheExtensionUnlessWordsAreEnough() throws SQLException {
        DataSource database = PostgresServer.require().newDatabase();

        StudioException refused = assertThrows(StudioException.class, () -> PostgresSearchIndex.open(database));
        assertEquals(ErrorCode.DEPENDENCY_MISSING, refused.code());
        assertTrue(refused.getMessage().contains("CREATE EXTENSION vector"), refused.getMessage());
        try (PostgresSearchIndex words = PostgresSearchIndex.builder(database)
                .vectors(Vectors.IF_AVAILABLE)
                .open()) {
            assertEquals(Set.of(Retriever.WORDS), words.retrievers());
        }
    }

    @Test
    void putsNoPassageWithoutItsVectorIntoAnIndexWithVectors() throws SQLException {
        DataSource database = PostgresServer.requireWithPgVector().newDatabase();
        try (PostgresSearchIndex both = PostgresSearchIndex.open(database);
                PostgresSearchIndex words = PostgresSearchIndex.builder(database)
                        .vectors(Vectors.NONE)
                        .open()) {
            both.prepare(NAME, new VectorSpace("model", 1));
            List<Passage> passages = List.of(new Passage(KEY, "whale", "", "en", Map.of(), new float[] {1}));

            StudioException refused = assertThrows(StudioException.class, () -> words.stage(NAME, passages));
            assertEquals(ErrorCode.INDEX_MODEL_MISMATCH, refused.code());

            both.stage(NAME, passages);
            words.publish(NAME, List.of(KEY.version()));
            words.delete(NAME, Set.of("a"));
            assertEquals(List.of(), both.versions(NAME));
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String table : PostgresTables.vectors(statement)) {
                    assertFalse(statement
                            .executeQuery("SELECT 1 FROM studio_search." + table)
                            .next());
                }
            }
        }
    }

    @Test
    void manyOpenItAtOnceAndBesideOtherSchemas() throws SQLException {
        DataSource database = PostgresServer.requireWithPgVector().newDatabase();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<Set<Retriever>>> opened = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String schema = i % 2 == 0 ? "select" : "other"; // a word of SQL is a name as any
                opened.add(CompletableFuture.supplyAsync(
                        () -> PostgresSearchIndex.builder(database)
                                .schema(schema)
                                .open()
                                .retrievers(),
                        threads));
            }
            opened.forEach(retrievers -> assertTrue(retrievers.join().contains(Retriever.MEANING)));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refusesSchemasOfAnotherForm() {
        for (String schema : List.of("", "Upper", "a b", "a\"b", "pg_x", "x".repeat(64))) {
            StudioException refused = assertThrows(
                    StudioException.class,
                    () -> PostgresSearchIndex.builder(new PGSimpleDataSource())
                            .schema(schema)
                            .open());
            assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        }
    }

    @Test
    void saysWhenTheServerIsNotThere() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setURL("jdbc:postgresql://127.0.0.1:1/none");

        StudioException refused = assertThrows(StudioException.class, () -> PostgresSearchIndex.open(nowhere));

        assertEquals(ErrorCode.STORAGE_FAILED, refused.code());
    }

    @Test
    void neverShowsTheTextOfAPassageInAMessage() throws SQLException {
        DataSource database = PostgresServer.require().newDatabase();
        try (PostgresSearchIndex index = PostgresSearchIndex.builder(database)
                        .vectors(Vectors.NONE)
                        .open();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE studio_search.passage ADD CHECK (ordinal > 0)");

            StudioException refused = assertThrows(
                    StudioException.class,
                    () -> index.stage(NAME, List.of(new Passage(KEY, "whale77", "", "en", Map.of()))));

            assertEquals(ErrorCode.STORAGE_FAILED, refused.code());
            assertFalse(refused.getMessage().contains("whale77"), refused.getMessage());
        }
    }

    @Test
    void isOfNoUseWhenItIsClosed() throws SQLException {
        PostgresSearchIndex index = PostgresSearchIndex.builder(
                        PostgresServer.require().newDatabase())
                .vectors(Vectors.NONE)
                .open();
        index.close();
        index.close();

        assertThrows(IllegalStateException.class, () -> index.versions(NAME));
    }
}
