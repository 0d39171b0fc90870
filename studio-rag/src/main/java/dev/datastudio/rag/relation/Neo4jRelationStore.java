package dev.datastudio.rag.relation;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.relation.JoinPath;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.rag.relation.internal.Neo4jGraph;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Relations in Neo4j 5 or later: a node {@code StudioTable} for each table, a relationship {@code REFERS_TO} for each
 * relation, each with its owner. Needs the optional dependency {@value #ARTIFACT}. Thread-safe.
 *
 * <p>Two constraints and an index are made when the store is opened and they are not there. Names and texts go to the
 * server as parameters only, never as parts of a statement.
 */
public final class Neo4jRelationStore implements RelationStore {
    /** The driver that is needed. */
    static final String ARTIFACT = "org.neo4j.driver:neo4j-java-driver";

    private static final int MAX_STEPS = 8;

    private final Neo4jGraph graph;

    private Neo4jRelationStore(Neo4jGraph graph) {
        this.graph = graph;
    }

    /**
     * Connects, and makes constraints and index where they are not there.
     *
     * @throws StudioException {@link ErrorCode#DEPENDENCY_MISSING} without the driver, {@link ErrorCode#STORAGE_FAILED}
     *     when the server can't be reached or refuses
     */
    public static Neo4jRelationStore open(Neo4jOptions options) {
        Objects.requireNonNull(options, "options");
        if (!isAvailable()) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "Relations can't be kept in Neo4j, as its driver is not on the class path",
                    "Add " + ARTIFACT + " to the class path, in the version that Studio's BOM names");
        }
        return new Neo4jRelationStore(Neo4jGraph.open(options));
    }

    /** Whether the driver is on the class path. */
    public static boolean isAvailable() {
        try {
            Class.forName("org.neo4j.driver.GraphDatabase", false, Neo4jRelationStore.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public void replace(String owner, Set<TableRef> tables, List<Relation> found) {
        for (Relation relation : found) {
            if (!tables.contains(relation.from().table())
                    || !tables.contains(relation.to().table())) {
                throw new IllegalArgumentException(
                        "The relation of " + relation.from() + " to " + relation.to() + " is not between " + tables);
            }
        }
        graph.replace(owner, tables, found);
    }

    @Override
    public void put(String owner, Relation relation) {
        graph.put(owner, relation);
    }

    @Override
    public void delete(String owner, Key from, Key to) {
        graph.delete(owner, from, to);
    }

    @Override
    public void deleteTable(String owner, TableRef table) {
        graph.deleteTable(owner, table);
    }

    @Override
    public void deleteSource(String owner, String source) {
        graph.deleteSource(owner, source);
    }

    @Override
    public void deleteTenant(String tenant) {
        graph.deleteTenant(tenant);
    }

    @Override
    public List<Relation> relations(String owner, Set<TableRef> tables) {
        return graph.relations(owner, tables);
    }

    @Override
    public List<JoinPath> shortestPaths(String owner, TableRef from, TableRef to, Set<TableRef> within, int maxSteps) {
        if (maxSteps < 1 || maxSteps > MAX_STEPS) {
            throw new IllegalArgumentException("maxSteps must be 1 to " + MAX_STEPS + ", was " + maxSteps);
        }
        if (from.equals(to) || !within.contains(from) || !within.contains(to)) {
            return List.of();
        }
        return graph.shortestPaths(owner, from, to, within, maxSteps);
    }

    /** Ends the connections. */
    @Override
    public void close() {
        graph.close();
    }
}
