package dev.datastudio.testkit.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.JoinPath;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.Relation.Status;
import dev.datastudio.api.relation.RelationStore;
import dev.datastudio.api.relation.TableRef;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RelationStore} must do. A store's test extends this class and opens an empty store. */
public abstract class RelationStoreContract {
    private static final String OWNER = "acme";
    private static final TableRef ORDERS = TableRef.dataset("orders");
    private static final TableRef LINES = TableRef.dataset("order_lines");
    private static final TableRef PRODUCTS = TableRef.dataset("products");
    private static final TableRef CUSTOMERS = TableRef.dataset("customers");
    private static final TableRef PEOPLE = new TableRef("7c1d", "public.people");
    private static final Set<TableRef> ALL = Set.of(ORDERS, LINES, PRODUCTS, CUSTOMERS, PEOPLE);

    private RelationStore store = new NoStore();

    /** An empty store; closed after each test. */
    protected abstract RelationStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void givesBackWhatWasPut() {
        Relation relation = new Relation(
                new Key(LINES, List.of("order \"no\"", "größe")),
                new Key(ORDERS, List.of("no", "size")),
                0.75,
                List.of(
                        new Evidence(Evidence.Kind.INCLUSION, 0.9, "9 of 9 values, 'quoted' \u2713"),
                        new Evidence(Evidence.Kind.NAME, 0.5, "alike")),
                Status.PROPOSED);

        store.put(OWNER, relation);

        assertEquals(List.of(relation), store.relations(OWNER, Set.of(ORDERS)));
        assertEquals(List.of(relation), store.relations(OWNER, Set.of(LINES)));
        assertEquals(List.of(), store.relations(OWNER, Set.of(PRODUCTS)));
    }

    @Test
    void keepsOneRelationBetweenTwoKeys() {
        store.put(OWNER, relation(LINES, "order_id", ORDERS, 0.4));
        store.put(OWNER, relation(LINES, "order_id", ORDERS, 0.9));

        List<Relation> relations = store.relations(OWNER, ALL);

        assertEquals(1, relations.size());
        assertEquals(0.9, relations.get(0).score());
    }

    @Test
    void givesTheSurestFirst() {
        store.put(OWNER, relation(LINES, "order_id", ORDERS, 0.4));
        store.put(OWNER, relation(LINES, "product_id", PRODUCTS, 0.9));

        assertEquals(
                List.of(0.9, 0.4),
                store.relations(OWNER, ALL).stream().map(Relation::score).toList());
    }

    @Test
    void showsNobodyTheRelationsOfAnotherTenant() {
        store.put(OWNER, relation(LINES, "order_id", ORDERS, 0.9));

        assertEquals(List.of(), store.relations("other", ALL));
        assertEquals(List.of(), store.shortestPaths("other", LINES, ORDERS, ALL, 4));
        store.delete("other", Key.of(LINES, "order_id"), Key.of(ORDERS, "id"));
        store.deleteTable("other", ORDERS);
        store.deleteSource("other", ORDERS.source());
        store.replace("other", ALL, List.of());
        assertEquals(1, store.relations(OWNER, ALL).size());
    }

    @Test
    void replacesWhatIsKnownAmongTablesAndKeepsWhatPeopleDecided() {
        store.put(OWNER, relation(LINES, "order_id", ORDERS, 0.9));
        store.put(OWNER, relation(LINES, "gone", PRODUCTS, 0.8));
        store.put(OWNER, relation(LINES, "kept", PRODUCTS, 0.3).withStatus(Status.ACCEPTED));
        store.put(OWNER, relation(LINES, "wrong", PRODUCTS, 0.9).withStatus(Status.REJECTED));
        store.put(OWNER, relation(ORDERS, "customer_id", CUSTOMERS, 0.9));

        store.replace(
                OWNER,
                Set.of(LINES, ORDERS, PRODUCTS),
                List.of(relation(LINES, "order_id", ORDERS, 0.95), relation(LINES, "wrong", PRODUCTS, 0.97)));

        List<Relation> left = store.relations(OWNER, ALL);
        assertEquals(
                Set.of(
                        "order_id 0.95 PROPOSED",
                        "kept 0.3 ACCEPTED",
                        "wrong 0.97 REJECTED",
                        "customer_id 0.9 PROPOSED"),
                Set.copyOf(left.stream()
                        .map(r -> r.from().columns().get(0) + " " + r.score() + " " + r.status())
                        .toList()));
    }

    @Test
    void refusesToReplaceByARelationToAnotherTable() {
        Relation relation = relation(LINES, "order_id", ORDERS, 0.9);

        assertThrows(IllegalArgumentException.class, () -> store.replace(OWNER, Set.of(LINES), List.of(relation)));
        assertEquals(List.of(), store.relations(OWNER, ALL));
    }

    @Test
    void deletesARelationAndATable() {
        store.put(OWNER, relation(LINES, "order_id", ORDERS, 0.9));
        store.put(OWNER, relation(LINES, "product_id", PRODUCTS, 0.9));
        store.put(OWNER, relation(ORDERS, "customer_id", CUSTOMERS, 0.9));

        store.delete(OWNER, Key.of(LINES, "product_id"), Key.of(PRODUCTS, "id"));
        assertEquals(2, store.relations(OWNER, ALL).size());

        store.deleteTable(OWNER, ORDERS);
        assertEquals(List.of(), store.relations(OWNER, ALL));
    }

