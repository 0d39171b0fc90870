package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.ToolProvider;
import dev.datastudio.ml.explore.AnomalySpec;
import dev.datastudio.ml.explore.ClusterSpec;
import dev.datastudio.ml.explore.ComponentSpec;
import dev.datastudio.ml.explore.ExploreRequest;
import dev.datastudio.ml.explore.ExploreSpec;
import dev.datastudio.ml.explore.ExploringJobs;
import dev.datastudio.ml.explore.Finding;
import dev.datastudio.ml.explore.ForecastSpec;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.OnnxOptions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row A27: groups, components, unusual rows and forecasts as tools of agents. */
class ExploringToolsTest {
    private static Studio studio;

    private record Order(LocalDate day, String kind, double amount, int units) {}

    @BeforeAll
    static void open() {
        studio = Studio.inMemory();
        Random random = new Random(1);
        studio.datasets()
                .importRecords(
                        "orders",
                        IntStream.range(0, 400)
                                .mapToObj(i -> new Order(
                                        LocalDate.of(2021, 1, 1).plusDays(3L * i),
                                        i % 2 == 0 ? "big | bold" : "small",
                                        (i % 2 == 0 ? 500 : 50) + 10 * random.nextGaussian(),
                                        i % 2 == 0 ? 9 : 2 + i % 3)));
    }

    @AfterAll
    static void close() {
        studio.close();
    }

