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
            ChatTrace.StatedFigure wrong = trace.figures().stream()
                    .filter(figure -> figure.basis().equals("unsupported"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("7777", reply.text().substring(wrong.start(), wrong.start() + 4));
            assertEquals("request", trace.by());
            assertEquals(1, trace.use().models().size());
            assertEquals(
                    Optional.of(new ChatTrace.Asked(
                            "sql_expert", "", List.of(desk.orders.id().toString()))),
                    ChatTrace.of(question).asked());
        }
    }

    @Test
    void aMessageOfAnotherKindHasNoTrace() {
        ChatTrace trace = ChatTrace.of(answer("{}"));

        assertEquals("", trace.status());
        assertEquals(List.of(), trace.tools());
        assertEquals(Optional.of(java.math.BigDecimal.ZERO), trace.use().cost());
    }

    @Test
    void quotesOfDocumentsAreReadFromWhatTheToolSaid() {
        String said = """
                Status: answered
                <document_answer>
                - It is paid within 14 days.
                  source: terms (2026).pdf (d-1), page 3, characters 120-141: "paid within "14" days"
                - There is a fee.
                  source: notes.md (d-2), characters 7-18: "There is a fee"
                </document_answer>
                Note: source: nothing (d-3), characters 1-2: "not a quote"""";

        ChatTrace trace = ChatTrace.of(answer(toolStep("query_documents", said)));

        assertEquals(
                List.of(
                        new ChatTrace.Quote("d-1", "terms (2026).pdf", 3, "paid within \"14\" days", 120, 141),
                        new ChatTrace.Quote("d-2", "notes.md", 0, "There is a fee", 7, 18)),
                trace.quotes());
        assertEquals(
                List.of(),
                ChatTrace.of(answer(toolStep("other_tool", said))).quotes());
    }

    private static String toolStep(String tool, String text) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode detail = json.createObjectNode();
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
