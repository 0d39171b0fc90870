package dev.datastudio.rag.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.rag.index.internal.PgVector;
import dev.datastudio.rag.index.internal.PostgresStatement;
import dev.datastudio.testkit.search.ClusteredVectors;
import dev.datastudio.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresMeaningSearchTest {
    private static final IndexName NAME = new IndexName("acme", "documents");
    private static final int DIMENSION = 8;

    private final ClusteredVectors vectors = new ClusteredVectors(3, 20, DIMENSION);
    private DataSource database;

    @BeforeEach
    void makeDatabase() throws SQLException {
        database = PostgresServer.requireWithPgVector().newDatabase();
    }

    @Test
    void followsTheGraphAsSoonAsThereIsOne() throws SQLException {
        try (PostgresSearchIndex index =
                PostgresSearchIndex.builder(database).comparedAtMost(300).open()) {
            index.prepare(NAME, new VectorSpace("model", DIMENSION));
            put(index, "a", 300);
            assertTrue(!plan().contains("_embedding_idx"), "without a graph");

            put(index, "b", 100);

            assertTrue(plan().contains("Index Scan using vector_1_embedding_idx"), this::plan);
        }
    }

    private String plan() {
        SearchRequest request = request(SearchFilter.is("kind", "odd"), 10);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            PostgresIndexes indexes = new PostgresIndexes("studio_search");
            PostgresMeaningSearch search = new PostgresMeaningSearch(
                    indexes,
                    indexes.find(connection, NAME).orElseThrow(),
                    new PgVector("public"),
                    connection,
                    Cancellation.none());
            search.followGraph(request);
            return String.join(
                    "\n",
                    new PostgresStatement()
                            .add("EXPLAIN ")
                            .add(search.nearest(request, PgVector.literal(new float[DIMENSION])))
                            .list(connection, row -> row.getString(1)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void findsAllThatAFilterLetsThroughHoweverFew() {
        try (PostgresSearchIndex index =
                PostgresSearchIndex.builder(database).comparedAtMost(100).open()) {
            index.prepare(NAME, new VectorSpace("model", DIMENSION));
            put(index, "a", 1_000);

            List<SearchHit> hits = index.search(NAME, request(SearchFilter.is("place", 7L), 10), Cancellation.none());

            assertEquals(1, hits.size());
            assertEquals(7, hits.get(0).passage().key().ordinal());
        }
    }

    @Test
    void takesVectorsThatAreTooLongForAGraphAndThoseWithoutADirection() {
        int dimension = VectorSpace.MAX_DIMENSION;
        try (PostgresSearchIndex index =
                PostgresSearchIndex.builder(database).comparedAtMost(0).open()) {
            index.prepare(NAME, new VectorSpace("long", dimension));
            PassageKey.Version version = new PassageKey.Version("a", "1");
            float[] first = new float[dimension];
            first[dimension - 1] = 2;
            index.stage(
                    NAME,
                    List.of(
                            new Passage(new PassageKey(version, 0), "zero", "", "en", Map.of(), new float[dimension]),
                            new Passage(new PassageKey(version, 1), "one", "", "en", Map.of(), first)));
            index.publish(NAME, List.of(version));

            List<SearchHit> hits = index.search(
                    NAME,
                    new SearchRequest(new SearchRequest.Meaning(first), SearchFilter.ALL, 2),
                    Cancellation.none());

            assertEquals(List.of(1.0, 0.0), hits.stream().map(SearchHit::score).toList());
        }
    }

    private SearchRequest request(SearchFilter filter, int limit) {
        return new SearchRequest(new SearchRequest.Meaning(vectors.next()), filter, limit);
    }

    private void put(PostgresSearchIndex index, String document, int count) {
        PassageKey.Version version = new PassageKey.Version(document, "1");
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> attributes = Map.of("kind", i % 2 == 0 ? "even" : "odd", "place", (long) i);
            passages.add(new Passage(new PassageKey(version, i), "x", "", "en", attributes, vectors.next()));
        }
        index.stage(NAME, passages);
        index.publish(NAME, List.of(version));
    }
}
