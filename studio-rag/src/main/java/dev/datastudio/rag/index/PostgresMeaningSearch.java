package dev.datastudio.rag.index;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.rag.index.internal.PgVector;
import dev.datastudio.rag.index.internal.PostgresStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Finds passages by their vectors in one state of an index: all are compared while there is no graph, else those that the
 * graph (Malkov and Yashunin, Efficient and Robust Approximate Nearest Neighbor Search Using Hierarchical Navigable Small
 * World Graphs, 2018) leads to. The graph is followed on until enough passages have passed the filter; when it gives up
 * before, all are compared after all.
 */
final class PostgresMeaningSearch {
    /** How many candidates a search of the graph keeps at least, and at most. */
    private static final int LEAST_CANDIDATES = 200;

    private static final int MOST_CANDIDATES = 1_000;

    private final PostgresIndexes indexes;
    private final PostgresIndexes.Row index;
    private final PgVector extension;
    private final Connection connection;
    private final Cancellation cancellation;

    PostgresMeaningSearch(
            PostgresIndexes indexes,
            PostgresIndexes.Row index,
            PgVector extension,
            Connection connection,
            Cancellation cancellation) {
        this.indexes = indexes;
        this.index = index;
        this.extension = extension;
        this.connection = connection;
        this.cancellation = cancellation;
    }

    List<SearchHit> search(SearchRequest request, SearchRequest.Meaning meaning) throws SQLException {
        if (index.space().isEmpty()) {
            return List.of();
        }
        int dimension = index.space().get().dimension();
        if (meaning.vector().length != dimension) {
            throw new IllegalArgumentException(
                    "The vector must have " + dimension + " numbers, has " + meaning.vector().length);
        }
        UnitVectors.requireFinite(meaning.vector(), "the question");
        String vector = PgVector.literal(UnitVectors.of(meaning.vector()));
        if (index.hasGraph()) {
            List<SearchHit> hits = byGraph(request, vector);
            if (hits.size() == request.limit()) {
                return hits;
            }
        }
        return byAll(request, vector);
    }

    private List<SearchHit> byGraph(SearchRequest request, String vector) throws SQLException {
        followGraph(request);
        return nearest(request, vector).list(connection, cancellation, PostgresMeaningSearch::hit);
    }

    /** Makes the planner take the graph, whose order it would otherwise take for dearer than sorting a small table. */
    void followGraph(SearchRequest request) throws SQLException {
        int candidates = Math.min(MOST_CANDIDATES, Math.max(LEAST_CANDIDATES, 2 * request.limit()));
        new PostgresStatement()
                .add("SELECT set_config('hnsw.ef_search', ?, TRUE),", String.valueOf(candidates))
                .add(" set_config('hnsw.iterative_scan', 'strict_order', TRUE), set_config('enable_sort', 'off', TRUE),"
                        + " set_config('enable_seqscan', 'off', TRUE), set_config('jit', 'off', TRUE)")
                .list(connection, row -> row.getString(1));
    }

    /** What {@link #followGraph} is for. */
    PostgresStatement nearest(SearchRequest request, String vector) {
        String distance = "e.embedding " + extension.distance() + " ?::" + extension.type();
        return new PostgresStatement()
                .add("SELECT * FROM (SELECT p.body, v.document, p.ordinal, " + distance + " AS distance", vector)
                .add(findable(request))
                .add(" ORDER BY " + distance + " LIMIT ?) nearest", vector, request.limit())
                .add(" ORDER BY distance, document, ordinal");
    }

    private List<SearchHit> byAll(SearchRequest request, String vector) throws SQLException {
        new PostgresStatement()
                .add("SELECT set_config('enable_sort', 'on', TRUE), set_config('enable_seqscan', 'on', TRUE)")
                .list(connection, row -> row.getString(1));
        // NaN is what pgvector gives for a vector without a direction. With it gone, no graph can give this order.
        return new PostgresStatement()
                .add("SELECT p.body, v.document, p.ordinal, coalesce(nullif(e.embedding " + extension.distance())
                .add(" ?::" + extension.type() + ", 'NaN'), 1) AS distance", vector)
                .add(findable(request))
                .add(" ORDER BY distance, v.document, p.ordinal LIMIT ?", request.limit())
                .list(connection, cancellation, PostgresMeaningSearch::hit);
    }

    private PostgresStatement findable(SearchRequest request) {
        return new PostgresStatement()
                .add(" FROM " + indexes.vectors(index) + " e CROSS JOIN LATERAL (SELECT p.* FROM " + indexes.schema()
                        + ".passage p WHERE p.tenant = e.tenant AND p.version_id = e.version_id"
                        + " AND p.ordinal = e.ordinal OFFSET 0) p ")
                .add(indexes.publishedOf(index, "e"))
                .add(" WHERE e.tenant = ? AND ", index.tenant())
                .add(PostgresFilter.of(request.filter()));
    }

    private static SearchHit hit(ResultSet row) throws SQLException {
        return new SearchHit(PostgresPassages.passage(row.getBytes("body")), 1 - row.getDouble("distance"));
    }
}
