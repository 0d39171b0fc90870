package dev.datastudio.rag.relation.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.relation.JoinPath;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.rag.relation.Neo4jOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.TransactionContext;
import org.neo4j.driver.Value;
import org.neo4j.driver.exceptions.Neo4jException;

/** The statements, each a constant whose values are parameters, each about one owner. Thread-safe. */
public final class Neo4jGraph implements AutoCloseable {
    private static final List<String> SCHEMA = List.of(
            "CREATE CONSTRAINT studio_table_key IF NOT EXISTS FOR (t:StudioTable) REQUIRE t.key IS UNIQUE",
            "CREATE CONSTRAINT studio_relation_key IF NOT EXISTS FOR ()-[r:REFERS_TO]-() REQUIRE r.key IS UNIQUE",
            "CREATE INDEX studio_table_source IF NOT EXISTS FOR (t:StudioTable) ON (t.owner, t.source)");

    /** Setting a property locks the node until the transaction ends. */
    private static final String TABLES = """
            UNWIND $tables AS table
            MERGE (t:StudioTable {key: table.key})
            SET t.owner = $owner, t.source = table.source, t.name = table.name
            """;

    private static final String PUT = """
            UNWIND $relations AS relation
            MATCH (a:StudioTable {key: relation.from}), (b:StudioTable {key: relation.to})
            WHERE a.owner = $owner AND b.owner = $owner
            MERGE (a)-[r:REFERS_TO {key: relation.key}]->(b)
            SET r.owner = $owner, r.from_columns = relation.fromColumns, r.to_columns = relation.toColumns,
                r.score = relation.score, r.status = relation.status, r.usable = relation.usable,
                r.evidence = relation.evidence
            """;

    private static final String DELETE =
            "UNWIND $keys AS key MATCH ()-[r:REFERS_TO {key: key}]->() WHERE r.owner = $owner DELETE r";

    private static final String DELETE_TABLE =
            "MATCH (t:StudioTable {key: $key}) WHERE t.owner = $owner DETACH DELETE t";

    private static final String DELETE_SOURCE =
            "MATCH (t:StudioTable) WHERE t.owner = $owner AND t.source = $source DETACH DELETE t";

    private static final String DELETE_TENANT =
            "MATCH (t:StudioTable) WHERE t.owner = $tenant OR t.owner STARTS WITH $people DETACH DELETE t";

    private static final String RETURN = """
            WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b
            RETURN {fromSource: a.source, fromName: a.name, toSource: b.source, toName: b.name,
                    relation: properties(r)} AS row
            """;

    private static final String OF_TABLES = """
            UNWIND $keys AS key
            MATCH (t:StudioTable {key: key})-[r:REFERS_TO]-()
            WHERE t.owner = $owner AND r.owner = $owner
            """ + RETURN;

    private static final String AMONG = """
            UNWIND $keys AS key
            MATCH (t:StudioTable {key: key})-[r:REFERS_TO]->(other:StudioTable)
            WHERE t.owner = $owner AND r.owner = $owner AND other.key IN $keys
            """ + RETURN;

    /** How long a path may be is a part of the pattern, which takes no parameter: one statement for each length. */
    private static final List<String> PATHS = List.of(
            paths("*..1"),
            paths("*..2"),
            paths("*..3"),
            paths("*..4"),
            paths("*..5"),
            paths("*..6"),
            paths("*..7"),
            paths("*..8"));

    private static final Comparator<Relation> SUREST_FIRST = Comparator.comparingDouble(Relation::score)
            .reversed()
            .thenComparing(relation -> relation.from().toString())
            .thenComparing(relation -> relation.to().toString());

    private final Driver driver;
    private final SessionConfig session;
    private final String place;

    private Neo4jGraph(Driver driver, SessionConfig session, String place) {
        this.driver = driver;
        this.session = session;
        this.place = place;
    }

    private static String paths(String length) {
        return """
            MATCH (a:StudioTable {key: $from}), (b:StudioTable {key: $to})
            MATCH p = allShortestPaths((a)-[:REFERS_TO%s]-(b))
            WHERE all(r IN relationships(p) WHERE r.owner = $owner AND r.usable)
              AND all(t IN nodes(p) WHERE t.owner = $owner AND t.key IN $within)
            RETURN [r IN relationships(p) | {
                fromSource: startNode(r).source, fromName: startNode(r).name,
                toSource: endNode(r).source, toName: endNode(r).name, relation: properties(r)}] AS steps
            ORDER BY reduce(score = 1.0, r IN relationships(p) | score * r.score) DESC
            LIMIT 16
            """.formatted(length);
    }

    /** Connects, and makes constraints and index where they are not there. */
    public static Neo4jGraph open(Neo4jOptions options) {
        AuthToken who = options.user().isEmpty()
                ? AuthTokens.none()
                : AuthTokens.basic(options.user(), options.password().reveal());
        long millis = options.timeout().toMillis();
        Config config = Config.builder()
                .withConnectionTimeout(millis, TimeUnit.MILLISECONDS)
                .withConnectionAcquisitionTimeout(millis, TimeUnit.MILLISECONDS)
                .withMaxTransactionRetryTime(millis, TimeUnit.MILLISECONDS)
                .build();
        SessionConfig session = options.database().isEmpty()
                ? SessionConfig.defaultConfig()
                : SessionConfig.forDatabase(options.database());
        Neo4jGraph graph = new Neo4jGraph(
                GraphDatabase.driver(options.server(), who, config),
                session,
                options.server().getHost());
        try {
            SCHEMA.forEach(statement ->
                    graph.write(transaction -> transaction.run(statement).consume()));
            return graph;
        } catch (RuntimeException | Error e) {
            graph.close();
            throw e;
        }
    }

