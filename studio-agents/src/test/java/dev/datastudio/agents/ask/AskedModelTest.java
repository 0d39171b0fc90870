package dev.datastudio.agents.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.ask.ModelPlanning.Policy;
import dev.datastudio.agents.planner.model.ModelPlanner;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads a question when there is a model (A8, D7, D9). */
class AskedModelTest {
    private static final String CERTAIN = "total sales";
    private static final String ODD = "what did the northerners fetch";
    private static final String OF_THE_NORTH = """
            {"steps":[{"intent":"the northerners","op":"aggregate","tables":["orders"],
              "filter":{"compare":"equal","left":{"column":"region"},"right":"North"},
              "measures":[{"aggregate":"sum","of":{"column":"sales"}}]}]}
            """;

    private final ScriptedModelServer server = ScriptedModelServer.start();
    private final Studio studio = Studio.inMemory();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        studio.close();
        server.close();
    }

    @Test
    void asksNoModelWhereTheBuiltInPlannerIsCertain() {
        Answer answer = ask(CERTAIN, Policy.BUILT_IN_FIRST);

        assertEquals("built-in", answer.planner());
        assertEquals(130L, answer.steps().get(0).value());
        assertEquals(List.of(), server.requests());
    }

    @Test
    void asksTheModelWhereTheBuiltInPlannerIsNotCertain() {
        server.inTurn(ModelReply.toolCall("plan", OF_THE_NORTH));

        Answer answer = ask(ODD, Policy.BUILT_IN_FIRST);

        assertEquals(AnswerStatus.ANSWERED, answer.status());
        assertEquals("scripted", answer.planner());
        assertEquals(50L, answer.steps().get(0).value());
        assertTrue(answer.warnings().toString().contains("The model 'scripted' read the question"));
    }

    @Test
    void answersAgainWithoutTheModel() {
        server.inTurn(ModelReply.toolCall("plan", OF_THE_NORTH));

        ask(ODD, Policy.BUILT_IN_FIRST);
        Answer again = ask(ODD + "?", Policy.BUILT_IN_FIRST);

        assertTrue(again.cached());
        assertEquals(1, server.requests().size());
    }

    @Test
    void asksTheModelFirstWhenToldSo() {
        server.inTurn(ModelReply.toolCall("plan", OF_THE_NORTH));

        assertEquals(50L, ask(CERTAIN, Policy.MODEL_FIRST).steps().get(0).value());
    }

    @Test
    void saysThatTheBuiltInPlannerStoodInForAModelThatFailed() {
        server.inTurn(ModelReply.error(401, "Incorrect API key"));

        Answer answer = ask(CERTAIN, Policy.MODEL_FIRST);

        assertEquals("built-in", answer.planner());
        assertEquals(130L, answer.steps().get(0).value());
        assertTrue(
                answer.warnings()
                        .toString()
                        .contains("The built-in planner read the question, because the model did not"),
                answer.warnings().toString());
    }

    @Test
    void failsWithTheModelWhenNothingElseMayOrCanAnswer() {
        server.inTurn(ModelReply.error(401, "Incorrect API key"), ModelReply.error(401, "Incorrect API key"));

        StudioException only = assertThrows(StudioException.class, () -> ask(CERTAIN, Policy.MODEL_ONLY));
        StudioException odd = assertThrows(StudioException.class, () -> ask(ODD, Policy.BUILT_IN_FIRST));

        assertEquals(ErrorCode.MODEL_REFUSED, only.code());
        assertEquals(ErrorCode.MODEL_REFUSED, odd.code());
    }

    @Test
    void tellsTheModelThePlanThatAFollowUpMayChange() {
        server.inTurn(
                ModelReply.toolCall("plan", OF_THE_NORTH),
                ModelReply.toolCall("plan", OF_THE_NORTH.replace("North", "South")));

        Answer first = ask(ODD, Policy.MODEL_ONLY);
        Answer second = Analyst.of(studio)
                .ask(
                        List.of(orders()),
                        "and the others",
                        options(Policy.MODEL_ONLY).withPrevious(first));
        Answer back = Analyst.of(studio)
                .ask(List.of(orders()), "undo", options(Policy.MODEL_ONLY).withPrevious(second));

        assertEquals(80L, second.steps().get(0).value());
        assertTrue(server.requests().get(1).lastText().contains("The plan of the last answer"));
        assertEquals(50L, back.steps().get(0).value());
        assertEquals(2, server.requests().size());
    }

    @Test
    void anObedientModelCantReachWhatThePlanCantSay() {
        server.inTurn(
                ModelReply.toolCall("plan", "{\"steps\":[{\"op\":\"list\",\"tables\":[\"sqlite_master\"]}]}"),
                ModelReply.toolCall("run_sql", "{\"sql\":\"DROP TABLE orders\"}"),
                ModelReply.toolCall(
                        "plan", "{\"steps\":[{\"op\":\"list\",\"tables\":[\"read_text('/etc/passwd')\"]}]}"));

        StudioException failure = assertThrows(StudioException.class, () -> ask(ODD, Policy.MODEL_ONLY));

        assertEquals(ErrorCode.MODEL_ANSWER_INVALID, failure.code());
        assertFalse(ask(CERTAIN, Policy.BUILT_IN_FIRST).steps().isEmpty());
    }

    private Answer ask(String question, Policy policy) {
        return Analyst.of(studio).ask(List.of(orders()), question, options(policy));
    }

    private AskOptions options(Policy policy) {
        return AskOptions.DEFAULT
                .withPictures(AskOptions.Pictures.SKIP)
                .withModel(new ModelPlanning(ModelPlanner.of(model(), "scripted"), policy));
    }

    private OpenAiChatModel model() {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .modelName("scripted")
                .maxRetries(0)
                .build();
    }

    private Dataset orders() {
        try {
            Path file = folder.resolve("orders.csv");
            Files.writeString(file, """
                    day,region,sales
                    2024-01-10,North,10
                    2024-01-20,South,20
                    2024-02-05,North,40
                    2024-02-25,South,60
                    """);
            return studio.datasets().importFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
