package dev.datastudio.agents.reporter;

import static dev.datastudio.agents.reporter.ScriptedReporter.chart;
import static dev.datastudio.agents.reporter.ScriptedReporter.form;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.core.Studio;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.draw.GraphDrawing;
import dev.datastudio.testkit.model.ModelRequest;
import dev.langchain4j.model.openai.OpenAiTokenCountEstimator;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about the reporter, with the drawings of its graphs and what is sent to a model. */
class ReporterPageTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Map<String, String> BOUNDED = Map.of(
            "refinements", "how often the question is refined when no table was found",
            "rules", "repairs of one statement by rules",
            "repairs", "repairs by the model",
            "rethinks", "how often a statement without rows is thought over",
            "charts", "charts that are tried",
            "answers", "how often an answer in no form is given back",
            "maxRows", "rows that are read",
            "queryTimeout", "how long one statement may run",
            "schemaTokens", "tokens of the tables that are shown",
            "shownRows", "rows that the model is shown");
    private static final Map<String, String> SENT = Map.of(
            "screen", "names of tables, the message",
            "rerank", "names and descriptions of the tables found",
            "write", "the tables as `CREATE TABLE`, the dialect, the day",
            "form", "names, types and counts of the columns",
            "chart", "the same",
            "word", "the first rows");

    @TempDir
    Path folder;

    @Test
    void showsGraphsBoundsAndWhatIsSent() throws IOException, SQLException {
        List<Graph<?, ?>> graphs = Reporter.graphs();
        try (ScriptedReporter model = new ScriptedReporter()) {
            asked(model);
            String page = template()
                    .replace("EXAMPLE", example())
                    .replace(
                            "REPORTER_GRAPH",
                            GraphDrawing.mermaid(graphs.get(0)).strip())
                    .replace("SQL_GRAPH", GraphDrawing.mermaid(graphs.get(1)).strip())
                    .replace(
                            "PICTURE_GRAPH", GraphDrawing.mermaid(graphs.get(2)).strip())
                    .replace("BOUNDS", bounds())
                    .replace("SENT", sent(model))
                    .replace("WRITE_PROMPT", model.told("write").replaceAll("SQLite 3[.\\d]+", "SQLite 3"));

            written(DOCS.resolve("reporter.md"), page);
            written(DOCS.resolve("images/reporter-graph.svg"), GraphDrawing.svg(graphs.get(0)));
            written(DOCS.resolve("images/reporter-sql-graph.svg"), GraphDrawing.svg(graphs.get(1)));
            written(DOCS.resolve("images/reporter-picture-graph.svg"), GraphDrawing.svg(graphs.get(2)));
        }
    }

    private static void written(Path file, String text) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text);
        }
        assertEquals(text, Files.readString(file), "Write the page anew with -Dgolden.update=true");
    }

    private void asked(ScriptedReporter model) throws SQLException {
        Clock clock = Clock.fixed(Instant.parse("2024-02-15T12:00:00Z"), ZoneOffset.UTC);
        try (Studio studio = Studio.builder()
                .temporary()
                .clock(clock)
                .fileFolders(List.of(folder))
                .build()) {
            SourceId shop = ShopDatabase.file(studio, SourceKind.SQLITE, folder);
            model.question(
                            List.of("orders", "customers"),
                            "SELECT c.country, sum(o.total) AS sales FROM orders o JOIN customers c"
                                    + " ON o.customer_id = c.id GROUP BY c.country ORDER BY sales DESC")
                    .once("form", form("chart"))
                    .once("chart", chart("bar", "country", "sales"));
            // example
            Reporter reporter = Reporter.of(studio).by(model.model(), "scripted");
            Report report = reporter.ask(ReportRequest.about(shop, "Sales by country?"));
            report.rows(); // [[Germany, 110], [France, 40]]
            ReportTurn turn = ReportTurn.of("Sales by country?", report); // for what is asked next
            // end
            assertEquals(List.of(List.of("Germany", 110L), List.of("France", 40L)), report.rows());
            assertEquals("Sales by country?", turn.message());
        }
    }

    /** The lines of this test between two marks, as the page shows them. */
    private static String example() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/datastudio/agents/reporter/ReporterPageTest.java"));
        String lines = source.substring(source.indexOf("// example\n") + 11);
        return lines.substring(0, lines.indexOf("// end\n")).stripTrailing().stripIndent();
    }

    private static String bounds() {
        List<String> rows = new ArrayList<>();
        for (RecordComponent component : ReportOptions.class.getRecordComponents()) {
            String words = BOUNDED.get(component.getName());
            if (words != null) {
                rows.add("| `" + component.getName() + "` | " + value(component) + " | " + words + " |");
            }
        }
        assertEquals(BOUNDED.size(), rows.size());
        return String.join("\n", rows);
    }

    private static String value(RecordComponent component) {
        try {
            Object value = component.getAccessor().invoke(ReportOptions.DEFAULT);
            return value instanceof Integer number
                    ? String.format(Locale.ROOT, "%,d", number)
                    : String.valueOf(value).toLowerCase(Locale.ROOT).replaceAll("pt(\\d+)m", "$1 minute");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("component " + component.getName(), e);
        }
    }

    private static String sent(ScriptedReporter model) {
        OpenAiTokenCountEstimator tokens = new OpenAiTokenCountEstimator("gpt-4o-mini");
        List<String> rows = new ArrayList<>();
        List<String> steps = model.asked();
        for (int i = 0; i < steps.size(); i++) {
            ModelRequest request = model.server().requests().get(i);
            String text = request.messages().stream().map(each -> each.text()).collect(Collectors.joining("\n"));
            rows.add("| `" + steps.get(i) + "` | " + tokens.estimateTokenCountInText(text) + " | "
                    + SENT.getOrDefault(steps.get(i), "") + " |");
        }
        return String.join("\n", rows);
    }

    private static String template() throws IOException {
        try (InputStream in = ReporterPageTest.class.getResourceAsStream("reporter.md")) {
            return new String(Objects.requireNonNull(in, "reporter.md").readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