    private static Tool tool(String name) {
        return StreamSupport.stream(ServiceLoader.load(ToolProvider.class).spliterator(), false)
                .flatMap(provider -> provider.tools(studio, studio.caller()).stream())
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ToolResult call(String tool, String arguments, Caller caller) {
        return tool(tool).call(new ToolCall(tool, arguments.replace('\'', '"')), ToolContext.of(caller));
    }

    private static Stream<Arguments> explorations() {
        return Stream.of(
                Arguments.of(ClusterSpec.DEFAULT.into(2), "Found 2 groups among 400 rows", 2),
                Arguments.of(ComponentSpec.DEFAULT, "of the variance of 400 rows", 1),
                Arguments.of(AnomalySpec.DEFAULT.expecting(0.02), "8 have a score of", 1),
                Arguments.of(ForecastSpec.of("amount"), "Forecast of the ", 1));
    }

    @ParameterizedTest
    @MethodSource("explorations")
    void theSameIsFoundInTheBackground(ExploreSpec spec, String said, int drawings) {
        ExploringJobs jobs = ExploringJobs.of(studio);
        Dataset orders = studio.datasets().find("orders").orElseThrow();

        String name = "B " + spec.getClass().getSimpleName();
        String model = spec instanceof ForecastSpec ? "" : name;
        JobId id = jobs.submit(
                studio.caller(), ExploreRequest.of(orders, spec).keepingAs(name).keepingModel(model));
        Job job = studio.jobs().await(studio.caller(), id, Duration.ofMinutes(1));

        assertEquals(JobState.SUCCEEDED, job.state(), job::toString);
        Finding found = jobs.finding(studio.caller(), id).orElseThrow();
        assertTrue(found.sentences().get(0).contains(said), found::toString);
        assertEquals(drawings, found.drawings().size());
        assertFalse(found.tables().isEmpty());
        for (Finding.Table each : found.tables()) {
            assertFalse(each.rows().isEmpty(), each::toString);
            each.rows().forEach(row -> assertEquals(each.columns().size(), row.size(), each::toString));
        }
        for (Finding.Drawing each : found.drawings()) {
            assertTrue(each.figure().contains("\"data\"") && !each.title().isEmpty(), each::toString);
            assertFalse(each.rows().isEmpty(), each::toString);
            assertEquals(each.columns().size(), each.rows().get(0).size());
        }
        Dataset kept = studio.datasets().get(found.kept().orElseThrow());
        assertTrue(kept.name().startsWith("B ") && kept.rowCount() > 10, kept::toString);
        assertEquals(
                model,
                found.model().map(each -> Models.of(studio).get(each).name()).orElse(""));
        ExploreRequest groups = ExploreRequest.of(orders, ClusterSpec.DEFAULT);
        for (Executable wrong : List.<Executable>of(
                () -> jobs.submit(studio.caller(), groups.keepingAs("orders")),
                () -> groups.keepingModel("x".repeat(201)),
                () -> groups.keepingModel("two\nlines"),
                () -> OnnxOptions.DEFAULT.named("two\nlines"),
                () -> ExploreRequest.of(orders, ForecastSpec.ofRows()).keepingModel("next"))) {
            assertEquals(
                    ErrorCode.INVALID_ARGUMENT,
                    assertThrows(StudioException.class, wrong).code());
        }
        Caller stranger = new Caller("rivals", studio.caller().user());
        assertEquals(
                ErrorCode.DATASET_NOT_FOUND,
                assertThrows(StudioException.class, () -> jobs.submit(stranger, groups))
                        .code());
        assertEquals(
                ErrorCode.JOB_NOT_FOUND,
                assertThrows(StudioException.class, () -> jobs.finding(stranger, id))
                        .code());
    }

    /** Those that waited before a model could be kept. */
    @Test
    void aRequestOfBeforeIsStillDone() {
        ExploringJobs jobs = ExploringJobs.of(studio);
        Dataset orders = studio.datasets().find("orders").orElseThrow();
        String payload = "{'kind':'CLUSTERS','dataset':'" + orders.id()
                + "','spec':{'columns':['amount'],'clusters':2,'restarts':10,'seed':42},'keepAs':''}";

        JobId id =
                studio.jobs().submit(studio.caller(), JobRequest.of(ExploringJobs.EXPLORE, payload.replace('\'', '"')));
        studio.jobs().await(studio.caller(), id, Duration.ofMinutes(1));

        Finding found = jobs.finding(studio.caller(), id).orElseThrow();
        assertTrue(found.sentences().get(0).contains("2 groups among 400 rows"), found::toString);
        assertTrue(found.model().isEmpty() && found.kept().isEmpty(), found::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cluster_rows         | {'source_id':'orders','keep_as':'A %s'}                     | Found 2 groups among 400 rows   | 4
            principal_components | {'source_id':'orders','keep_as':'A %s'}                     | of the variance of 400 rows     | 2
            find_anomalies       | {'source_id':'orders','share':0.02,'keep_as':'A %s'}        | 8 have a score of               | 2
            forecast_series      | {'source_id':'orders','value':'amount','aggregate':'sum','keep_as':'A %s'} | Forecast of the sum of 'amount' | 2
            """)
    void aToolTellsDrawsAndKeeps(String tool, String arguments, String said, int files) {
        ToolResult result = call(tool, arguments.replace("%s", tool), studio.caller());

        assertFalse(result.isError(), result::text);
        assertTrue(result.text().contains(said), result::text);
        assertEquals(files, result.artifacts().size());
        for (String key : result.artifacts()) {
            assertTrue(studio.artifacts().find(new ArtifactKey(key)).isPresent(), key);
        }
        assertTrue(result.text().contains("New data set: 'A " + tool + "', version 1"), result::text);
        assertTrue(studio.datasets().find("A " + tool).isPresent());
    }

    @ParameterizedTest
    @CsvSource({"cluster_rows, groups a row", "principal_components, lies on", "find_anomalies, unusual"})
    void aModelIsKeptForNewRows(String tool, String listed) {
        ToolResult result = call(tool, "{'source_id':'orders','keep_model_as':'kept " + tool + "'}", studio.caller());

        assertTrue(result.text().contains("Model for new rows: 'kept " + tool + "', version 1"), result::text);
        ToolResult list = call("list_trained_models", "{}", studio.caller());
        assertTrue(
                list.text().lines().anyMatch(line -> line.contains("kept " + tool) && line.contains(listed)),
                list::text);
        ToolResult predicted =
                call("predict_with_model", "{'model':'kept " + tool + "','source_id':'orders'}", studio.caller());
        assertTrue(predicted.text().contains("'orders with kept " + tool + "'"), predicted::text);
    }

    @Test
    void aForecastTellsEachPeriodWithItsBounds() {
        ToolResult result = call(
                "forecast_series",
                "{'source_id':'orders','value':'amount','period':'month','horizon':3}",
                studio.caller());

        assertTrue(result.text().contains("month | forecast | low | high (90% lie between)"), result::text);
        assertEquals(
                3,
                result.text()
                        .lines()
                        .filter(line -> line.matches("2024-0\\d-01 \\| [\\d.]+ \\| [\\d.]+ \\| [\\d.]+"))
                        .count(),
                result::text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster_rows", "principal_components", "find_anomalies", "forecast_series"})
    void whatIsWrongIsAResultToMend(String tool) {
        Caller eve = new Caller(studio.caller().tenant(), "eve");

        for (ToolResult refused : List.of(
                call(tool, "{'source_id':'orders'}", eve),
                call(tool, "{'source_id':'orders','sorce':'x'}", studio.caller()),
                call(tool, "{'source_id':'orders','columns':['gone'],'value':'gone'}", studio.caller()),
                call(tool, "{'source_id':'orders','keep_as':'orders'}", studio.caller()))) {
            assertTrue(refused.isError(), refused::text);
            assertEquals(List.of(), refused.artifacts());
        }
    }
}
