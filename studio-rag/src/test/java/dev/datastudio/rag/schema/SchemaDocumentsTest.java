package dev.datastudio.rag.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.Author;
import dev.datastudio.core.schema.ColumnDoc;
import dev.datastudio.core.schema.DocText;
import dev.datastudio.core.schema.FoundTable;
import dev.datastudio.core.schema.FoundTables;
import dev.datastudio.core.schema.SchemaSearch;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.schema.TableQuery;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.rag.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tables of a question (R5). */
@Timeout(120)
class SchemaDocumentsTest {
    @TempDir
    Path folder;

    private Studio studio;

    @BeforeEach
    void open() {
        studio = Studio.builder()
                .workspace(folder.resolve("workspace"))
                .fileFolders(List.of(folder))
                .build();
        importFile(
                "orders.csv", "order_id,product_category,sales_amount,orderDate\n", "%d,Furniture,12.5,2024-01-%02d\n");
        importFile(
                "patients.csv", "patient_id,customer_name,ward,e_mail\n", "%d,Ada Love %d,Surgery,ada@example.org\n");
        importFile("weather.csv", "station,temperature_celsius,rainfall_mm\n", "North,%d.5,%d\n");
        importFile("flights.csv", "carrier,departure_delay,airport\n", "Acme Air,%d,LHR%d\n");
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private void importFile(String name, String header, String line) {
        StringBuilder text = new StringBuilder(header);
        for (int i = 1; i <= 20; i++) {
            text.append(String.format(Locale.ROOT, line, i, i));
        }
        try {
            studio.datasets().importFile(Files.writeString(folder.resolve(name), text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private SchemaDocuments words() {
        return Documents.builder(studio).wordsOnly().build().schema();
    }

    @Test
    void findsTheTableOfAQuestion() {
        SchemaDocuments schema = words();
        schema.refresh();
        Map<String, String> tables = Map.of(
                "What were the sales by category of product?", "orders",
                "sales of furniture", "orders",
                "How many patients lie in surgery?", "patients",
                "total rainfall per station", "weather",
                "Which airport has the longest delays?", "flights",
                "What is the mean departure delay of Acme?", "flights");

        tables.forEach((question, table) -> {
            List<FoundTable> found = schema.find(question, 3);
            assertEquals(TableRef.dataset(table), found.get(0).table(), question);
            assertEquals(table + ".csv", found.get(0).name());
        });
    }

    @Test
    @Tag("model")
    void findsTheTableOfAParaphrase() {
        SchemaDocuments schema = Documents.of(studio).schema();
        schema.refresh();

        assertEquals(
                "weather",
                schema.find("How warm and wet was it?", 1).get(0).table().table());
        assertEquals(
                "flights", schema.find("Were planes late?", 1).get(0).table().table());
        assertEquals(
                "patients",
                schema.find("people treated in the hospital", 1).get(0).table().table());
        assertEquals(
                "orders", schema.find("revenue of purchases", 1).get(0).table().table());
    }

    @Test
    void describesOnlyWhatChanged() {
        SchemaDocuments schema = words();

        assertEquals(new SchemaRefresh(4, 0, 0, List.of()), schema.refresh());
        assertEquals(new SchemaRefresh(0, 4, 0, List.of()), schema.refresh());

        importFile("weather.csv", "station,wind_speed\n", "South,%d\n");
        studio.datasets()
                .delete(studio.datasets().find("flights.csv").orElseThrow().id());
        assertTrue(schema.find("airport", 5).isEmpty(), "gone at once");
        assertEquals(new SchemaRefresh(1, 2, 0, List.of()), schema.refresh());
        assertEquals("weather", schema.find("wind", 5).get(0).table().table());
        assertTrue(schema.find("rainfall", 5).isEmpty());
    }

    @Test
    void showsCategoriesAndNothingOfPeople() {
        SchemaDocuments schema = words();
        schema.refresh();

        String patients = schema.find("patients", 1).get(0).text();

        assertTrue(patients.contains("\nward: text, dimension, such as Surgery"), patients);
        assertTrue(patients.contains("\ncustomer_name (customer name): text"), patients);
        assertFalse(patients.contains("Ada"), patients);
        assertFalse(patients.contains("ada@"), patients);
        assertTrue(patients.startsWith("Table patients from patients.csv, 20 rows."), patients);
    }

    @Test
    void showsTablesToTheirUserOnly() {
        Documents documents = Documents.builder(studio).wordsOnly().build();
        documents.schema().refresh();
        SchemaDocuments colleague =
                documents.as(new Caller(Caller.LOCAL.tenant(), "ann")).schema();
        SchemaDocuments stranger =
                documents.as(new Caller("elsewhere", Caller.LOCAL.user())).schema();

        assertEquals(List.of(), colleague.find("rainfall", 5));
        assertEquals(List.of(), stranger.find("rainfall", 5));
        assertEquals(0, colleague.refresh().removed(), "leaves what belongs to others");
        assertFalse(documents.schema().find("rainfall", 5).isEmpty());
    }

    @Test
    void describesTheTablesOfDatabases() throws SQLException, IOException {
        Path file = folder.resolve("library.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE authors (author_id INTEGER PRIMARY KEY, country TEXT)");
            statement.execute("CREATE TABLE novels (isbn TEXT, author_id INTEGER REFERENCES authors(author_id))");
        }
        var source = studio.sources()
                .create(
                        SourceSpec.builder(SourceKind.SQLITE, "library")
                                .database(file.toString())
                                .build(),
                        Secret.of(""));
        Documents documents = Documents.builder(studio).wordsOnly().build();
        documents.schema().refresh();

        FoundTable novels = documents.schema().find("novels", 1).get(0);

        assertEquals(source.id().toString(), novels.table().source());
        assertTrue(novels.text().contains("Relation: author_id refers to "), novels.text());
        assertFalse(documents
                .as(new Caller(Caller.LOCAL.tenant(), "ann"))
                .schema()
                .find("novels", 1)
                .isEmpty());

        Files.delete(file);
        SchemaRefresh unreachable = documents.schema().refresh();
        assertEquals(1, unreachable.warnings().size(), unreachable.toString());
        assertEquals(0, unreachable.removed());
        studio.sources().delete(source.id());
        assertEquals(List.of(), documents.schema().find("novels", 1));
        assertEquals(2, documents.schema().refresh().removed());
    }

    @Test
    void answersTheSearchForTablesWithWhatIsSaidOfThem() throws SQLException {
        Path file = folder.resolve("club.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t1 (c1 TEXT)");
            statement.execute("CREATE TABLE t2 (c1 TEXT)");
        }
        var source = studio.sources()
                .create(
                        SourceSpec.builder(SourceKind.SQLITE, "club")
                                .database(file.toString())
                                .build(),
                        Secret.of(""));
        Documents.builder(studio).wordsOnly().build();
        SchemaSearch search = SchemaSearch.of(studio);
        TableQuery members = TableQuery.in(Set.of(source.id()), "Which members paid?");

        assertEquals(List.of(), search.find(members, Cancellation.none()).tables(), "described, but not so");
        Author author = Author.builtIn("1");
        TableDocs.of(studio.metadata(), Caller.LOCAL)
                .save(new TableDoc(
                        new TableRef(source.id().toString(), "t2"),
                        new DocText("No key", author),
                        new DocText("Members of the club", author),
                        List.of(new ColumnDoc("c1", new DocText("whether the fee was paid", author))),
                        "f"));
        search.refresh(source.id(), Cancellation.none());

        FoundTables found = search.find(members, Cancellation.none());
        assertEquals("documents", found.searchedBy());
        assertEquals(List.of(), found.notes());
        assertEquals(
                "Table t2 (t 2) of the database club, fewer than 10 rows.\nMembers of the club\nNo key\nColumns: c 1.\n"
                        + "c1 (c 1): text, whether the fee was paid",
                found.tables().get(0).text());
        assertEquals(
                "weather",
                search.find(TableQuery.everywhere("rainfall"), Cancellation.none())
                        .tables()
                        .get(0)
                        .table()
                        .table());
        assertEquals(
                List.of(),
                search.find(TableQuery.in(Set.of(source.id()), "rainfall"), Cancellation.none())
                        .tables());
        assertEquals(
                List.of(),
                search.as(new Caller("elsewhere", "ann"))
                        .find(TableQuery.everywhere("members rainfall"), Cancellation.none())
                        .tables());
    }
}
