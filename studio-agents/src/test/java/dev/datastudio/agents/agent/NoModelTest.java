package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentStep.PlannerStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.Tools;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.ToolResult;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What agents answer where no model is configured (A11). */
@Timeout(60)
class NoModelTest {
    private final Desk desk = Desk.open();

    @AfterEach
    void close() {
        desk.close();
    }

    private AgentTask about(String agent, String question) {
        return AgentTask.of(agent, question).about(desk.orders().id().toString());
    }

    @Test
    void theBuiltInPlannerAnswersAboutData() {
        AgentReply reply = desk.run(about("sql_expert", "What are total sales?"));

        assertEquals(Status.ANSWERED, reply.status());
        assertTrue(reply.text().contains("130"), reply.text());
        assertEquals("", reply.model());
        PlannerStep step = (PlannerStep) reply.steps().get(0);
        assertTrue(step.statements().get(0).toLowerCase(Locale.ROOT).contains("sum"), step::toString);
        assertEquals(
                List.of(UserMessage.from("What are total sales?"), AiMessage.from(reply.text())), reply.messages());
        assertEquals(
                List.of("Started", "Token", "Said", "Finished"),
                desk.events.stream()
                        .map(event -> event.getClass().getSimpleName())
                        .toList());
    }

    @Test
    void aTestOfAHypothesisIsCarriedOut() {
        AgentReply reply = desk.run(about("data_scientist", "correlation test between sales and units"));

        assertEquals(Status.ANSWERED, reply.status());
        assertTrue(reply.text().contains("p"), reply.text());
    }

    @Test
    void anExplorationIsMadeByItsTool() {
        AgentReply reply = desk.run(about("data_analyst", "Explore this data set"));

        assertEquals(Status.ANSWERED, reply.status());
        assertEquals("eda_analysis", ((ToolStep) reply.steps().get(0)).tool());
        assertTrue(reply.text().contains("sales"), reply.text());
        assertEquals(List.of(), reply.figures().unsupported());
    }

    @Test
    void whatIsNotUnderstoodIsSaidWithHowToHaveAModel() {
        AgentReply reply = desk.run(about("data_analyst", "Why are the gnomes unhappy?"));

        assertEquals(Status.CANNOT_ANSWER, reply.status());
        assertTrue(reply.text().contains("'studio models add'"), reply.text());
        assertFalse(reply.problem().orElseThrow().mend().isBlank());
    }

    @Test
    void trainingIsSaidToBeUnavailable() {
        AgentReply reply = desk.run(about("ml_engineer", "Train a random forest that predicts sales"));

        assertEquals(Status.CANNOT_ANSWER, reply.status());
        assertTrue(reply.text().startsWith("Training a model is not available here."), reply.text());
    }

    @Test
    void aQuestionAboutNothingIsSaidToBeSo() {
        AgentReply reply = desk.run(AgentTask.of("data_analyst", "What are total sales?"));

        assertEquals(Status.CANNOT_ANSWER, reply.status());
        assertTrue(reply.text().startsWith("The question names no data set"), reply.text());
    }

    record Question(String question) {}

    @Test
    void withToolsForBothTheOtherIsAskedWhereTheOwnHoldsNoAnswer() {
        ToolRegistry.of(desk.studio)
                .register(Tools.reading(
                        "query_documents",
                        "Answers out of documents",
                        Question.class,
                        (asked, context) ->
                                ToolResult.of(asked.question().contains("gnomes") ? """
                                        Status: answered
                                        <document_answer>
                                        - Gnomes dislike rain.
                                          source: gnomes.md (d-1), characters 0-20: "Gnomes dislike rain."
                                        </document_answer>""" : "Status: not_found")));
        AgentSpec analyst = Agents.of(desk.studio).configs().get("data_analyst").spec();
        AgentSpec both = analyst.withTools(List.of("eda_analysis", "query_documents"));
        AgentSpec documentsFirst = analyst.withTools(List.of("query_documents", "eda_analysis"));

        AgentReply fromData = run(both, "What are total sales?");
        AgentReply fromDocuments = run(both, "Why are the gnomes unhappy?");
        AgentReply neither = run(both, "Why are the trolls unhappy?");
        AgentReply secondly = run(documentsFirst, "What are total sales?");

        assertTrue(fromData.text().contains("130"), fromData.text());
        assertEquals(1, fromData.steps().size());
        assertEquals(
                "The data hold no answer to this; the documents do:\n\n- Gnomes dislike rain.\n  (gnomes.md)",
                fromDocuments.text());
        assertEquals(Status.ANSWERED, fromDocuments.status());
        assertEquals(Status.CANNOT_ANSWER, neither.status());
        assertTrue(neither.text().contains("The documents hold no answer that can be quoted."), neither.text());
        assertTrue(secondly.text().startsWith("The documents hold no answer to this; the data do:"), secondly.text());
        assertTrue(secondly.text().contains("130"), secondly.text());
    }

