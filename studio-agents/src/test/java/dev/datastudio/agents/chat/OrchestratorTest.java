package dev.datastudio.agents.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply;
import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.chat.Routing.By;
import dev.datastudio.agents.chat.Routing.Order;
import dev.datastudio.agents.figure.Figure;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who answers a question, and how several answers become one (A11). */
@Timeout(60)
class OrchestratorTest {
    private final ChatDesk desk = ChatDesk.withModel();

    @AfterEach
    void close() {
        desk.close();
    }

    private ChatReply send(String message) {
        return desk.chat().send(desk.about(message)).await();
    }

    private static boolean joins(ModelRequest request) {
        return request.messages().get(0).text().contains("put the answers of several agents");
    }

    @Test
    void theModelChoosesAnAgentAndSaysWhy() throws InterruptedException {
        desk.server.when(ChatDesk.routing()).reply(ChatDesk.route("together", "It asks for a sum.", "sql_expert"));
        desk.server.when("part of sql_expert").reply(ModelReply.text("It is big."));
        ChatTurn turn = desk.chat().send(desk.about("What are total sales?"));
        CollectedEvents events = new CollectedEvents();
        turn.listen(0, events);

        ChatReply reply = turn.await();

        assertEquals(List.of("sql_expert"), reply.routing().agents());
        assertEquals(By.MODEL, reply.routing().by());
        assertEquals("It is big.", reply.text());
        assertTrue(events.all().stream()
                .anyMatch(event -> event.content() instanceof ChatEvent.Routed routed
                        && routed.routing().why().equals("It asks for a sum.")));
        String asked = desk.server.requests().get(0).lastText();
        assertTrue(asked.contains("- sql_expert: "), asked);
        assertTrue(asked.contains("<user_question>\nWhat are total sales?\n</user_question>"), asked);
    }

    @Test
    void severalAgentsWorkAtTheSameTimeAndTheFiguresOfTheJoinedAnswerAreChecked() {
        desk.server
                .when(ChatDesk.routing())
                .reply(ChatDesk.route("together", "Two parts.", "sql_expert", "visualization_expert"));
        desk.server.when(OrchestratorTest::joins).reply(ModelReply.pieces("The total is 130, ", "in 99 bars."));
        desk.server
                .when("part of sql_expert")
                .reply(ModelReply.toolCall("sql_query", desk.sql("SELECT sum(sales) AS total FROM orders")));
        desk.server.when("part of visualization_expert").reply(ModelReply.text("A bar chart would do."));
        desk.server.when("130").reply(ModelReply.text("The total is 130."));

        ChatReply reply = send("Total and a chart?");

        assertEquals(Order.TOGETHER, reply.routing().order());
        assertEquals("The total is 130, in 99 bars.", reply.text());
        assertEquals(
                List.of("99"),
                reply.figures().unsupported().stream().map(Figure::text).toList());
    }

    @Test
    void agentsThatWorkInTurnAreToldTheAnswersBeforeThem() {
        desk.server
                .when(ChatDesk.routing())
                .reply(ChatDesk.route("in_turn", "One needs the other.", "sql_expert", "visualization_expert"));
        desk.server.when(OrchestratorTest::joins).reply(ModelReply.text("Together."));
        desk.server.when("part of sql_expert").reply(ModelReply.text("North leads."));
        desk.server.when("part of visualization_expert").reply(ModelReply.text("Drawn."));

        ChatReply reply = send("Who leads, as a chart?");

        assertEquals(Order.IN_TURN, reply.routing().order());
        ModelRequest second = desk.server.requests().stream()
                .filter(request -> request.lastText().contains("part of visualization_expert"))
                .findFirst()
                .orElseThrow();
        assertTrue(second.messages().stream()
                .anyMatch(message -> message.text().contains("SQL expert answered:\n<agent_answer>\nNorth leads.")));
        assertEquals(
                List.of("North leads.", "Drawn."),
                reply.agents().stream().map(AgentReply::text).toList());
    }

