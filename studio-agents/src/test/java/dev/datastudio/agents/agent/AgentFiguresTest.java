package dev.datastudio.agents.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.agent.AgentReply.Status;
import dev.datastudio.agents.agent.AgentStep.CheckStep;
import dev.datastudio.agents.agent.AgentStep.ToolStep;
import dev.datastudio.agents.figure.Figure;
import dev.datastudio.testkit.model.ModelReply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That each number of an answer is tied to a result of a tool, or flagged (A11). */
@Timeout(60)
class AgentFiguresTest {
    private final Desk desk = Desk.withModel();
    private final String orders = desk.orders().id().toString();

    @AfterEach
    void close() {
        desk.close();
    }

    private AgentTask task(String question) {
        return AgentTask.of("sql_expert", question).about(orders);
    }

    private ModelReply totalOf(String column) {
        return ModelReply.toolCall(
                "sql_query",
                "{\"source_id\":\"" + orders + "\",\"sql\":\"SELECT sum(" + column + ") AS total FROM orders\"}");
    }

    @Test
    void aNumberIsTiedToTheCallThatReturnedIt() {
        desk.server.inTurn(totalOf("sales"), ModelReply.text("The total is 130."));

        AgentReply reply = desk.run(task("What are total sales?"));

        Figure figure = reply.figures().figures().get(0);
        Figure.Stated stated = (Figure.Stated) figure.basis();
        assertEquals("130", figure.text());
        assertEquals(((ToolStep) reply.steps().get(1)).call(), stated.place().call());
        assertEquals(List.of(), reply.figures().unsupported());
    }

    @Test
    void theModelMayMendANumberThatNoToolReturned() {
        desk.server.inTurn(
                totalOf("sales"), ModelReply.text("The total is 140."), ModelReply.text("The total is 130."));

        AgentReply reply = desk.run(task("What are total sales?"));

        assertEquals(Status.ANSWERED, reply.status());
        assertEquals("The total is 130.", reply.text());
        assertEquals(List.of(), reply.figures().unsupported());
        String notice = desk.server.requests().get(2).lastText();
        assertTrue(notice.startsWith("These numbers of your answer stand in no result of a tool: 140."), notice);
        assertEquals(4, reply.messages().size());
        assertEquals(List.of("140"), ((CheckStep) reply.steps().get(3)).unsupported());
    }

    @Test
    void itMayCallAToolToDoSo() {
        desk.server.inTurn(
                totalOf("sales"),
                ModelReply.text("130 in sales, and 10 units."),
                totalOf("units").usage(10, 1),
                ModelReply.text("Sales are 130, and units 10."));

        AgentReply reply = desk.run(task("What are total sales and total units?"));

        assertEquals("Sales are 130, and units 10.", reply.text());
        assertEquals(List.of(), reply.figures().unsupported());
        assertEquals(6, reply.messages().size());
    }

    @Test
    void aNumberThatIsNotMendedIsFlagged() {
        desk.server.inTurn(
                totalOf("sales"), ModelReply.text("The total is 140."), ModelReply.text("The total is 150."));

        AgentReply reply = desk.run(task("What are total sales?"));

        assertEquals(Status.ANSWERED, reply.status());
        assertEquals("The total is 150.", reply.text());
        assertEquals(
                List.of("150"),
                reply.figures().unsupported().stream().map(Figure::text).toList());
        assertEquals(3, desk.server.requests().size());
    }

    @Test
    void aModelThatFailsWhileItMendsLeavesItsAnswerFlagged() {
        desk.server.inTurn(
                totalOf("sales"), ModelReply.text("The total is 140."), ModelReply.error(401, "Incorrect API key"));

        AgentReply reply = desk.run(task("What are total sales?"));

        assertEquals(Status.FAILED, reply.status());
        assertEquals("The total is 140.", reply.text());
        assertEquals(1, reply.figures().unsupported().size());
        assertEquals(4, reply.messages().size());
    }

    @Test
    void whatWasAskedAndWhatStandsInTheContextAndInEarlierResultsIsNoInvention() {
        desk.server.inTurn(
                totalOf("sales"), ModelReply.text("130."), ModelReply.text("Over 99, it is 130, of 4 rows."));
        AgentReply first = desk.run(task("What are total sales?"));

        AgentReply second = desk.run(task("Is it over 99?").remembering(first.messages()));

        assertEquals(List.of(), second.figures().unsupported());
        assertEquals(3, desk.server.requests().size());
    }
}
