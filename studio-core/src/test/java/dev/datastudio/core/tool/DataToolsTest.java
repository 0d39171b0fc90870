package dev.datastudio.core.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.datastudio.core.query.DuckDbSettings;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.table.TableSources;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row P6. */
class DataToolsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Studio studio = Studio.inMemory();
    private final QueryEngines engines = QueryEngines.open(DuckDbSettings.DEFAULT, 4);
    private final List<Tool> tools = DataTools.over(TableSources.of(studio.datasets(), engines, studio::sources));
    private String sales = "";

    private record Sale(long id, String region, double amount) {}

    @BeforeEach
    void importSales() {
        Dataset dataset = studio.datasets()
                .importRecords(
                        "sales",
                        IntStream.rangeClosed(1, 30)
                                .mapToObj(i -> new Sale(i, i % 3 == 0 ? "North" : "So|uth\n", i * 1.5)));
        sales = dataset.id().toString();
    }

    @AfterEach
    void close() {
        engines.close();
        studio.close();
    }

    private ToolResult call(String tool, Map<String, ?> arguments) {
        return call(tool, JSON.valueToTree(arguments).toString(), Caller.LOCAL);
    }

    private ToolResult call(String tool, String arguments, Caller caller) {
        Tool found = tools.stream()
                .filter(each -> each.name().equals(tool))
                .findFirst()
                .orElseThrow();
        return found.call(new ToolCall(tool, arguments), ToolContext.of(caller));
    }

    /** Without the first line, which tells a time. */
    private String rows(String tool, Map<String, ?> arguments) {
        ToolResult result = call(tool, arguments);
        assertFalse(result.isError(), result.text());
        assertTrue(result.text().matches("(?s)Execution time: \\d+ ms\n.*"), result.text());
        return result.text().substring(result.text().indexOf('\n') + 1);
    }

    @Test
    void givesRowsCompactlyForAModel() {
        assertEquals(
                """
                Columns: id, region, amount
                Rows (3 shown, 30 total):
                1 | So¦uth | 1.5
                2 | So¦uth | 3.0
                3 | North   | 4.5""".replace("So¦uth |", "So¦uth  |"), rows("read_source_data", Map.of("source_id", sales, "limit", 3)));
    }

    @Test
    void runsAStatement() {
        assertEquals(
                "Columns: region, n\nRows (1 shown, 1 total):\nNorth | 10",
                rows(
                        "execute_sql_query",
                        Map.of(
                                "source_id",
                                sales,
                                "sql",
                                "SELECT region, count(*) AS n FROM sales WHERE region = 'North' GROUP BY region")));
    }

    @Test
    void findsADataSetByItsNameToo() {
        assertTrue(rows("count_rows", Map.of("source_id", "sales")).endsWith("\n30"));
    }

    @Test
    void readsTheNamedColumnsOfATable() {
        assertEquals(
                "Columns: amount, id\nRows (1 shown, 30 total):\n1.5 | 1",
                rows(
                        "read_source_data",
                        Map.of("source_id", sales, "table", "SALES", "columns", List.of("Amount", "id"), "limit", 1)));
    }

    @Test
    void countsAndFilters() {
        Map<String, String> north = Map.of("source_id", sales, "condition", "region = 'North' -- really");
        assertEquals("Columns: row_count\nRows (1 shown, 1 total):\n10", rows("count_rows", north));
        assertTrue(
                rows("filter_data", north).startsWith("Columns: id, region, amount\nRows (10 shown, 10 total):\n3 "));
    }

    @Test
    void samplesAsManyRowsAsAskedFor() {
        String text = rows("sample_source_data", Map.of("source_id", sales, "n", 5));

        assertEquals(7, text.lines().count());
        assertTrue(text.contains("Rows (5 shown, 5 total):"), text);
    }

    @Test
    void aggregatesByGroups() {
        assertEquals(
                """
                Columns: region, agg_value
                Rows (2 shown, 2 total):
                So¦uth  | 450.0
                North   | 247.5""",
                rows(
                        "aggregate_data",
                        Map.of("source_id", sales, "group_by", List.of("region"), "agg_func", "sum(amount)")));
        assertTrue(rows("aggregate_data", Map.of("source_id", sales, "agg_func", "count"))
                .endsWith("\n30"));
        assertTrue(rows("aggregate_data", Map.of("source_id", sales, "agg_func", "COUNT_DISTINCT(region)"))
                .endsWith("\n2"));
    }

    @Test
    void describesASource() {
        assertEquals("""
                Table sales, 30 rows
                id | integer | id, 30 distinct
                region | text | dimension, 2 distinct
                amount | decimal | measure, 30 distinct""", call("describe_source", Map.of("source_id", sales)).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1=1) UNION SELECT 1, 'x', 2 FROM read_csv('/etc/passwd'",
                "id IN (SELECT 1 FROM duckdb_settings())",
                "1=1); DELETE FROM sales; SELECT (1",
                "(SELECT count(*) FROM read_text('/etc/passwd')) > 0"
            })
    void aConditionReachesNothingElse(String condition) {
        ToolResult result = call("filter_data", Map.of("source_id", sales, "condition", condition));

        assertTrue(result.isError(), result.text());
        assertTrue(result.text().matches("(?s)Error SQL_(REFUSED|INVALID): .*"), result.text());
        assertTrue(rows("count_rows", Map.of("source_id", sales)).endsWith("\n30"));
    }

    @Test
    void anotherTenantSeesNothing() {
        for (Tool tool : tools) {
            String arguments = "{\"source_id\":\"" + sales
                    + "\",\"sql\":\"SELECT 1\",\"condition\":\"true\",\"agg_func\":\"count\"}";
            String known = arguments;
            for (String name : List.of("sql", "condition", "agg_func")) {
                if (!tool.inputSchema().contains('"' + name + '"')) {
                    known = known.replaceFirst(",\"" + name + "\":\"[^\"]*\"", "");
                }
            }

            ToolResult result = call(tool.name(), known, new Caller("other", "eve"));

            assertEquals(
                    "Error SOURCE_NOT_FOUND: There is no source '" + sales
                            + "'. List data sets and sources to see their ids.",
                    result.text());
        }
    }

    @Test
    void wrongArgumentsComeBackAsErrorsToMend() {
        assertEquals(
                "Error INVALID_ARGUMENT: The arguments '[tabel]' are unknown. Use only [columns, limit, source_id,"
                        + " table].",
                call("read_source_data", Map.of("source_id", sales, "tabel", "x"))
                        .text());
        assertEquals(
                "Error UNKNOWN_COLUMN: Column 'price' is not in 'sales'. Use one of [id, region, amount].",
                call("aggregate_data", Map.of("source_id", sales, "agg_func", "sum(price)"))
                        .text());
        assertTrue(call("read_source_data", Map.of("source_id", sales, "limit", 100_000))
                .isError());
        assertTrue(call("read_source_data", "[1", Caller.LOCAL).isError());
        assertTrue(call("count_rows", Map.of()).isError());
        assertTrue(call("aggregate_data", Map.of("source_id", sales, "agg_func", "system('x')"))
                .isError());
    }

    @Test
    void aCancelledCallEndsInAnError() {
        Cancellation cancelled = Cancellation.create();
        cancelled.cancel();
        ToolCall call = new ToolCall("count_rows", "{\"source_id\":\"" + sales + "\"}");
        ToolContext context = new ToolContext(Caller.LOCAL, cancelled, ProgressListener.NONE);

        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(StudioException.class, () -> tools.get(4).call(call, context))
                        .code());
    }

    @Test
    void eachDescribesItsArgumentsAndOnlyReads() throws Exception {
        assertEquals(
                List.of(
                        "execute_sql_query",
                        "read_source_data",
                        "describe_source",
                        "sample_source_data",
                        "count_rows",
                        "filter_data",
                        "aggregate_data"),
                tools.stream().map(Tool::name).toList());
        for (Tool tool : tools) {
            JsonNode schema = JSON.readTree(tool.inputSchema());
            assertEquals(SideEffect.READ, tool.sideEffect());
            assertFalse(schema.path("additionalProperties").asBoolean(true));
            assertTrue(schema.path("required").toString().contains("source_id"));
            schema.path("properties").forEach(property -> assertTrue(property.has("description"), property.toString()));
        }
    }
}