    private <T> T write(Function<TransactionContext, T> work) {
        return failing(opened -> opened.executeWrite(work::apply));
    }

    private <T> T read(Function<TransactionContext, T> work) {
        return failing(opened -> opened.executeRead(work::apply));
    }

    /** The driver tries again by itself what another transaction stood in the way of. */
    private <T> T failing(Function<Session, T> work) {
        try (Session opened = driver.session(session)) {
            return work.apply(opened);
        } catch (Neo4jException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_FAILED,
                    "Neo4j at " + StudioException.quote(place) + " failed: " + StudioException.quote(e.getMessage()),
                    "Check that the server is up and that user, password and database are right",
                    e);
        }
    }

    public void replace(String owner, Set<TableRef> tables, List<Relation> found) {
        write(transaction -> {
            transaction
                    .run(TABLES, Map.of("owner", owner, "tables", Neo4jValues.tables(owner, tables)))
                    .consume();
            Map<String, Relation> gone = new HashMap<>();
            for (Relation before : relations(transaction, AMONG, owner, tables)) {
                gone.put(Neo4jValues.key(owner, before.from(), before.to()), before);
            }
            List<Map<String, Object>> kept = new ArrayList<>();
            for (Relation relation : found) {
                Relation before = gone.remove(Neo4jValues.key(owner, relation.from(), relation.to()));
                kept.add(Neo4jValues.relation(owner, before == null ? relation : relation.withStatus(before.status())));
            }
            transaction.run(PUT, Map.of("owner", owner, "relations", kept)).consume();
            gone.values().removeIf(relation -> relation.status() != Relation.Status.PROPOSED);
            return transaction
                    .run(DELETE, Map.of("owner", owner, "keys", List.copyOf(gone.keySet())))
                    .consume();
        });
    }

    public void put(String owner, Relation relation) {
        Set<TableRef> tables = new LinkedHashSet<>(
                List.of(relation.from().table(), relation.to().table()));
        write(transaction -> {
            transaction
                    .run(TABLES, Map.of("owner", owner, "tables", Neo4jValues.tables(owner, tables)))
                    .consume();
            return transaction
                    .run(PUT, Map.of("owner", owner, "relations", List.of(Neo4jValues.relation(owner, relation))))
                    .consume();
        });
    }

    public void delete(String owner, Key from, Key to) {
        Map<String, Object> values = Map.of("owner", owner, "keys", List.of(Neo4jValues.key(owner, from, to)));
        write(transaction -> transaction.run(DELETE, values).consume());
    }

    public void deleteTable(String owner, TableRef table) {
        Map<String, Object> values = Map.of("owner", owner, "key", Neo4jValues.key(owner, table));
        write(transaction -> transaction.run(DELETE_TABLE, values).consume());
    }

    public void deleteSource(String owner, String source) {
        Map<String, Object> values = Map.of("owner", owner, "source", source);
        write(transaction -> transaction.run(DELETE_SOURCE, values).consume());
    }

    public void deleteTenant(String tenant) {
        Map<String, Object> values = Map.of("tenant", tenant, "people", tenant + "/");
        write(transaction -> transaction.run(DELETE_TENANT, values).consume());
    }

    public List<Relation> relations(String owner, Set<TableRef> tables) {
        return read(transaction -> relations(transaction, OF_TABLES, owner, tables));
    }

    private static List<Relation> relations(
            TransactionContext transaction, String statement, String owner, Set<TableRef> tables) {
        return transaction.run(statement, Map.of("owner", owner, "keys", keys(owner, tables))).stream()
                .map(row -> Neo4jValues.relation(row.get("row")))
                .distinct()
                .sorted(SUREST_FIRST)
                .toList();
    }

    private static List<String> keys(String owner, Set<TableRef> tables) {
        return tables.stream().map(table -> Neo4jValues.key(owner, table)).toList();
    }

    public List<JoinPath> shortestPaths(String owner, TableRef from, TableRef to, Set<TableRef> within, int maxSteps) {
        Map<String, Object> values = Map.of(
                "owner", owner,
                "from", Neo4jValues.key(owner, from),
                "to", Neo4jValues.key(owner, to),
                "within", keys(owner, within));
        return read(transaction -> transaction.run(PATHS.get(maxSteps - 1), values).stream()
                        .map(row -> path(row, from))
                        .toList())
                .stream()
                .sorted(Comparator.comparingDouble(JoinPath::score).reversed().thenComparing(JoinPath::toString))
                .toList();
    }

    private static JoinPath path(Record row, TableRef from) {
        List<JoinPath.Step> steps = new ArrayList<>();
        TableRef at = from;
        for (Value value : row.get("steps").values()) {
            Relation relation = Neo4jValues.relation(value);
            JoinPath.Step step =
                    new JoinPath.Step(relation, relation.from().table().equals(at));
            at = step.right().table();
            steps.add(step);
        }
        return new JoinPath(steps);
    }

    @Override
    public void close() {
        driver.close();
    }
}
