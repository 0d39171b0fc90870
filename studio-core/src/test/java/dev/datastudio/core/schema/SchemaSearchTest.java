package dev.datastudio.core.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.search.SearchIndex.Retriever;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row R5: the tables of a question, by words alone. */
class SchemaSearchTest {
    @TempDir
    Path folder;

    private Studio studio = Studio.inMemory();

    @BeforeEach
    void open() {
        studio.close();
        studio = Studio.builder().temporary().fileFolders(List.of(folder)).build();
        studio.datasets().importMaps("weather", List.of(Map.of("station", "North", "rainfall_mm", 3)));
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Source source(String name, String... statements) throws SQLException {
        Path file = folder.resolve(name + ".db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return studio.sources()
                .create(
                        SourceSpec.builder(SourceKind.SQLITE, name)
                                .database(file.toString())
                                .build(),
                        Secret.of(""));
    }

    private FoundTables find(TableQuery query) {
        return SchemaSearch.of(studio).find(query, Cancellation.none());
    }

    @Test
    void findsTablesOfDataSetsAndOfDatabasesThatWereNotLoaded() throws SQLException {
        Source library = source(
                "library",
                "CREATE TABLE authors (author_id INTEGER PRIMARY KEY, country TEXT)",
                "CREATE TABLE novels (isbn TEXT, title TEXT)");

        FoundTables authors = find(TableQuery.everywhere("Which country does an author come from?"));
        FoundTables rain = find(TableQuery.everywhere("rainfall by station"));

        assertEquals(
                new TableRef(library.id().toString(), "authors"),
                authors.tables().get(0).table());
        assertEquals("library.authors", authors.tables().get(0).name());
        assertEquals(Set.of(Retriever.WORDS), authors.tables().get(0).scores().keySet());
        assertEquals(TableRef.dataset("weather"), rain.tables().get(0).table());
        assertEquals("words", rain.searchedBy());
        assertEquals(
                List.of("Tables were looked for by words only; add studio-rag to search by meaning too"), rain.notes());
    }

    @Test
    void findsWhatWasSaidOfATable() throws SQLException {
        Source library = source("library", "CREATE TABLE t1 (c1 TEXT)", "CREATE TABLE t2 (c1 TEXT)");
        Author author = Author.builtIn("1");
        for (String table : List.of("t1", "t2")) {
            TableDocs.of(studio.metadata(), Caller.LOCAL)
                    .save(new TableDoc(
                            new TableRef(library.id().toString(), table),
                            new DocText("", author),
                            new DocText(table.equals("t1") ? "Loans of books" : "Members of the club", author),
                            List.of(),
                            "f"));
        }

        List<FoundTable> found =
                find(TableQuery.in(Set.of(library.id()), "Who is a member?")).tables();

        assertEquals(
                List.of("t2"), found.stream().map(each -> each.table().table()).toList());
    }

    @Test
    void looksOnlyInTheDatabasesThatWereAskedFor() throws Exception {
        Source one = source("one", "CREATE TABLE novels (title TEXT)");
        Source two = source("two", "CREATE TABLE novels (title TEXT)");

        List<FoundTable> found = find(TableQuery.in(Set.of(two.id()), "novels")).tables();

        assertEquals(
                List.of(two.id().toString()),
                found.stream().map(each -> each.table().source()).toList());
        assertEquals(2, find(TableQuery.everywhere("novels")).tables().size());
        assertEquals(
                1, find(TableQuery.everywhere("novels").limitedTo(1)).tables().size());
        Files.delete(folder.resolve("one.db"));
        FoundTables rest = find(TableQuery.everywhere("novels"));
        assertEquals(1, rest.tables().size());
        assertTrue(rest.notes().get(1).startsWith("The tables of 'one' are not known: "), rest.notes()::toString);
        assertThrows(StudioException.class, () -> find(TableQuery.in(Set.of(one.id()), "novels")));
    }

    @Test
    void showsNothingOfAnotherTenant() throws SQLException {
        Source library = source("library", "CREATE TABLE novels (title TEXT)");
        SchemaSearch stranger = SchemaSearch.of(studio).as(new Caller("other", "ann"));

        assertEquals(
                List.of(),
                stranger.find(TableQuery.everywhere("novels weather"), Cancellation.none())
                        .tables());
        StudioException e = assertThrows(
                StudioException.class,
                () -> stranger.find(TableQuery.in(Set.of(library.id()), "novels"), Cancellation.none()));
        assertEquals(ErrorCode.SOURCE_NOT_FOUND, e.code());
    }

    @Test
    void refusesAQueryForNothing() {
        assertThrows(IllegalArgumentException.class, () -> TableQuery.everywhere(" "));
        assertThrows(IllegalArgumentException.class, () -> TableQuery.in(Set.of(), "x"));
        assertThrows(
                IllegalArgumentException.class, () -> TableQuery.everywhere("x").limitedTo(0));
        assertTrue(TableQuery.in(Set.of(SourceId.random()), "x").limit() > 0);
    }
}
