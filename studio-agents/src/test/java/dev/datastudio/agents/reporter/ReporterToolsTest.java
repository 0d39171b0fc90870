package dev.datastudio.agents.reporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reporter as a tool, and a report as JSON. */
class ReporterToolsTest {
    private final ScriptedReporter model = new ScriptedReporter();
    private Studio studio = Studio.inMemory();

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        studio.close();
        studio = Studio.builder().temporary().fileFolders(List.of(folder)).build();
    }

    @AfterEach
    void close() {
        studio.close();
        model.close();
    }

    private void configure() {
        ModelSpec spec = new ModelSpec(
                "scripted",
                Provider.GENERIC,
                "any",
                model.server().baseUrl(),
                ModelParameters.DEFAULT.withMaxRetries(0));
        Models models = Models.of(studio);
        models.configs()
                .activate(models.configs()
                        .create(spec, ModelScope.TENANT, Secret.of("k"))
                        .id());
    }

    private ToolResult call(String arguments) {
        Tool tool = ToolRegistry.of(studio).find("ask_database").orElseThrow().tool();
        assertEquals(SideEffect.READ, tool.sideEffect());
        return tool.call(new ToolCall("ask_database", arguments), ToolContext.of(studio.caller()));
    }

    @Test
    void answersAnAgentsQuestionWithRowsAndSql() throws SQLException {
        configure();
        SourceId shop = ShopDatabase.file(studio, SourceKind.SQLITE, folder);
        model.question(List.of("customers"), "SELECT name, country FROM customers ORDER BY id");

        ToolResult result = call("{\"question\":\"who buys\",\"source_ids\":[\"" + shop + "\"]}");

        assertTrue(result.text().startsWith("Here it is.\nSQL: SELECT name, country FROM customers"), result.text());
        assertTrue(result.text().contains("Rows (3 shown, 3 total):"), result.text());
        assertTrue(result.text().contains("Cleo"), result.text());
    }

    @Test
    void saysWhichSourceIsNotThere() {
        configure();

        ToolResult result = call("{\"question\":\"who buys\",\"source_ids\":[\"nowhere\"]}");

        assertTrue(result.isError());
        assertTrue(result.text().contains("There is no source 'nowhere'"), result.text());
    }

    @Test
    void isNoToolWithoutAModel() {
        assertTrue(ToolRegistry.of(studio)
                .as(new Caller("quiet", "ann"))
                .find("ask_database")
                .isEmpty());
    }

    @Test
    void isWrittenAsJsonWithItsTrace() throws Exception {
        SourceId shop = ShopDatabase.file(studio, SourceKind.SQLITE, folder);
        model.question(
                        List.of("customers"),
                        "SELECT country, count(*) AS n FROM customers GROUP BY country ORDER BY country")
                .once("form", ScriptedReporter.form("chart"))
                .once("chart", ScriptedReporter.chart("bar", "country", "n"));

        Report report = Reporter.of(studio)
                .by(model.model(), "scripted")
                .ask(ReportRequest.about(shop, "customers by country"));
        JsonNode json = new ObjectMapper().readTree(ReportJson.write(report));

        assertEquals("answered", json.path("status").asText());
        assertEquals("Germany", json.path("table").path("rows").path(1).path(0).asText());
        assertEquals("bar", json.path("chart").path("data").path(0).path("type").asText());
        assertEquals("screen", json.path("trace").path(0).path("node").asText());
        assertEquals("model", json.path("trace").path(0).path("decider").asText());
        assertTrue(json.path("tables").path(0).path("isRead").asBoolean());
    }
}