    @Test
    void answersStandUnderHeadingsWhenTheModelCantPutThemTogether() throws InterruptedException {
        desk.server
                .when(ChatDesk.routing())
                .reply(ChatDesk.route("together", "Two parts.", "sql_expert", "visualization_expert"));
        desk.server.when(OrchestratorTest::joins).reply(ModelReply.error(500, "busy"));
        desk.server.when("part of sql_expert").reply(ModelReply.text("North leads."));
        desk.server.when("part of visualization_expert").reply(ModelReply.text("Drawn."));
        ChatTurn turn = desk.chat().send(desk.about("Who leads, as a chart?"));
        CollectedEvents events = new CollectedEvents();
        turn.listen(0, events);

        assertEquals(
                "## SQL expert\n\nNorth leads.\n\n## Visualisation expert\n\nDrawn.",
                turn.await().text());
        assertTrue(events.all().stream()
                .anyMatch(event -> event.content() instanceof ChatEvent.Update update
                        && update.text().startsWith("The answers stand one below the other: ")));
    }

    @Test
    void aChoiceThatCantBeUsedIsGivenBackOnce() {
        desk.server
                .when(ChatDesk.routing())
                .reply(ChatDesk.route("together", "x", "wizard"), ChatDesk.route("together", "y", "data_analyst"));
        desk.server.when("part of data_analyst").reply(ModelReply.text("Done."));

        ChatReply reply = send("What stands out?");

        assertEquals(By.MODEL, reply.routing().by());
        String back = desk.server.requests().get(1).lastText();
        assertTrue(back.startsWith("That can't be used: there is no agent 'wizard'"), back);
    }

    @Test
    void rulesChooseWhenTheModelCant() {
        desk.server
                .when(ChatDesk.routing())
                .reply(
                        ModelReply.text("I would ask the analyst."),
                        ChatDesk.route("together", "x", "sql_expert", "sql_expert"),
                        ModelReply.error(400, "no tools here"));
        desk.server.when("chart").reply(ModelReply.text("Drawn."));

        Routing useless = send("A chart of sales").routing();
        Routing failed = send("A chart of sales").routing();

        assertEquals(List.of("visualization_expert"), useless.agents());
        assertEquals(By.RULES, useless.by());
        assertTrue(useless.why().startsWith("The model's choice could not be used: it named 2 agents"), useless.why());
        assertEquals(By.RULES, failed.by());
        assertTrue(failed.why().startsWith("The model could not choose: "), failed.why());
    }

    @Test
    void withoutAModelTheBuiltInPlannerAnswers() {
        try (ChatDesk bare = ChatDesk.withoutModel()) {
            ChatReply reply =
                    bare.chat().send(bare.about("total sales by region")).await();

            assertEquals(Status.ANSWERED, reply.status());
            assertEquals(By.RULES, reply.routing().by());
            assertTrue(reply.text().contains("North"), reply.text());
            assertEquals(List.of(), reply.figures().figures());
        }
    }

    @Test
    void withoutAModelAFollowUpChangesTheLastAnswerOfItsBranch() {
        try (ChatDesk bare = ChatDesk.withoutModel()) {
            ChatReply first =
                    bare.chat().send(bare.about("total sales by region")).await();
            ChatReply second = bare.chat()
                    .send(ChatRequest.of("only the North").in(first.conversation()))
                    .await();
            ChatReply beside = bare.chat()
                    .edit(second.question(), ChatRequest.of("now the average").in(first.conversation()))
                    .await();

            assertEquals(Status.ANSWERED, second.status(), second.text());
            assertTrue(second.text().contains("50") && !second.text().contains("45"), second.text());
            assertEquals(Status.ANSWERED, beside.status(), beside.text());
            assertTrue(beside.text().contains("25") && beside.text().contains("45"), beside.text());
        }
    }

    @Test
    void withoutAModelAnotherCallerIsAnsweredToo() {
        try (ChatDesk bare = ChatDesk.withoutModel()) {
            Caller eve = new Caller(bare.studio.caller().tenant(), "eve");
            String own = bare.studio
                    .datasets()
                    .as(eve)
                    .importMaps("orders", List.of(Map.of("sales", 10), Map.of("sales", 5)))
                    .id()
                    .toString();

            ChatReply reply = bare.chat()
                    .as(eve)
                    .send(ChatRequest.of("What are total sales?").about(own))
                    .await();

            assertEquals(Status.ANSWERED, reply.status(), reply.text());
            assertTrue(reply.text().contains("15"), reply.text());
        }
    }

    @Test
    void oneMessageIsAnsweredByAModelOfItsOwn() {
        desk.addModel("Other");
        desk.server.when("Hello").reply(ModelReply.text("Hello."));

        ChatReply reply = desk.chat()
                .send(ChatRequest.of("Hello").to("data_analyst").with("Other"))
                .await();

        assertEquals("Other", reply.agents().get(0).model());
    }
}
