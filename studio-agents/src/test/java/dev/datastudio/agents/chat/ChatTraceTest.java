package dev.datastudio.agents.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void aTraceThatIsNoJsonIsADamage() {
        StudioException error = assertThrows(StudioException.class, () -> ChatTrace.of(answer("{")));

        assertEquals(ErrorCode.WORKSPACE_DAMAGED, error.code());
    }
}
