package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.ask.ModelPlanning.Policy;
import dev.datastudio.agents.planner.model.ModelPlanner;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.schema.Author;
import dev.datastudio.core.schema.DocText;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableDocs;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row R5: a model is told the tables that a question is about, by what is said of them. */
class SearchedTablesTest {
    @Test
    void tellsTheModelTheTableWhoseDescriptionFitsTheQuestion(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("many.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 90; i++) {
                statement.execute("CREATE TABLE area" + i
                        + " (code INTEGER, first_part TEXT, second_part TEXT, third_part TEXT, fourth_part TEXT,"
                        + " fifth_part TEXT, sixth_part TEXT)");
                statement.execute("INSERT INTO area" + i + " VALUES (1, 'a', 'b', 'c', 'd', 'e', 'f')");
            }
            connection.commit();
        }
        try (ScriptedModelServer server = ScriptedModelServer.start();
                Studio studio = Studio.builder()
                        .temporary()
                        .fileFolders(List.of(folder))
                        .build()) {
            SourceSpec spec = SourceSpec.builder(SourceKind.SQLITE, "many")
                    .database(file.toString())
                    .build();
            SourceId source = studio.sources().create(spec, Secret.of("")).id();
            describe(studio, source, "area3", "Deliveries of suppliers");
            describe(studio, source, "area77", "Complaints of passengers about delays");
            server.when(request -> true).reply(ModelReply.toolCall("refuse", "{\"reason\":\"no\"}"));
            ModelPlanner planner = ModelPlanner.of(
                    OpenAiChatModel.builder()
                            .baseUrl(server.baseUrl())
                            .apiKey("none")
                            .modelName("scripted")
                            .build(),
                    "scripted");

            Answer answer = Analyst.of(studio)
                    .ask(
                            source,
                            "how many passengers complained about a delay",
                            AskOptions.DEFAULT.withModel(new ModelPlanning(planner, Policy.MODEL_ONLY)));

            String told = server.requests().get(0).lastText();
            assertEquals(AnswerStatus.CANNOT_ANSWER, answer.status());
            assertTrue(told.contains("\n- area77, 1 rows: "), told);
            assertTrue(told.contains("\n- area60\n"), told);
        }
    }

    private static void describe(Studio studio, SourceId source, String table, String business) {
        Author author = Author.builtIn("1");
        TableDocs.of(studio.metadata(), studio.caller())
                .save(new TableDoc(
                        new TableRef(source.toString(), table),
                        new DocText("", author),
                        new DocText(business, author),
                        List.of(),
                        "f"));
    }
}
