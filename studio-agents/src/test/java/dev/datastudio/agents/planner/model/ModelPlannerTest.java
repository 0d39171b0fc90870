package dev.datastudio.agents.planner.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.analysis.PlanJson;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.datastudio.testkit.server.RefusingPort;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what a model answers to a question, over real HTTP (A8, D7). */
class ModelPlannerTest {
    private static final String BY_REGION = """
            {"steps":[{"intent":"sales by region","op":"aggregate","tables":["orders"],
              "dimensions":[{"of":{"column":"REGION"}}],"measures":[{"aggregate":"sum","of":{"column":"sales"}}]}]}
            """;

    private final ScriptedModelServer server = ScriptedModelServer.start();
    private final PromptTables shop = PromptTables.shop();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void takesThePlanOfTheModelWithNamesAsTheyAreSpelt() {
        server.inTurn(ModelReply.toolCall("plan", BY_REGION));

        PlanOutcome.Planned planned = assertInstanceOf(PlanOutcome.Planned.class, plan("sales by region"));

        assertTrue(PlanJson.write(planned.plan()).contains("\"column\":\"region\""), planned.toString());
        assertTrue(planned.reading().contains("sales"), planned.reading());
        assertEquals(
                List.of("The model 'scripted' read the question; compare the reading with what you meant."),
                planned.notes());
    }

    @Test
    void sendsTheInstructionsTheTablesAndTheTools() {
        server.inTurn(ModelReply.toolCall("plan", BY_REGION));

        plan("sales by region");

        PlanPrompt prompt = planner().prompt(shop.request("sales by region"), List.of());
        assertEquals(
                List.of("plan", "ask_back", "refuse"), server.requests().get(0).tools());
        assertEquals(prompt.system(), server.requests().get(0).messages().get(0).text());
        assertEquals(prompt.user(), server.requests().get(0).lastText());
    }

    static Stream<Arguments> badPlans() {
        return Stream.of(
                Arguments.of(
                        "{\"steps\":[{\"op\":\"aggregate\",\"tables\":[\"orders\"],\"measures\":[{\"aggregate\":\"sum\",\"of\":{\"column\":\"revenue\"}}]}]}",
                        "Column 'revenue'"),
                Arguments.of(
                        "{\"steps\":[{\"op\":\"agregate\",\"tables\":[\"orders\"]}]}", "'aggregate' is the nearest"),
                Arguments.of("{\"steps\":[]}", "steps"),
                Arguments.of(
                        "{\"steps\":[{\"op\":\"list\",\"tables\":[\"orders\"]}],\"sql\":\"select 1\"}",
                        "no field 'sql'"),
                Arguments.of("{\"steps\":[{\"op\":\"list\",\"tables\":[\"secrets\"]}]}", "secrets"),
                Arguments.of("{\"steps\":[{\"op\":\"list\"", "not JSON"),
                Arguments.of(
                        "{\"steps\":[{\"op\":\"list\",\"tables\":[\"orders\"],\"filter\":{\"compare\":\"equal\",\"left\":{\"column\":\"region\"},\"right\":\"Nrth\"}}]}",
                        "no value 'Nrth', but [North]"));
    }

    @ParameterizedTest
    @MethodSource("badPlans")
    void givesABadPlanBackWithTheWordsOfTheCheck(String arguments, String words) {
        server.inTurn(ModelReply.toolCall("plan", arguments), ModelReply.toolCall("plan", BY_REGION));

        assertInstanceOf(PlanOutcome.Planned.class, plan("sales by region"));

        String told = server.requests().get(1).lastText();
        assertTrue(told.contains(words), told);
        assertEquals(2, server.requests().size());
    }

    @Test
    void keepsToAValueThatTheModelSendsAgain() {
        String unknown = """
                {"steps":[{"op":"list","tables":["orders"],"filter":{"compare":"equal","left":{"column":"region"},"right":"Overseas"}}]}
                """;
        server.inTurn(ModelReply.toolCall("plan", unknown), ModelReply.toolCall("plan", unknown));

        assertInstanceOf(PlanOutcome.Planned.class, plan("orders from overseas"));
    }

    @Test
    void givesUpAfterTheLastRepairAndSaysWhy() {
        ModelReply bad = ModelReply.toolCall("plan", "{\"steps\":[{\"op\":\"list\",\"tables\":[\"secrets\"]}]}");
        server.inTurn(bad, bad, bad);

        StudioException failure = assertThrows(StudioException.class, () -> plan("sales by region"));

        assertEquals(ErrorCode.MODEL_ANSWER_INVALID, failure.code());
        assertTrue(failure.what().contains("in 3 tries"), failure.what());
        assertTrue(failure.what().contains("secrets"), failure.what());
    }

