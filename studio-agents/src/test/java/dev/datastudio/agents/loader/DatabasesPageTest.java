package dev.datastudio.agents.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.FoundTables;
import dev.datastudio.core.schema.SchemaSearch;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.schema.TableEdit;
import dev.datastudio.core.schema.TableQuery;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/databases.md shows is what is run here. */
class DatabasesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "databases.md");
    private static final Path SOURCE =
            Path.of("src", "test", "java", "dev", "datastudio", "agents", "loader", "DatabasesPageTest.java");

    @TempDir
    Path folder;

    @BeforeEach
    void fill() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db"));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE staff (staff_id INTEGER PRIMARY KEY, full_name TEXT, team TEXT)");
            statement.execute(
                    "CREATE TABLE sales (sale_id INTEGER PRIMARY KEY, sold_by INTEGER, status TEXT, revenue DECIMAL(8,2),"
                            + " sold_on DATE)");
            for (int i = 1; i <= 12; i++) {
                statement.execute("INSERT INTO staff VALUES (" + i + ", 'Ada Love " + i + "', '"
                        + (i % 2 == 0 ? "north" : "south") + "')");
            }
            for (int i = 1; i <= 40; i++) {
                statement.execute("INSERT INTO sales VALUES (" + (1000 + i) + ", " + (i % 12 + 1) + ", '"
                        + (i % 5 == 0 ? "open" : "paid") + "', " + i + ".50, '2024-03-" + (10 + i % 20) + "')");
            }
            connection.commit();
        }
    }

    private static void requireShown(String region) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(SOURCE)) {
            if (line.strip().equals("// end " + region)) {
                inside = false;
            }
            if (inside) {
                lines.add(line);
            }
            if (line.strip().equals("// begin " + region)) {
                inside = true;
            }
        }
        String code = String.join("\n", lines).stripIndent().strip();
        assertTrue(Files.readString(PAGE).contains("```java\n" + code + "\n```"), () -> "the page lacks\n" + code);
    }

    @Test
    void loadsFindsCorrectsAndAsks() throws IOException {
        Path file = folder.resolve("shop.db");
        // begin load
        try (Studio studio = Studio.builder()
                .workspace(folder.resolve("studio-data"))
                .fileFolders(List.of(folder)) // where files of SQLite and DuckDB may lie; servers need none
                .build()) {
            SourceSpec spec = SourceSpec.builder(SourceKind.SQLITE, "Shop")
                    .database(file.toString())
                    .build();
            Source shop = studio.sources().create(spec, Secret.of(""));
            LoadReport report = DatabaseLoader.of(studio).load(shop.id());
            List<Relation> relations = report.relations();

            TableRef sales = new TableRef(shop.id().toString(), "sales");
            TableDoc doc =
                    TableDocs.of(studio.metadata(), studio.caller()).find(sales).orElseThrow();
            FoundTables found = SchemaSearch.of(studio)
                    .find(TableQuery.in(Set.of(shop.id()), "Which status has most revenue?"), Cancellation.none());
            Answer answer = Analyst.of(studio).ask(shop.id(), "total revenue by status", AskOptions.DEFAULT);

            TableEdit edit = TableEdit.none().business("Sales of the web shop").column("sold_by", "who sold it");
            DatabaseLoader.of(studio).edit(sales, edit, Cancellation.none());
            // end load

            assertEquals(1, answer.steps().size());
            assertEquals(0, relations.stream().filter(Relation::isUsable).count());
            assertEquals("sales", found.tables().get(0).table().table());
            String page = Files.readString(PAGE);
            assertTrue(page.contains(doc.business().text()), doc.business()::text);
            assertTrue(page.contains(doc.technical().text()), doc.technical()::text);
            assertTrue(
                    page.contains("status: " + doc.line("status").orElseThrow().text()));
        }
        requireShown("load");
    }

    @Test
    void showsWhatAModelIsTold() throws IOException {
        try (ScriptedModelServer server = ScriptedModelServer.start();
                Studio studio = Studio.builder()
                        .temporary()
                        .fileFolders(List.of(folder))
                        .build()) {
            server.when("Tables:")
                    .reply(ModelReply.text("{\"relations\":[{\"table\":\"sales\",\"column\":\"sold_by\","
                            + "\"to_table\":\"staff\",\"to_column\":\"staff_id\",\"reason\":\"staff sell\"}]}"));
            server.when(request -> true).reply(TableAnswers::describing);
            Models.of(studio)
                    .configs()
                    .create(
                            ModelSpec.of(Provider.GENERIC, "Claude", "scripted", server.baseUrl()),
                            ModelScope.TENANT,
                            Secret.of("key"));
            SourceSpec spec = SourceSpec.builder(SourceKind.SQLITE, "Shop")
                    .database(folder.resolve("shop.db").toString())
                    .build();

            LoadReport report = DatabaseLoader.of(studio)
                    .load(studio.sources().create(spec, Secret.of("")).id());

            String page = Files.readString(PAGE);
            for (int i = 0; i < 2; i++) {
                String told = server.requests().get(i).lastText().strip();
                assertTrue(page.contains("```text\n" + told + "\n```"), () -> "the page lacks\n" + told);
            }
            Relation relation = report.relations().get(0);
            assertTrue(relation.isUsable());
            assertTrue(page.contains(String.format(Locale.ROOT, "%.2f", relation.score())));
            relation.evidence()
                    .forEach(evidence -> assertTrue(
                            page.contains(evidence.words()
                                    .replace(relation.from().table().source() + ":", "")),
                            evidence.words()));
        }
    }
}
