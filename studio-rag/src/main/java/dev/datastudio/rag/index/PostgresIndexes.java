package dev.datastudio.rag.index;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.rag.index.internal.PgVector;
import dev.datastudio.rag.index.internal.PostgresStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The indexes of a database. Whoever writes to one keeps its row from being dropped until the transaction ends.
 *
 * @param schema where the tables are, in quotes
 */
record PostgresIndexes(String schema) {
    /** How many neighbours a vector has in a graph, and among how many they are chosen. */
    private static final String GRAPH = "m = 16, ef_construction = 100";

    /**
     * One of them.
     *
     * @param id by which its rows are found, beside the tenant
     * @param space which vectors it holds
     * @param hasGraph whether there is a graph of them
     */
    record Row(String tenant, long id, Optional<VectorSpace> space, boolean hasGraph) {}

    Optional<Row> find(Connection connection, IndexName name) throws SQLException {
        return find(connection, name, "");
    }

    /** The same, which is there until the transaction ends. */
    Optional<Row> held(Connection connection, IndexName name) throws SQLException {
        return find(connection, name, " FOR KEY SHARE");
    }

    /** Makes it when it is not there; it is until the transaction ends. */
    Row heldOrMade(Connection connection, IndexName name) throws SQLException {
        Optional<Row> found = held(connection, name);
        while (found.isEmpty()) {
            make(connection, name);
            found = held(connection, name); // empty when another one dropped it in between
        }
        return found.get();
    }

    private void make(Connection connection, IndexName name) throws SQLException {
        new PostgresStatement()
                .add("INSERT INTO " + schema + ".search_index (tenant, collection) VALUES (")
                .add("?, ?) ON CONFLICT DO NOTHING", name.tenant(), name.collection())
                .execute(connection);
    }

    private Optional<Row> find(Connection connection, IndexName name, String lock) throws SQLException {
        List<Row> rows = new PostgresStatement()
                .add("SELECT tenant, id, model, dimension, has_graph FROM " + schema + ".search_index")
                .add(" WHERE tenant = ? AND collection = ?" + lock, name.tenant(), name.collection())
                .list(connection, PostgresIndexes::row);
        return rows.stream().findFirst();
    }

    private static Row row(ResultSet row) throws SQLException {
        String model = row.getString("model");
        Optional<VectorSpace> space =
                model == null ? Optional.empty() : Optional.of(new VectorSpace(model, row.getInt("dimension")));
        return new Row(row.getString("tenant"), row.getLong("id"), space, row.getBoolean("has_graph"));
    }

    /** Where the vectors of an index are that was prepared for some. */
    String vectors(Row index) {
        return schema + ".vector_" + index.id();
    }

    /**
     * Joins the version {@code v} of each row, where it is a published one of the index. It is looked up row by row: with
     * nothing known about the tables yet, the planner was seen to compare all rows with all versions.
     *
     * @param rows what has a {@code version_id}
     */
    PostgresStatement publishedOf(Row index, String rows) {
        return new PostgresStatement()
                .add("CROSS JOIN LATERAL (SELECT v.document FROM " + schema + ".document_version v WHERE v.id = " + rows
                        + ".version_id")
                .add(" AND v.tenant = ? AND v.index_id + 0 = ?", index.tenant(), index.id())
                .add(" AND v.published OFFSET 0) v");
    }

    void prepare(Connection connection, IndexName name, VectorSpace space, PgVector extension) throws SQLException {
        Optional<Row> found = find(connection, name, " FOR NO KEY UPDATE");
        while (found.isEmpty()) {
            make(connection, name);
            found = find(connection, name, " FOR NO KEY UPDATE");
        }
        Row index = found.get();
        if (index.space().isPresent()) {
            requireSame(name, index.space().get(), space);
            return;
        }
        new PostgresStatement()
                .add(
                        "UPDATE " + schema + ".search_index SET model = ?, dimension = ?",
                        space.model(),
                        space.dimension())
                .add(" WHERE tenant = ? AND id = ?", index.tenant(), index.id())
                .execute(connection);
        makeVectors(connection, index, space, extension);
    }

    private void makeVectors(Connection connection, Row index, VectorSpace space, PgVector extension)
            throws SQLException {
        new PostgresStatement()
                .add("CREATE TABLE " + vectors(index) + " (tenant text COLLATE \"C\" NOT NULL,"
                        + " version_id bigint NOT NULL, ordinal integer NOT NULL,"
                        + " embedding " + extension.type() + "(" + space.dimension() + ") NOT NULL,"
                        + " PRIMARY KEY (tenant, version_id, ordinal))")
                .execute(connection);
    }

    /**
     * Makes the graph of an index that needs it: built at once it takes a fraction of the time that it takes vector by
     * vector. Whoever writes vectors meanwhile waits.
     */
    void makeGraph(Connection connection, IndexName name, PgVector extension, long passages) throws SQLException {
        Optional<Row> found = find(connection, name, " FOR NO KEY UPDATE");
        if (found.isEmpty() || !needsGraph(connection, found.get(), passages)) {
            return;
        }
        Row index = found.get();
        new PostgresStatement()
                .add("CREATE INDEX ON " + vectors(index) + " USING hnsw (embedding " + extension.operators()
                        + ") WITH (" + GRAPH + ")")
                .execute(connection);
        new PostgresStatement()
                .add("UPDATE " + schema + ".search_index SET has_graph = TRUE")
                .add(" WHERE tenant = ? AND id = ?", index.tenant(), index.id())
                .execute(connection);
    }

    /** Whether it has none and more than so many passages can be found in it. */
    boolean needsGraph(Connection connection, Row index, long passages) throws SQLException {
        return !index.hasGraph()
                && index.space().isPresent()
                && index.space().get().dimension() <= PgVector.MAX_GRAPH_DIMENSION
                && passages(connection, index) > passages;
    }

    private long passages(Connection connection, Row index) throws SQLException {
        return new PostgresStatement()
                .add("SELECT coalesce(sum(passages), 0)::bigint FROM " + schema + ".document_version")
                .add(" WHERE tenant = ? AND index_id = ? AND published", index.tenant(), index.id())
                .list(connection, row -> row.getLong(1))
                .get(0);
    }

    static void requireSame(IndexName name, VectorSpace held, VectorSpace asked) {
        if (!held.equals(asked)) {
            throw new StudioException(
                    ErrorCode.INDEX_MODEL_MISMATCH,
                    "The search index " + StudioException.quote(name) + " holds vectors of the model "
                            + StudioException.quote(held.model()) + " with " + held.dimension()
                            + " numbers, not of " + StudioException.quote(asked.model()) + " with "
                            + asked.dimension(),
                    "Go on with that model, or drop the index and read the documents in again");
        }
    }

    void drop(Connection connection, IndexName name) throws SQLException {
        Optional<Row> found = find(connection, name, " FOR UPDATE");
        if (found.isPresent()) {
            Row index = found.get();
            new PostgresStatement()
                    .add("DELETE FROM " + schema + ".search_index WHERE tenant = ?", index.tenant())
                    .add(" AND id = ?", index.id())
                    .execute(connection);
            if (index.space().isPresent()) {
                new PostgresStatement().add("DROP TABLE " + vectors(index)).execute(connection);
            }
        }
    }
}