    @ParameterizedTest
    @ValueSource(strings = {"```json\n%s```", "%s", "Here it is:\n```\n%s\n```"})
    void readsAPlanThatStandsInTheText(String form) {
        server.inTurn(ModelReply.pieces(form.formatted(BY_REGION)));

        assertInstanceOf(PlanOutcome.Planned.class, plan("sales by region"));
    }

    @Test
    void asksForAToolWhenTheModelOnlyTalks() {
        server.inTurn(ModelReply.text("Sales are 42."), ModelReply.toolCall("plan", BY_REGION));

        assertInstanceOf(PlanOutcome.Planned.class, plan("sales by region"));
        assertTrue(server.requests().get(1).lastText().contains("No tool was called"));
    }

    @Test
    void refusesSeveralCallsAtOnce() {
        server.inTurn(
                ModelReply.toolCall("plan", BY_REGION).andToolCall("plan", BY_REGION),
                ModelReply.toolCall("plan", BY_REGION));

        assertInstanceOf(PlanOutcome.Planned.class, plan("sales by region"));
    }

    @Test
    void offersTheReadingsThatTheModelAsksAbout() {
        server.inTurn(ModelReply.toolCall("ask_back", """
                {"readings":[
                  {"question":"Which region has the most orders?","steps":[{"op":"aggregate","tables":["orders"],"dimensions":[{"of":{"column":"region"}}],"measures":[{"aggregate":"count"}]}]},
                  {"question":"Which region has the most sales?","steps":[{"op":"aggregate","tables":["orders"],"dimensions":[{"of":{"column":"region"}}],"measures":[{"aggregate":"sum","of":{"column":"sales"}}]}]}]}
                """));

        PlanOutcome.Ambiguous ambiguous = assertInstanceOf(PlanOutcome.Ambiguous.class, plan("the best region"));

        assertEquals(
                List.of("Which region has the most orders?", "Which region has the most sales?"),
                ambiguous.candidates().stream()
                        .map(PlanOutcome.Candidate::question)
                        .toList());
    }

    @Test
    void refusesReadingsThatAreTheSame() {
        String same = "{\"question\":\"q\",\"steps\":[{\"op\":\"list\",\"tables\":[\"orders\"]}]}";
        server.inTurn(
                ModelReply.toolCall("ask_back", "{\"readings\":[" + same + "," + same + "]}"),
                ModelReply.toolCall("plan", BY_REGION));

        plan("sales by region");

        assertTrue(server.requests().get(1).lastText().contains("same plan"));
    }

    @Test
    void saysWhatTheTablesLack() {
        server.inTurn(
                ModelReply.toolCall(
                        "refuse",
                        "{\"reason\":\"The tables hold\\nno weather.\",\"unknown_words\":[\"weather\",\"not in the question\"]}"));

        assertEquals(
                new PlanOutcome.CannotAnswer("The tables hold no weather.", List.of("weather"), List.of()),
                plan("the weather by region"));
    }

    @Test
    @SuppressWarnings("try") // only keeps the port
    void saysThatAModelCantBeReachedOrRefuses() throws IOException {
        server.inTurn(ModelReply.error(401, "Incorrect API key"));
        StudioException refused = assertThrows(StudioException.class, () -> plan("sales"));
        server.close();

        assertEquals(ErrorCode.MODEL_REFUSED, refused.code());
        try (RefusingPort port = RefusingPort.after(URI.create(server.baseUrl()).getPort())) {
            StudioException gone = assertThrows(StudioException.class, () -> plan("sales"));
            assertEquals(ErrorCode.MODEL_FAILED, gone.code());
        }
    }

    @Test
    void asksNoModelOnceItIsCancelled() {
        Cancellation cancelled = Cancellation.create();
        cancelled.cancel();

        StudioException failure =
                assertThrows(StudioException.class, () -> planner().plan(shop.request("sales"), List.of(), cancelled));

        assertEquals(ErrorCode.CANCELLED, failure.code());
        assertEquals(List.of(), server.requests());
    }

    @Test
    void refusesSettingsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> planner().repairs(-1));
        assertThrows(IllegalArgumentException.class, () -> planner().maxPromptTokens(100));
        assertThrows(IllegalArgumentException.class, () -> ModelPlanner.of(model(), " "));
        assertFalse(planner().version().equals(planner().repairs(0).version()));
    }

    private PlanOutcome plan(String question) {
        return planner().plan(shop.request(question), List.of(), Cancellation.none());
    }

    private ModelPlanner planner() {
        return ModelPlanner.of(model(), "scripted");
    }

    private ChatModel model() {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .modelName("scripted")
                .maxRetries(0)
                .build();
    }
}
