package dev.datastudio.core.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.OutsideData;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows R3. */
class RelationFinderTest {
    private Studio studio = Studio.inMemory();

    @BeforeEach
    void open() {
        studio.close();
        studio = Studio.inMemory();
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private List<Relation> find(List<Dataset> datasets) {
        return studio.relations().find(datasets, ProgressListener.NONE, Cancellation.none());
    }

    private static Set<String> usable(List<Relation> relations) {
        return relations.stream()
                .filter(Relation::isUsable)
                .map(relation -> relation.from() + " -> " + relation.to())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void findsTheRelationsOfChinookWithItsKeysHidden() throws SQLException {
        String url = "jdbc:sqlite:" + OutsideData.require("eval/sqlite/chinook.sqlite");
        List<Dataset> datasets = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "Album",
                    "Artist",
                    "Customer",
                    "Employee",
                    "Genre",
                    "Invoice",
                    "InvoiceLine",
                    "MediaType",
                    "Playlist",
                    "PlaylistTrack",
                    "Track")) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    datasets.add(studio.datasets().importResultSet(table, rows).withTable(table));
                }
            }
        }

        Set<String> found = usable(find(datasets));

        Set<String> named = Set.of(
                "Album.ArtistId -> Artist.ArtistId",
                "Invoice.CustomerId -> Customer.CustomerId",
                "InvoiceLine.InvoiceId -> Invoice.InvoiceId",
                "InvoiceLine.TrackId -> Track.TrackId",
                "PlaylistTrack.PlaylistId -> Playlist.PlaylistId",
                "PlaylistTrack.TrackId -> Track.TrackId",
                "Track.AlbumId -> Album.AlbumId",
                "Track.GenreId -> Genre.GenreId",
                "Track.MediaTypeId -> MediaType.MediaTypeId");
        assertTrue(found.containsAll(named), () -> "found only " + found);
        Set<String> more = new TreeSet<>(found);
        more.removeAll(named);
        assertTrue(
                Set.of("Employee.ReportsTo -> Employee.EmployeeId", "Customer.SupportRepId -> Employee.EmployeeId")
                        .containsAll(more),
                () -> "false: " + more);
    }

    @Test
    void tellsItsEvidenceWithNumbers() {
        Dataset customers = studio.datasets().importMaps("customers", rows(5, i -> Map.of("id", i, "city", "C" + i)));
        Dataset orders =
                studio.datasets().importMaps("orders", rows(12, i -> Map.of("order_no", i, "customer_id", i % 3 + 1)));

        Relation relation = find(List.of(customers, orders)).get(0);

        assertEquals("orders.customer_id", relation.from().toString());
        assertEquals("customers.id", relation.to().toString());
        assertEquals(
                List.of(
                        "The name customer_id points to id of customers",
                        "3 of 3 different values of orders.customer_id are found in customers.id, which has 5, each once"),
                relation.evidence().stream().map(Evidence::words).toList());
    }

    @Test
    void doesNotTakeSmallNumbersForReferences() {
        Dataset products = studio.datasets().importMaps("products", rows(30, i -> Map.of("id", i, "name", "P" + i)));
        Dataset reviews = studio.datasets()
                .importMaps("reviews", rows(40, i -> Map.of("id", i, "stars", i % 5 + 1, "day", i % 28 + 1)));

        assertEquals(Set.of(), usable(find(List.of(products, reviews))));
    }

    @Test
    void refusesAColumnWhoseValuesAreNotThere() {
        Dataset customers = studio.datasets().importMaps("customers", rows(5, i -> Map.of("id", i, "city", "C" + i)));
        Dataset orders =
                studio.datasets().importMaps("orders", rows(12, i -> Map.of("order_no", i, "customer_id", 100 + i)));

        assertEquals(List.of(), find(List.of(customers, orders)));
    }

    @Test
    void guessesByTellingValuesAloneWithoutJoiningOverThem() {
        Dataset accounts = studio.datasets()
                .importMaps("accounts", rows(40, i -> Map.of("iban", "DE" + i * 7919, "owner", "O" + i)));
        Dataset payments = studio.datasets()
                .importMaps("payments", rows(90, i -> Map.of("number", i, "payer", "DE" + (i % 30 + 1) * 7919)));

        List<Relation> found = find(List.of(accounts, payments));

        assertEquals("payments.payer", found.get(0).from().toString());
        assertEquals(Set.of(), usable(found));
    }

    @Test
    void joinsIdsThatWereWrittenAsNumbersWithAFraction() {
        Dataset technicians =
                studio.datasets().importMaps("technician", rows(6, i -> Map.of("technician_id", i + 0.0, "team", "T")));
        Dataset repairs = studio.datasets()
                .importMaps("repair", rows(9, i -> Map.of("repair_id", i, "technician_id", i % 5 + 1)));

        assertEquals(
                Set.of("repair.technician_id -> technician.technician_id"),
                usable(find(List.of(technicians, repairs))));
    }

    @Test
    void takesTheDirectWayToWhatSeveralTablesReferTo() {
        Dataset employees =
                studio.datasets().importMaps("employees", rows(9, i -> Map.of("emp_id", i, "name", "N" + i)));
        Dataset salaries = studio.datasets().importMaps("salaries", rows(7, i -> Map.of("emp_id", i, "pay", i * 1.5)));
        Dataset badges = studio.datasets().importMaps("badges", rows(8, i -> Map.of("emp_id", i, "colour", "C" + i)));

        assertEquals(
                Set.of("badges.emp_id -> employees.emp_id", "salaries.emp_id -> employees.emp_id"),
                usable(find(List.of(employees, salaries, badges))));
    }

    @Test
    void prefersTheIdToTheNameOfTheSameThing() {
        Dataset customers =
                studio.datasets().importMaps("customers", rows(12, i -> Map.of("id", i, "name", "Customer " + i)));
        Dataset orders = studio.datasets()
                .importMaps(
                        "orders",
                        rows(20, i -> Map.of("customer_id", i % 12 + 1, "customer_name", "Customer " + (i % 12 + 1))));
        Dataset calls = studio.datasets()
                .importMaps("calls", rows(20, i -> Map.of("call_id", i, "customer", "Customer " + (i % 12 + 1))));

        assertEquals(
                Set.of("calls.customer -> customers.name", "orders.customer_id -> customers.id"),
                usable(find(List.of(customers, orders, calls))));
    }

    @Test
    void looksAmongDataSetsWithoutKeepingWhatItFinds() {
        Dataset customers = studio.datasets().importMaps("customers", rows(5, i -> Map.of("id", i, "city", "C" + i)));
        Dataset orders =
                studio.datasets().importMaps("orders", rows(12, i -> Map.of("order_no", i, "customer_id", i % 3 + 1)));
        List<Dataset> both = List.of(customers, orders);
        Set<TableRef> refs = Set.of(TableRef.dataset("customers"), TableRef.dataset("orders"));

        List<Relation> found = studio.relations().among(both, Cancellation.none());

        assertEquals(Set.of("orders.customer_id -> customers.id"), usable(found));
        assertEquals(List.of(), studio.relations().list(refs));
        studio.relations().decide(found.get(0), Relation.Status.REJECTED);
        assertEquals(Set.of(), usable(studio.relations().among(both, Cancellation.none())));
        Relation told = new Relation(
                Key.of(TableRef.dataset("orders"), "order_no"),
                Key.of(TableRef.dataset("customers"), "city"),
                0.9,
                List.of(new Evidence(Evidence.Kind.PERSON, 1, "Says Ann")),
                Relation.Status.PROPOSED);
        studio.relations().decide(told, Relation.Status.ACCEPTED);
        assertEquals(
                Set.of("orders.order_no -> customers.city"),
                usable(studio.relations().among(both, Cancellation.none())));
        assertEquals(
                1,
                Relations.paths(
                                studio.relations().among(both, Cancellation.none()),
                                TableRef.dataset("customers"),
                                TableRef.dataset("orders"))
                        .size());
    }

    @Test
    void forgetsTheRelationsOfADeletedDataSet() {
        Dataset customers = studio.datasets().importMaps("customers", rows(5, i -> Map.of("id", i, "city", "C" + i)));
        Dataset orders =
                studio.datasets().importMaps("orders", rows(12, i -> Map.of("order_no", i, "customer_id", i % 3 + 1)));
        find(List.of(customers, orders));

        studio.datasets().delete(customers.id());

        Set<TableRef> refs = Set.of(TableRef.dataset("customers"), TableRef.dataset("orders"));
        assertEquals(List.of(), studio.relations().list(refs));
    }

    @Test
    void keepsTheRelationsOfPeopleOfOneTenantApart(@TempDir Path folder) {
        Caller ann = new Caller("acme", "ann");
        Caller ben = new Caller("acme", "ben");
        try (Studio hers = Studio.builder().workspace(folder).caller(ann).build();
                Studio his = Studio.builder().workspace(folder).caller(ben).build()) {
            List<Dataset> both = List.of(
                    hers.datasets().importMaps("customers", rows(5, i -> Map.of("id", i, "city", "C" + i))),
                    hers.datasets().importMaps("orders", rows(12, i -> Map.of("no", i, "customer_id", i % 3 + 1))));
            Set<TableRef> refs = Set.of(TableRef.dataset("customers"), TableRef.dataset("orders"));

            hers.relations().find(both, ProgressListener.NONE, Cancellation.none());

            assertEquals(1, hers.relations().list(refs).size());
            assertEquals(List.of(), his.relations().list(refs));
        }
    }

    private static List<Map<String, Object>> rows(int count, java.util.function.IntFunction<Map<String, Object>> row) {
        return IntStream.rangeClosed(1, count).mapToObj(row).toList();
    }
}
