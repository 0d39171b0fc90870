package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentConfig.Origin;
import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.model.ModelParameters;
import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.testkit.model.ModelProtocol;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What an organisation changes of its agents (A11). */
@Timeout(60)
class AgentConfigsTest {
    private static final Caller OTHER = new Caller("other", "ada");

    private final Desk desk = Desk.withModel();
    private final AgentConfigs configs = desk.agents().configs();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void sixAgentsComeWithTheStudioEachWithItsTools() {
        Map<String, List<String>> tools = configs.list().stream()
                .collect(Collectors.toMap(
                        AgentConfig::id, config -> config.spec().tools()));

        assertEquals(
                Map.of(
                        "data_analyst",
                        List.of("eda_analysis", "get_dataset_info", "create_visualization"),
                        "data_scientist",
                        List.of("train_ml_model", "hypothesis_test", "eda_analysis", "create_visualization"),
                        "sql_expert",
                        List.of("sql_query", "get_dataset_info"),
                        "visualization_expert",
                        List.of("create_visualization", "get_dataset_info", "eda_analysis"),
                        "rag_assistant",
                        List.of("query_documents", "search_documents"),
                        "ml_engineer",
                        List.of("train_ml_model", "train_dl_model", "hypothesis_test", "get_dataset_info")),
                tools);
        for (AgentConfig config : configs.list()) {
            assertEquals(Origin.BUILT_IN, config.origin());
            assertEquals(config.id() + "-1", config.version());
            assertEquals(0, config.revision());
            assertFalse(config.spec().description().isBlank());
        }
    }

    @Test
    void aChangeReachesTheModelAndIsTakenBackByAReset() {
        desk.addModel("Second", Provider.GENERIC, ModelProtocol.OPENAI);
        AgentSpec before = configs.get("data_analyst").spec();

        AgentConfig changed = configs.update(
                0,
                before.withInstructions("Answer in one word.")
                        .withModel("Second")
                        .withTemperature(0.25)
                        .withTools(List.of("get_dataset_info")));
        desk.server.inTurn(ModelReply.text("Yes."));
        AgentReply reply = desk.run(AgentTask.of("data_analyst", "Is there data?"));
        configs.reset("data_analyst");

        assertEquals(1, changed.revision());
        assertTrue(changed.isChanged());
        assertEquals("changed", changed.version());
        assertEquals("Second", reply.model());
        ModelRequest request = desk.server.requests().get(0);
        assertTrue(request.messages().get(0).text().contains("Answer in one word."));
        assertTrue(request.json().contains("\"temperature\":0.25"), request::json);
        assertEquals(List.of("get_dataset_info"), request.tools());
        assertEquals(before, configs.get("data_analyst").spec());
        assertEquals(0, configs.get("data_analyst").revision());
    }

    @Test
    void ofTwoWhoChangeTheSameTheSecondIsToldSo() {
        AgentSpec spec = configs.get("sql_expert").spec();
        AgentConfig first = configs.update(0, spec.withTitle("One"));

        for (long stale : List.of(0L, first.revision() + 1)) {
            StudioException conflict =
                    assertThrows(StudioException.class, () -> configs.update(stale, spec.withTitle("Two")));
            assertEquals(ErrorCode.ENTRY_CONFLICT, conflict.code());
        }
        assertEquals(2, configs.update(first.revision(), spec.withTitle("Two")).revision());
    }

    @Test
    void anOrganisationAddsAgentsOfItsOwn() {
        AgentConfig made =
                configs.create(AgentSpec.of("buyer", "Buyer", "You buy.").withTools(List.of("count_rows")));

        assertEquals(Origin.ORGANISATION, made.origin());
        assertEquals(7, configs.list().size());
        StudioException twice = assertThrows(StudioException.class, () -> configs.create(made.spec()));
        assertEquals(ErrorCode.INVALID_NAME, twice.code());
        configs.reset("buyer");
        assertTrue(configs.find("buyer").isEmpty());
    }

    @Test
    void whatOneOrganisationChangesIsNotThereForAnother() {
        configs.update(0, configs.get("data_analyst").spec().withTitle("Ours"));
        configs.create(AgentSpec.of("buyer", "Buyer", "You buy."));

        AgentConfigs theirs = desk.agents().as(OTHER).configs();

        assertEquals("Data analyst", theirs.get("data_analyst").spec().title());
        assertTrue(theirs.find("buyer").isEmpty());
        StudioException unknown = assertThrows(
                StudioException.class, () -> desk.agents().as(OTHER).run(AgentTask.of("buyer", "Buy.")));
        assertEquals(ErrorCode.ENTRY_NOT_FOUND, unknown.code());
        assertTrue(unknown.mend().contains("data_analyst"), unknown::mend);
    }

