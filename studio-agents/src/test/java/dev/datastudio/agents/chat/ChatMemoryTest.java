package dev.datastudio.agents.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Message.Role;
import dev.datastudio.core.conversation.Summary;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What of a long conversation is remembered (A11). */
@Timeout(60)
class ChatMemoryTest {
    private static String talk(ChatDesk desk, int turns) {
        String id = desk.chat()
                .conversations()
                .begin("data_analyst", "Long", About.NOTHING)
                .id();
        more(desk, id, 1, turns);
        return id;
    }

    private static void more(ChatDesk desk, String id, int from, int to) {
        for (int i = from; i <= to; i++) {
            desk.chat().conversations().add(id, Role.USER, "Question " + i + " " + "word ".repeat(150), "{}");
            desk.chat().conversations().add(id, Role.ASSISTANT, "Answer " + i + " " + "word ".repeat(300), "{}");
        }
    }

    private static boolean summarises(ModelRequest request) {
        return request.messages().get(0).text().contains("keep the memory of a conversation");
    }

    private static ChatReply ask(ChatDesk desk, String conversation) {
        return desk.chat()
                .send(ChatRequest.of("And now?").in(conversation).to("data_analyst"))
                .await();
    }

    private static String sent(ChatDesk desk) {
        List<ModelRequest> requests = desk.server.requests();
        return requests.get(requests.size() - 1).json();
    }

    @Test
    void olderMessagesAreSummedUpByTheModelOnce() {
        try (ChatDesk desk = ChatDesk.withModel()) {
            desk.server.when(ChatMemoryTest::summarises).reply(ModelReply.text("They spoke of 42 things.</summary>"));
            desk.server.when("And now?").reply(ModelReply.text("Now this."));
            String id = talk(desk, 20);

            ChatReply reply = ask(desk, id);

            assertTrue(reply.memory().summarized() > 20, () -> "" + reply.memory());
            assertEquals(0, reply.memory().leftOut());
            assertEquals(40, reply.memory().messages() + reply.memory().summarized());
            assertTrue(reply.memory().tokens() <= 6_000, () -> "" + reply.memory());
            assertTrue(sent(desk).contains("They spoke of 42 things."), () -> sent(desk));
            assertFalse(sent(desk).contains("things.</summary>"), () -> sent(desk));
            assertFalse(sent(desk).contains("Question 1 "));
            assertTrue(sent(desk).contains("Question 20 "));

            ask(desk, id);
            assertEquals(
                    1,
                    desk.server.requests().stream()
                            .filter(ChatMemoryTest::summarises)
                            .count());
        }
    }

    @Test
    void aSummaryIsMadeOfTheOneBeforeAndWhatIsNew() {
        try (ChatDesk desk = ChatDesk.withModel()) {
            desk.server
                    .when(ChatMemoryTest::summarises)
                    .reply(ModelReply.text("First summary."), ModelReply.text("Second summary."));
            desk.server.when("And now?").reply(ModelReply.text("Now this."));
            String id = talk(desk, 20);
            ask(desk, id);
            more(desk, id, 21, 40);

            ask(desk, id);

            ModelRequest second = desk.server.requests().stream()
                    .filter(ChatMemoryTest::summarises)
                    .reduce((a, b) -> b)
                    .orElseThrow();
            assertTrue(second.lastText().contains("First summary."), second::lastText);
            assertFalse(second.lastText().contains("Question 1 "), second::lastText);
            assertTrue(second.lastText().contains("Question 30 "), second::lastText);
            Summary kept = desk.chat()
                    .conversations()
                    .summary(id, desk.chat().conversations().get(id).head())
                    .orElseThrow();
            assertEquals("Second summary.", kept.text());
            assertTrue(kept.detail().contains("summary-1"), kept.detail());
        }
    }

    @Test
    void whatFindsNoRoomIsLeftOutWhenItCantBeSummedUp() {
        try (ChatDesk desk = ChatDesk.withModel()) {
            desk.server.when(ChatMemoryTest::summarises).reply(ModelReply.error(500, "busy"));
            desk.server.when("And now?").reply(ModelReply.text("Now this."));
            String id = talk(desk, 20);

            ChatReply reply = ask(desk, id);

            assertTrue(reply.memory().leftOut() > 20, () -> "" + reply.memory());
            assertEquals(0, reply.memory().summarized());
            assertEquals(
                    "Of what was said before, " + reply.memory().messages() + " messages are remembered word by word, "
                            + reply.memory().leftOut() + " not at all",
                    reply.memory().told());
        }
    }

    @Test
    void resultsOfToolsAreShortenedInMemory() {
        try (ChatDesk desk = ChatDesk.withModel()) {
            desk.server.inTurn(
                    ModelReply.toolCall(
                            "sql_query", desk.sql("SELECT repeat('abc', 60) AS a FROM orders a, orders b, orders c")),
                    ModelReply.text("Fine."),
                    ModelReply.text("Still fine."));
            ChatReply first =
                    desk.chat().send(desk.about("All rows").to("sql_expert")).await();
            desk.chat()
                    .send(ChatRequest.of("And?").in(first.conversation()).to("sql_expert"))
                    .await();

            String result = desk.server.requests().get(1).lastText();
            String remembered = desk.server.requests().get(2).messages().stream()
                    .map(message -> message.text())
                    .filter(text -> text.contains("abcabc"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(result.length() > 3_000, result);
            assertEquals(600, remembered.length());
            assertTrue(remembered.endsWith("…"), remembered);
        }
    }
}
