package dev.datastudio.rag.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.JoinPath;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.relation.SqlRelationStore;
import dev.datastudio.core.workspace.Workspace;
import dev.datastudio.testkit.relation.RelationStoreContract;
import dev.datastudio.testkit.server.Neo4jServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** Row R3. */
class Neo4jRelationStoreTest extends RelationStoreContract {
    private static final Relation NONE = relation("a", "b", 0, 0.9);

    private static @Nullable Driver driver;

    @BeforeAll
    static void connect() {
        driver = GraphDatabase.driver(Neo4jServer.require().address(), AuthTokens.none());
    }

    @AfterAll
    static void disconnect() {
        if (driver != null) {
            driver.close();
        }
    }

    @BeforeEach
    void clear() {
        Objects.requireNonNull(driver)
                .executableQuery("MATCH (n) DETACH DELETE n")
                .execute();
    }

    @Override
    protected RelationStore open() {
        return Neo4jRelationStore.open(Neo4jOptions.at(Neo4jServer.require().address()));
    }

    private static TableRef table(String name) {
        return TableRef.dataset(name);
    }

    private static Relation relation(String from, String to, int column, double score) {
        return new Relation(
                Key.of(table(from), "c" + column),
                Key.of(table(to), "id"),
                score,
                List.of(new Evidence(Evidence.Kind.NAME, 0.5, "alike")),
                Relation.Status.PROPOSED);
    }

    @Test
    void findsTheSamePathsAsTheSqlStore() {
        Random random = new Random(7);
        List<String> names = IntStream.range(0, 12).mapToObj(i -> "t" + i).toList();
        Set<TableRef> all = names.stream().map(Neo4jRelationStoreTest::table).collect(Collectors.toSet());
        List<Relation> relations = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String from = names.get(random.nextInt(names.size()));
            String to = names.get(random.nextInt(names.size()));
            relations.add(relation(from, to, i, 0.4 + i / 60.0));
        }

        try (RelationStore neo4j = open();
                Workspace workspace = Workspace.temporary();
                RelationStore sql = SqlRelationStore.over(workspace.state())) {
            neo4j.replace("acme", all, relations);
            sql.replace("acme", all, relations);

            assertEquals(sql.relations("acme", all), neo4j.relations("acme", all));
            for (String from : names) {
                for (String to : List.of("t0", "t11")) {
                    Set<TableRef> within = from.equals("t3") ? all : without(all, table("t3"));
                    List<JoinPath> expected = sql.shortestPaths("acme", table(from), table(to), within, 4);
                    assertEquals(
                            expected,
                            neo4j.shortestPaths("acme", table(from), table(to), within, 4),
                            from + " to " + to);
                }
            }
        }
    }

    private static Set<TableRef> without(Set<TableRef> all, TableRef one) {
        return all.stream().filter(table -> !table.equals(one)).collect(Collectors.toSet());
    }

    @Test
    void keepsOneRelationWhoeverPutsItAtTheSameTime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (RelationStore one = open();
                RelationStore other = open()) {
            List<Callable<Boolean>> puts = IntStream.range(0, 24)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        RelationStore store = i % 2 == 0 ? one : other;
                        store.put("acme", i % 4 < 2 ? NONE : relation("b", "a", 0, 0.8));
                        return true;
                    })
                    .toList();
            for (Future<Boolean> done : threads.invokeAll(puts)) {
                assertTrue(done.get());
            }

            assertEquals(2, one.relations("acme", Set.of(table("a"))).size());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void saysWhereAServerIsNotThere() {
        Neo4jOptions nowhere = Neo4jOptions.at(URI.create("bolt://127.0.0.1:1"))
                .signedInAs("ann", Secret.of("canary"))
                .withTimeout(Duration.ofSeconds(1));

        StudioException failed = assertThrows(StudioException.class, () -> Neo4jRelationStore.open(nowhere));
        StringWriter told = new StringWriter();
        failed.printStackTrace(new PrintWriter(told));

        assertEquals(ErrorCode.STORAGE_FAILED, failed.code());
        assertTrue(failed.what().startsWith("Neo4j at '127.0.0.1' failed: "), failed::what);
        assertFalse(told.toString().contains("canary"), told::toString);
    }

    @Test
    void refusesAnAddressThatIsNone() {
        for (String address : List.of(
                "http://localhost:7474", "bolt://ann:canary@localhost", "bolt://localhost/x", "bolt+ssc://localhost")) {
            StudioException refused =
                    assertThrows(StudioException.class, () -> Neo4jOptions.at(URI.create(address)), address);
            assertFalse(refused.getMessage().contains("canary"), refused::getMessage);
        }
        Neo4jOptions options = Neo4jOptions.at(URI.create("neo4j+s://graph.example.org"))
                .signedInAs("ann", Secret.of("canary"))
                .withDatabase("studio");
        assertFalse(options.toString().contains("canary"), options::toString);
        assertThrows(StudioException.class, () -> options.withDatabase("x; DROP"));
    }
}
