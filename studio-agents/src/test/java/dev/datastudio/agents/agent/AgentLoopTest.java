package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentStep.ModelStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an agent goes from a question over tools to an answer (A11, A12, R8). */
@Timeout(60)
class AgentLoopTest {
    private final Desk desk = Desk.withModel();
    private final Dataset orders = desk.orders();

    @AfterEach
    void close() {
        desk.close();
    }

    private String sql(String statement) {
        return "{\"source_id\":\"" + orders.id() + "\",\"sql\":\"" + statement + "\"}";
    }

    private AgentTask task(String question) {
        return AgentTask.of("sql_expert", question).about(orders.id().toString());
    }

    @Test
    void answersFromWhatAToolReturned() {
        desk.server.inTurn(
                ModelReply.toolCall("sql_query", sql("SELECT sum(sales) AS total FROM orders")),
                ModelReply.text("The total is 130."));

        AgentReply reply = desk.run(task("What are total sales?"));

        assertEquals(Status.ANSWERED, reply.status());
        assertEquals("The total is 130.", reply.text());
        assertEquals("Scripted", reply.model());
        ModelRequest second = desk.server.requests().get(1);
        assertTrue(second.lastText().contains("130"), second::lastText);
        assertEquals(
                List.of("get_dataset_info", "sql_query"),
                second.tools().stream().sorted().toList());
    }

    @Test
    void tracesEachStepWithWhatItUsed() {
        desk.server.inTurn(
                ModelReply.toolCall("sql_query", sql("SELECT sum(sales) AS total FROM orders"))
                        .usage(100, 10),
                ModelReply.text("The total is 130.").usage(150, 7));

        AgentReply reply = desk.run(task("What are total sales?").inConversation("c-1"));

        assertEquals(4, reply.steps().size());
        ModelStep first = (ModelStep) reply.steps().get(0);
        ToolStep tool = (ToolStep) reply.steps().get(1);
        ModelStep last = (ModelStep) reply.steps().get(2);
        assertEquals(List.of(tool.call()), first.calls());
        assertEquals("sql_query", tool.tool());
        assertTrue(tool.text().contains("130"), tool.text());
        assertFalse(tool.isError());
        assertEquals("The total is 130.", last.text());
        assertEquals(List.of(100L, 10L), List.of(first.inputTokens(), first.outputTokens()));
        assertEquals(2, reply.usage().calls());
        assertEquals(250, reply.usage().inputTokens());
        assertEquals(17, reply.usage().outputTokens());
    }

    @Test
    void callsSeveralToolsAtOnceAndKeepsTheirOrder() {
        desk.server.inTurn(
                ModelReply.toolCall("sql_query", sql("SELECT max(sales) AS most FROM orders"))
                        .andToolCall("sql_query", sql("SELECT min(sales) AS least FROM orders"))
                        .andToolCall("get_dataset_info", "{\"source_id\":\"" + orders.id() + "\"}"),
                ModelReply.text("From 20 to 45."));

        AgentReply reply = desk.run(task("What is the range of sales?"));

        assertEquals(
                List.of("UserMessage", "AiMessage", "most", "least", "info", "AiMessage"),
                reply.messages().stream().map(AgentLoopTest::shown).toList());
        assertEquals(3, desk.events(AgentEvent.ToolCalled.class).size());
        assertEquals(3, desk.events(AgentEvent.ToolReturned.class).size());
    }

    private static String shown(dev.langchain4j.data.message.ChatMessage message) {
        if (message instanceof ToolExecutionResultMessage result) {
            return result.text().contains("most") ? "most" : result.text().contains("least") ? "least" : "info";
        }
        return message.getClass().getSimpleName();
    }

    @Test
    void tellsTokensAsTheyComeAndThenTheWhole() {
        desk.server.inTurn(
                ModelReply.pieces("I ", "look.").andToolCall("sql_query", sql("SELECT 1 AS one")),
                ModelReply.pieces("It ", "is ", "1."));

        AgentReply reply = desk.run(task("What is one?"));

        assertEquals(
                "Started, 1:I , 1:look., 1=I look., call, return, 2:It , 2:is , 2:1., 2=It is 1., Finished",
                desk.events.stream().map(AgentLoopTest::shown).collect(Collectors.joining(", ")));
        assertEquals("It is 1.", reply.text());
        assertTrue(desk.events.stream().allMatch(event -> event.run().equals(reply.run())));
    }

    private static String shown(AgentEvent event) {
        if (event instanceof AgentEvent.Token token) {
            return token.step() + ":" + token.text();
        } else if (event instanceof AgentEvent.Said said) {
            return said.step() + "=" + said.text();
        } else if (event instanceof AgentEvent.ToolCalled) {
            return "call";
        } else if (event instanceof AgentEvent.ToolReturned) {
            return "return";
        }
        return event.getClass().getSimpleName();
    }

    @Test
    void remembersWhatWasSaidBefore() {
        desk.server.inTurn(ModelReply.text("Hello Ada."), ModelReply.text("You are Ada."));

        AgentReply first = desk.run(task("I am Ada."));
        AgentReply second = desk.run(task("Who am I?").remembering(first.messages()));

        assertEquals(List.of(UserMessage.from("I am Ada."), AiMessage.from("Hello Ada.")), first.messages());
        assertEquals("You are Ada.", second.text());
        assertEquals(
                List.of("system", "user", "assistant", "user"),
                desk.server.requests().get(1).messages().stream()
                        .map(message -> message.role())
                        .toList());
    }

    @Test
    void theModelIsToldTheSourcesAndWhatIsNotAvailable() {
        desk.server.inTurn(ModelReply.text("Training is not available here."));

        desk.run(AgentTask.of("ml_engineer", "Train a model").about(orders.id().toString()));

        ModelRequest request = desk.server.requests().get(0);
        String system = request.messages().get(0).text();
        assertTrue(system.contains("Not available here: train_ml_model, train_dl_model."), system);
        assertTrue(
                request.lastText().contains("source_id " + orders.id() + ": data set \"orders.csv\", table orders"),
                request::lastText);
        assertTrue(request.lastText().contains("region text; sales integer; units integer"), request::lastText);
        assertTrue(request.lastText().endsWith("</task_context>\n\nTrain a model"), request::lastText);
    }
}
