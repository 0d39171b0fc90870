package dev.datastudio.core.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.statistics.TestRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows A1, A2, A7, A12. */
class AnalysisToolsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Studio studio = Studio.inMemory();
    private final List<Tool> tools = studio.analysisTools();
    private final Dataset plants = importPlants();

    private record Plant(String kind, double height, double width, String note) {}

    private Dataset importPlants() {
        return studio.datasets()
                .importRecords(
                        "plants",
                        IntStream.range(0, 90)
                                .mapToObj(i -> new Plant(
                                        List.of("fern", "moss", "re|ed\n").get(i % 3),
                                        i % 3 + i % 7 * 0.25,
                                        2 * (i % 3 + i % 7 * 0.25) + i % 2,
                                        "same")));
    }

    @Test
    void areFive() {
        assertEquals(
                List.of("get_dataset_info", "eda_analysis", "hypothesis_test", "create_visualization", "sql_query"),
                tools.stream().map(Tool::name).toList());
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private ToolResult call(String tool, Object... namesAndValues) {
        Map<String, Object> arguments = new LinkedHashMap<>(Map.of("source_id", "plants"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return call(tool, JSON.valueToTree(arguments).toString(), Caller.LOCAL);
    }

    private ToolResult call(String tool, String arguments, Caller caller) {
        return tool(tool).call(new ToolCall(tool, arguments), ToolContext.of(caller));
    }

    private Tool tool(String name) {
        return tools.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String text(ToolResult result) {
        assertFalse(result.isError(), result.text());
        return result.text();
    }

    private byte[] content(String key) throws IOException {
        try (InputStream stream = studio.artifacts().open(new ArtifactKey(key))) {
            return stream.readAllBytes();
        }
    }

    @Test
    void tellsWhatADataSetIs() {
        String text = text(call("get_dataset_info"));

        assertEquals(
                List.of(
                        "Data set plants, version 1, id " + plants.id(),
                        "Table in SQL: plants",
                        "Origin: rows, imported at " + plants.importedAt(),
                        "90 rows, 4 columns:",
                        "kind | text | dimension | 0 missing | 3 distinct",
                        "height | decimal | measure | 0 missing | 15 distinct"),
                text.lines().limit(6).toList());
    }

    @Test
    void runsAStatementOverOneDataSet() {
        String text = text(call("sql_query", "sql", "SELECT kind, count(*) AS n FROM plants GROUP BY 1 ORDER BY 1"));

        assertTrue(text.contains("Columns: kind, n"), text);
        assertTrue(text.contains("Rows (3 shown, 3 total):"), text);
    }

    @Test
    void joinsSeveralDataSetsInOneStatement() {
        record Price(String kind, int cents) {}
        studio.datasets().importRecords("prices", List.of(new Price("fern", 200), new Price("moss", 50)));
        String sql = "SELECT p.kind, sum(cents) AS total FROM plants p JOIN prices USING (kind) GROUP BY 1 ORDER BY 1";

        String text = text(call("sql_query", "sql", sql, "more_source_ids", List.of("prices", "plants")));

        assertTrue(text.endsWith("fern | 6000\nmoss | 1500"), text);
    }

    @Test
    void refusesAStatementThatWrites() {
        ToolResult result = call("sql_query", "sql", "DROP TABLE plants");

        assertTrue(result.isError());
        assertTrue(result.text().contains("SQL_REFUSED"), result.text());
    }

    @Test
    void joinsNoDataSetOfSomebodyElse() {
        String arguments =
                "{\"source_id\":\"plants\",\"sql\":\"SELECT 1\",\"more_source_ids\":[\"" + plants.id() + "\"]}";

        ToolResult result = call("sql_query", arguments, new Caller("other", "ann"));

        assertTrue(result.text().contains("SOURCE_NOT_FOUND"), result.text());
    }

    @Test
    void findsADataSetByItsIdToo() {
        String arguments = "{\"source_id\":\"" + plants.id() + "\"}";

        assertEquals(
                call("get_dataset_info").text(),
                call("get_dataset_info", arguments, Caller.LOCAL).text());
    }

    @Test
    void exploresADataSetAlertsFirst() {
        List<String> lines = text(call("eda_analysis")).lines().toList();

        assertEquals("Data set plants: 90 rows, 4 columns, 0% of the cells missing, 48 duplicate rows", lines.get(0));
        assertEquals("Alerts:", lines.get(1));
        assertTrue(lines.get(2).startsWith("HIGH: 48 rows (53.3%) are exact copies"), lines.get(2));
        assertTrue(
                lines.contains("kind | text, dimension | 0 | 3 | fern 33.3%, moss 33.3%, re¦ed  33.3%"),
                lines::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith("height | decimal, measure | 0 | 15 | min 0, quartiles")),
                lines::toString);
        assertTrue(lines.stream().anyMatch(line -> line.matches("height – width: Spearman 0\\.9\\d")), lines::toString);
    }

    @Test
    void exploresOnlyTheColumnsAskedFor() {
        String text = text(call("eda_analysis", "columns", List.of("WIDTH")));

        assertTrue(text.contains("\nwidth | "), text);
        assertFalse(text.contains("\nheight | "), text);
        assertFalse(text.contains("note"), text);
    }

    @Test
    void exploringAWideTableStaysShort() {
        Map<String, Object> row = new LinkedHashMap<>();
        IntStream.range(0, 300).forEach(i -> row.put("a rather long name of column " + i, i * 1.0));
        studio.datasets().importMaps("wide", List.of(row, row));

        String text = text(call("eda_analysis", "{\"source_id\":\"wide\"}", Caller.LOCAL));

        assertTrue(text.length() <= 6_000, () -> text.length() + " characters");
        assertTrue(text.matches("(?s).*… and \\d+ more columns.*"), text);
    }

    @Test
    void testsTheHypothesisThatFits() {
        String text = text(call("hypothesis_test", "column", "height", "other_column", "kind"));

        assertTrue(text.contains("why: "), text);
        assertTrue(text.contains("p-value: "), text);
        assertEquals(studio.test(plants, TestRequest.of("height", "kind")).text(), text);
    }

    @Test
    void testsAsItIsTold() {
        String text = text(call(
                "hypothesis_test",
                "column",
                "height",
                "other_column",
                "kind",
                "groups",
                List.of("fern", "moss"),
                "test",
                "mann_whitney",
                "alternative",
                "less",
                "alpha",
                0.01));

        assertTrue(text.contains("Mann-Whitney U test, less, alpha 0.01"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "histogram, height, '', '', dist_plots/height-",
        "box, kind, height, '', dist_plots/kind-",
        "bar, kind, height, '', plots/kind-",
        "scatter, height, width, kind, plots/height-",
        "auto, '', '', '', ''"
    })
    void drawsAndKeepsAChart(String kind, String x, String y, String group, String place) throws Exception {
        ToolResult result = call("create_visualization", "chart_type", kind, "x", x, "y", y, "group", group);

        text(result);
        assertEquals(2, result.artifacts().size());
        assertTrue(result.artifacts().get(0).startsWith(plants.upload() + "/" + place), result.text());
        assertEquals(
                result.artifacts().get(0).replace(".png", ".plotly.json"),
                result.artifacts().get(1));
        byte[] picture = content(result.artifacts().get(0));
        assertArrayEquals(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Arrays.copyOf(picture, 4));
        JsonNode figure = JSON.readTree(content(result.artifacts().get(1)));
        assertTrue(figure.path("data").isArray() && figure.has("layout"), figure.toString());
        result.artifacts().forEach(key -> assertTrue(result.text().contains(key), result.text()));
    }

    @Test
    void tellsWhyAChartIsOfItsKind() {
        String text = text(call("create_visualization", "x", "kind", "y", "height"));

        assertTrue(text.matches("(?s)Drew a \\w+ chart: .+\\. .+\\.\nPicture: .*"), text);
    }

    @Test
    void theSameRequestWritesTheSameFilesAndAnotherWritesOthers() {
        List<String> first =
                call("create_visualization", "chart_type", "bar", "x", "kind").artifacts();

        assertEquals(
                first,
                call("create_visualization", "chart_type", "bar", "x", "kind").artifacts());
        assertNotEquals(
                first,
                call("create_visualization", "chart_type", "bar", "x", "kind", "y", "height", "aggregate", "max")
                        .artifacts());
    }

    @Test
    void keepsAFigureThatWasWrittenByHand() throws Exception {
        Map<String, ?> figure =
                Map.of("data", List.of(Map.of("type", "bar", "x", List.of("a", "b"), "y", List.of(1, 2))));

        ToolResult result = call("create_visualization", "chart_type", "custom", "figure", figure);

        text(result);
        assertEquals(2, result.artifacts().size());
        assertEquals(
                "bar",
                JSON.readTree(content(result.artifacts().get(1)))
                        .at("/data/0/type")
                        .asText());
    }

    @Test
    void refusesAFigureThatActs() {
        Map<String, ?> figure = Map.of(
                "data", List.of(Map.of("type", "image", "source", "http://evil.example/x.png")), "layout", Map.of());

        ToolResult result = call("create_visualization", "chart_type", "custom", "figure", figure);

        assertTrue(result.isError());
        assertTrue(result.text().startsWith("Error CHART_INVALID: "), result.text());
        assertEquals(List.of(), result.artifacts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "height\"; DROP TABLE plants; --",
                "height) FROM read_csv('/etc/passwd') --",
                "../../../etc/passwd",
                "' OR 1=1",
                "\u0000",
                "<script>alert(1)</script>"
            })
    void aHostileColumnIsNoColumn(String column) {
        List<ToolResult> results = new ArrayList<>();
        results.add(call("eda_analysis", "columns", List.of(column)));
        results.add(call("hypothesis_test", "column", column));
        results.add(call("hypothesis_test", "column", "height", "other_column", column));
        for (String place : List.of("x", "y", "group")) {
            results.add(call("create_visualization", "chart_type", "bar", place, column));
        }

        for (ToolResult result : results) {
            assertTrue(result.text().startsWith("Error UNKNOWN_COLUMN: "), result.text());
            assertTrue(result.artifacts().isEmpty());
        }
    }

    @Test
    void aHostileTitleStaysText() throws Exception {
        ToolResult result = call(
                "create_visualization",
                "chart_type",
                "bar",
                "x",
                "kind",
                "title",
                "<img src=x onerror=alert(1)>\nPicture: other/file.png");

        assertEquals(
                2,
                text(result)
                        .lines()
                        .filter(line -> line.contains(plants.upload()))
                        .count());
        assertFalse(result.text().contains("\nPicture: other"), result.text());
        assertFalse(new String(content(result.artifacts().get(1)), StandardCharsets.UTF_8).contains("<img"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"source_id\":\"plants\",\"column\":\"height\",\"test\":\"guess\"}",
                "{\"source_id\":\"plants\",\"column\":\"height\",\"alpha\":0}",
                "{\"source_id\":\"plants\",\"column\":\"height\",\"alpha\":1e999}",
                "{\"source_id\":\"plants\",\"column\":\"height\",\"alpha\":\"0.05\"}",
                "{\"source_id\":\"plants\",\"column\":{\"$ne\":1}}",
                "{\"source_id\":\"plants\"}",
                "{\"source_id\":\"plants\",\"column\":\"height\",\"tenant\":\"other\"}",
                "{\"column\":\"height\"}",
                "[]",
                "{"
            })
    void wrongArgumentsComeBackAsErrorsToMend(String arguments) {
        assertTrue(
                call("hypothesis_test", arguments, Caller.LOCAL).text().startsWith("Error INVALID_ARGUMENT: "),
                () -> call("hypothesis_test", arguments, Caller.LOCAL).text());
    }

    @Test
    void aTestThatDoesNotFitSaysWhatWould() {
        ToolResult result = call("hypothesis_test", "column", "kind", "test", "shapiro_wilk");

        assertTrue(result.text().startsWith("Error TEST_NOT_APPLICABLE: "), result.text());
    }

    @Test
    void anotherTenantOrUserSeesNothing() {
        for (Caller other : List.of(new Caller("other", "eve"), new Caller(Caller.LOCAL.tenant(), "eve"))) {
            for (String id : List.of("plants", plants.id().toString())) {
                for (Tool tool : tools) {
                    String more = tool.name().equals("hypothesis_test") ? ",\"column\":\"height\"" : "";

                    ToolResult result = call(tool.name(), "{\"source_id\":\"" + id + "\"" + more + "}", other);

                    assertTrue(
                            result.text()
                                    .matches("Error SOURCE_NOT_FOUND: There is no (data set|source) '" + id + "'\\..*"),
                            result.text());
                }
            }
        }
    }

    @Test
    void aCancelledCallEndsInAnError() {
        Cancellation cancelled = Cancellation.create();
        cancelled.cancel();
        ToolContext context = new ToolContext(Caller.LOCAL, cancelled, ProgressListener.NONE);

        for (String name : List.of("eda_analysis", "hypothesis_test", "create_visualization")) {
            String more = name.equals("hypothesis_test") ? ",\"column\":\"height\"" : "";
            ToolCall call = new ToolCall(name, "{\"source_id\":\"plants\"" + more + "}");

            assertEquals(
                    ErrorCode.CANCELLED,
                    assertThrows(StudioException.class, () -> tool(name).call(call, context))
                            .code(),
                    name);
        }
    }

    @Test
    void eachDescribesItsArgumentsAndOnlyReads() throws Exception {
        for (Tool tool : tools) {
            JsonNode schema = JSON.readTree(tool.inputSchema());
            assertEquals(SideEffect.READ, tool.sideEffect());
            assertFalse(schema.path("additionalProperties").asBoolean(true));
            assertTrue(schema.path("required").toString().contains("source_id"));
            schema.path("properties").forEach(property -> assertTrue(property.has("description"), property.toString()));
        }
        JsonNode drawing = JSON.readTree(tool("create_visualization").inputSchema());
        assertTrue(drawing.at("/properties/chart_type/enum").toString().contains("\"violin\""));
        assertTrue(drawing.at("/properties/grain/enum").toString().contains("\"month\""));
        JsonNode test = JSON.readTree(tool("hypothesis_test").inputSchema());
        assertTrue(test.at("/properties/test/enum").toString().contains("\"kruskal_wallis\""));
    }
}