    @Test
    void modelsAndDataOfAnotherOrganisationAreNotThere() {
        String foreign = desk.orders().id().toString();

        StudioException none = assertThrows(
                StudioException.class,
                () -> desk.agents()
                        .as(OTHER)
                        .run(AgentTask.of("data_analyst", "Explore the data").about(foreign)));

        assertEquals(ErrorCode.SOURCE_NOT_FOUND, none.code());
        assertEquals(List.of(), desk.server.requests());
    }

    @Test
    void aModelGetsNoDataOfAnotherOrganisationThroughATool() {
        String foreign = desk.orders().id().toString();
        ModelSpec spec = new ModelSpec(
                "Theirs",
                Provider.GENERIC,
                "scripted-1",
                desk.server.baseUrl(),
                ModelParameters.DEFAULT.withMaxRetries(0));
        Models.of(desk.studio).as(OTHER).configs().create(spec, ModelScope.TENANT, Secret.of("key-2"));
        desk.server.inTurn(
                ModelReply.toolCall("get_dataset_info", "{\"source_id\":\"" + foreign + "\"}"),
                ModelReply.text("There is none."));

        AgentReply reply = desk.agents().as(OTHER).run(AgentTask.of("data_analyst", "What is in " + foreign + "?"));

        assertEquals(Status.ANSWERED, reply.status());
        AgentStep.ToolStep step = (AgentStep.ToolStep) reply.steps().get(1);
        assertTrue(step.isError());
        assertFalse(step.text().contains("region"), step.text());
    }

    @Test
    void whatIsNotThereCanNotBeNamed() {
        AgentSpec spec = configs.get("data_analyst").spec();
        Models.of(desk.studio)
                .configs()
                .create(
                        new ModelSpec("Mine", Provider.GENERIC, "m", desk.server.baseUrl(), ModelParameters.DEFAULT),
                        ModelScope.USER,
                        Secret.of("key-3"));

        assertNamed("'mcp_delete_all'", () -> configs.update(0, spec.withTools(List.of("mcp_delete_all"))));
        assertNamed("'Unknown'", () -> configs.update(0, spec.withModel("Unknown")));
        assertNamed("'Mine'", () -> configs.update(0, spec.withModel("Mine")));
        assertEquals(
                ErrorCode.ENTRY_NOT_FOUND,
                assertThrows(StudioException.class, () -> configs.update(0, AgentSpec.of("nobody", "N", "")))
                        .code());
    }

    private static void assertNamed(String name, Executable change) {
        StudioException refused = assertThrows(StudioException.class, change);
        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertTrue(refused.what().contains(name), refused::what);
    }

    record Nothing() {}

    @Test
    void aToolThatTheProgramRegistersCanBeNamedAndIsAbsentWhenItIsSwitchedOff() {
        ToolRegistry registry = ToolRegistry.of(desk.studio);
        registry.register(
                Tools.reading("weather", "The weather", Nothing.class, (none, context) -> ToolResult.of("sunny")));
        configs.update(0, configs.get("sql_expert").spec().withTools(List.of("sql_query", "weather")));
        desk.server.inTurn(ModelReply.text("One."), ModelReply.text("Two."));

        desk.run(AgentTask.of("sql_expert", "Which tools?"));
        registry.disable("weather");
        desk.run(AgentTask.of("sql_expert", "Which tools?"));

        assertEquals(
                List.of("sql_query", "weather"),
                desk.server.requests().get(0).tools().stream().sorted().toList());
        assertEquals(List.of("sql_query"), desk.server.requests().get(1).tools());
        assertTrue(desk.server.requests().get(1).messages().get(0).text().contains("Not available here: weather."));
    }

    @Test
    void aBuiltInAgentCanNotBeDefinedByTheProgram() {
        StudioException refused = assertThrows(
                StudioException.class, () -> desk.agents().define(AgentSpec.of("sql_expert", "Mine", ""), List.of()));

        assertEquals(ErrorCode.INVALID_NAME, refused.code());
    }
}