    private AgentReply run(AgentSpec spec, String question) {
        return Agents.of(desk.studio).run(spec, about(spec.id(), question), AgentListener.NONE, Cancellation.create());
    }

    @Test
    void wordsOfDocumentsAreGivenAsTheyStand() {
        ToolRegistry.of(desk.studio)
                .register(Tools.reading(
                        "query_documents",
                        "Answers out of documents",
                        Question.class,
                        (asked, context) -> ToolResult.of(
                                asked.question().contains("paid")
                                        ? "Status: answered\n- Paid within 14 days.\n  source: terms.pdf, page 2"
                                        : "Status: not_found\nNote: No passage fits.")));

        AgentReply found = desk.run(AgentTask.of("rag_assistant", "When is it paid?"));
        AgentReply none = desk.run(AgentTask.of("rag_assistant", "Who wrote it?"));

        assertEquals(Status.ANSWERED, found.status());
        assertEquals("- Paid within 14 days.\n  source: terms.pdf, page 2", found.text());
        assertEquals(List.of(), found.figures().unsupported());
        assertEquals(Status.CANNOT_ANSWER, none.status());
        assertTrue(none.text().startsWith("Note: No passage fits."), none.text());
    }

    @Test
    void anAgentOfTheProgramNeedsAModel() {
        desk.agents().define(AgentSpec.of("poet", "Poet", "You rhyme."), List.of());

        AgentReply reply = desk.run(AgentTask.of("poet", "A line, please."));

        assertEquals(Status.CANNOT_ANSWER, reply.status());
        assertTrue(reply.text().startsWith("The agent 'Poet' needs a language model"), reply.text());
    }

    @Test
    void aRunThatIsCancelledIsStopped() {
        Cancellation cancellation = Cancellation.create();
        cancellation.cancel();

        assertEquals(
                Status.STOPPED,
                desk.run(about("sql_expert", "What are total sales?"), cancellation)
                        .status());
    }

    @Test
    void eachCallerIsAnsweredAboutItsOwnData() {
        Caller eve = new Caller(desk.studio.caller().tenant(), "eve");
        Caller far = new Caller("elsewhere", desk.studio.caller().user());

        assertTrue(profit(eve, 10).text().contains("15"));
        assertTrue(profit(far, 20).text().contains("25"));
        String own = desk.orders().id().toString();
        for (Caller other : List.of(eve, far)) {
            StudioException missing = assertThrows(
                    StudioException.class,
                    () -> desk.agents()
                            .as(other)
                            .run(AgentTask.of("sql_expert", "What are total sales?")
                                    .about(own)));
            assertEquals(ErrorCode.SOURCE_NOT_FOUND, missing.code());
        }
    }

    /** Asks for the sum of a profit and five. */
    private AgentReply profit(Caller caller, int profit) {
        String own = desk.studio
                .datasets()
                .as(caller)
                .importMaps("orders", List.of(Map.of("profit", profit), Map.of("profit", 5)))
                .id()
                .toString();

        AgentReply reply = desk.agents()
                .as(caller)
                .run(AgentTask.of("sql_expert", "What is total profit?").about(own));

        assertEquals(Status.ANSWERED, reply.status(), reply.text());
        return reply;
    }
}
