package dev.datastudio.agents.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.testkit.model.ModelReply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatTraceTest {
    private static Message answer(String detail) {
        return new Message(2, 1, Message.Role.ASSISTANT, "", detail, Instant.EPOCH);
    }

    @Test
    void anAnswerTellsWhichToolsWereCalledAndWhichSqlWasRun() {
        try (ChatDesk desk = ChatDesk.withModel()) {
            String sql = "SELECT sum(sales) FROM orders";
            ModelReply said = ModelReply.text("Sales were 130 in all, not 7777.");
            desk.server.inTurn(ModelReply.toolCall("sql_query", desk.sql(sql)), said, said);

            ChatReply reply =
                    desk.chat().send(desk.about("How much?").to("sql_expert")).await();
            Message question = desk.chat().conversations().message(reply.conversation(), reply.question());
            ChatTrace trace = ChatTrace.of(desk.chat().conversations().message(reply.conversation(), reply.answer()));

            assertEquals("answered", trace.status());
            assertEquals(List.of("sql_expert"), trace.agents());
            assertEquals("sql_query", trace.tools().get(0).name());
            assertTrue(trace.tools().get(0).result().contains("130"));
            assertEquals(List.of(sql), trace.statements());
            assertTrue(trace.figures().stream()
                    .anyMatch(figure ->
                            figure.text().equals("7777") && figure.basis().equals("unsupported")));
            assertEquals(
                    List.of(desk.orders.id().toString()),
                    ChatTrace.of(question).asked().orElseThrow().sources());
        }
    }

    @Test
    void aMessageOfAnotherKindHasNoTrace() {
        ChatTrace trace = ChatTrace.of(answer("{}"));

        assertEquals("", trace.status());
        assertEquals(List.of(), trace.tools());
        assertEquals(Optional.of(java.math.BigDecimal.ZERO), trace.cost());
    }

    @Test
    void quotesOfDocumentsAreReadFromWhatTheToolSaid() {
        String said = """
                Status: answered
                <document_answer>
                - It is paid within 14 days.
                  source: terms (2026).pdf (d-1), page 3, characters 120-141: "paid within "14" days"
                - There is a fee.
                  source: notes.md (d-2), characters 7-21: "There is a fee"
                </document_answer>
                Note: source: nothing (d-3), characters 1-2: "no quote"
                """;

        assertEquals(
                List.of(
                        new ChatTrace.Quote("d-1", "terms (2026).pdf", 3, "paid within \"14\" days", 120, 141),
                        new ChatTrace.Quote("d-2", "notes.md", 0, "There is a fee", 7, 21)),
                ChatTrace.of(answer(toolStep("query_documents", said))).quotes());
        assertEquals(
                List.of(), ChatTrace.of(answer(toolStep("another_tool", said))).quotes());
    }

    @Test
    void whatThePlannerAnsweredIsKeptWhole() {
        String detail = "{\"agents\":[{\"steps\":[{\"type\":\"planner\",\"answer\":{\"status\":\"ambiguous\"}}]}]}";

        assertEquals(
                List.of("{\"status\":\"ambiguous\"}"),
                ChatTrace.of(answer(detail)).answers());
    }

    private static String toolStep(String tool, String text) {
        ObjectNode detail = new ObjectMapper().createObjectNode();
        detail.putArray("agents")
                .addObject()
                .putArray("steps")
                .addObject()
                .put("type", "tool")
                .put("tool", tool)
                .put("text", text);
        return detail.toString();
    }

    @Test
    void aTraceThatIsNoJsonIsADamage() {
        StudioException error = assertThrows(StudioException.class, () -> ChatTrace.of(answer("{")));

        assertEquals(ErrorCode.WORKSPACE_DAMAGED, error.code());
    }
}