    @Test
    void deletesWhatBelongsToASource() {
        store.put(OWNER, relation(LINES, "order_id", ORDERS, 0.9));
        store.put(OWNER, relation(CUSTOMERS, "person_id", PEOPLE, 0.9));

        store.deleteSource(OWNER, PEOPLE.source());

        assertEquals(
                List.of(ORDERS),
                store.relations(OWNER, ALL).stream()
                        .map(relation -> relation.to().table())
                        .toList());
    }

    @Test
    void deletesWhatBelongsToATenantAndItsPeople() {
        List<String> owners = List.of(OWNER, OWNER + "/ann", OWNER + "/bob", OWNER + "_2", OWNER + "2/ann", "acm/e");
        owners.forEach(owner -> store.put(owner, relation(LINES, "order_id", ORDERS, 0.9)));

        store.deleteTenant(OWNER);

        assertEquals(
                List.of(OWNER + "_2", OWNER + "2/ann", "acm/e"),
                owners.stream()
                        .filter(owner -> !store.relations(owner, ALL).isEmpty())
                        .toList());
    }

    @Test
    void findsTheShortestPathInBothDirections() {
        store.put(OWNER, relation(LINES, "order_id", ORDERS, 0.9));
        store.put(OWNER, relation(ORDERS, "customer_id", CUSTOMERS, 0.8));

        JoinPath down = only(store.shortestPaths(OWNER, LINES, CUSTOMERS, ALL, 4));
        JoinPath up = only(store.shortestPaths(OWNER, CUSTOMERS, LINES, ALL, 4));

        assertEquals(0.72, down.score(), 1e-9);
        assertTrue(down.keepsRows());
        assertFalse(up.keepsRows());
        assertEquals(Key.of(CUSTOMERS, "id"), up.steps().get(0).left());
        assertEquals(Key.of(LINES, "order_id"), up.steps().get(1).right());
    }

    @Test
    void givesAllPathsOfEqualLength() {
        store.put(OWNER, relation(ORDERS, "buyer_id", PEOPLE, 0.7));
        store.put(OWNER, relation(ORDERS, "seller_id", PEOPLE, 0.9));

        List<JoinPath> paths = store.shortestPaths(OWNER, ORDERS, PEOPLE, ALL, 4);

        assertEquals(
                List.of("seller_id", "buyer_id"),
                paths.stream()
                        .map(path -> path.steps().get(0).left().columns().get(0))
                        .toList());
    }

    @Test
    void joinsOverNothingThatIsGuessedRejectedOutsideOrTooFar() {
        store.put(OWNER, relation(LINES, "order_id", ORDERS, 0.5));
        store.put(OWNER, relation(LINES, "product_id", PRODUCTS, 0.9).withStatus(Status.REJECTED));
        store.put(OWNER, relation(ORDERS, "customer_id", CUSTOMERS, 0.9));
        store.put(OWNER, relation(CUSTOMERS, "person_id", PEOPLE, 0.1).withStatus(Status.ACCEPTED));

        assertEquals(List.of(), store.shortestPaths(OWNER, LINES, ORDERS, ALL, 4));
        assertEquals(List.of(), store.shortestPaths(OWNER, LINES, PRODUCTS, ALL, 4));
        assertEquals(1, store.shortestPaths(OWNER, ORDERS, PEOPLE, ALL, 2).size());
        assertEquals(List.of(), store.shortestPaths(OWNER, ORDERS, PEOPLE, ALL, 1));
        assertEquals(List.of(), store.shortestPaths(OWNER, ORDERS, PEOPLE, Set.of(ORDERS, PEOPLE), 4));
        assertEquals(List.of(), store.shortestPaths(OWNER, ORDERS, ORDERS, ALL, 4));
    }

    private static JoinPath only(List<JoinPath> paths) {
        assertEquals(1, paths.size(), () -> "paths: " + paths);
        return paths.get(0);
    }

    private static Relation relation(TableRef from, String column, TableRef to, double score) {
        return new Relation(Key.of(from, column), Key.of(to, "id"), score, List.of(), Status.PROPOSED);
    }

    /** Before the first test opens one. */
    private static final class NoStore implements RelationStore {
        @Override
        public void replace(String owner, Set<TableRef> tables, List<Relation> found) {
            throw new IllegalStateException("not open");
        }

        @Override
        public void put(String owner, Relation relation) {
            throw new IllegalStateException("not open");
        }

        @Override
        public void delete(String owner, Key from, Key to) {
            throw new IllegalStateException("not open");
        }

        @Override
        public void deleteTable(String owner, TableRef table) {
            throw new IllegalStateException("not open");
        }

        @Override
        public void deleteSource(String owner, String source) {
            throw new IllegalStateException("not open");
        }

        @Override
        public void deleteTenant(String tenant) {
            throw new IllegalStateException("not open");
        }

        @Override
        public List<Relation> relations(String owner, Set<TableRef> tables) {
            throw new IllegalStateException("not open");
        }

        @Override
        public List<JoinPath> shortestPaths(
                String owner, TableRef from, TableRef to, Set<TableRef> within, int maxSteps) {
            throw new IllegalStateException("not open");
        }

        @Override
        public void close() {}
    }
}
