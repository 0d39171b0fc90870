package dev.datastudio.core.relation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.OutsideData;
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

    private static List<Map<String, Object>> rows(int count, java.util.function.IntFunction<Map<String, Object>> row) {
        return IntStream.rangeClosed(1, count).mapToObj(row).toList();
    }
}
