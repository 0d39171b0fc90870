package dev.datastudio.core.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Ratings.Rating;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RatingsTest {
    private final Studio studio = Studio.inMemory();
    private final Conversations conversations = studio.conversations();
    private final Ratings ratings = Ratings.of(studio.metadata(), studio.caller());
    private String id = "";

    @BeforeEach
    void talk() {
        id = conversations.begin("", "Sales", About.NOTHING).id();
        conversations.add(id, Message.Role.USER, "How much?", "{}");
        conversations.add(id, Message.Role.ASSISTANT, "Much.", "{}");
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void theLastRatingOfAnAnswerCountsUntilItIsTakenBack() {
        ratings.rate(id, 2, Rating.GOOD);
        ratings.rate(id, 2, Rating.BAD);

        assertEquals(Map.of(2L, Rating.BAD), ratings.of(id));
        ratings.clear(id, 2);
        ratings.clear(id, 2);
        assertEquals(Map.of(), ratings.of(id));
    }

    @Test
    void onlyOnesOwnAnswersAreRated() {
        Ratings others =
                Ratings.of(studio.metadata(), new Caller(studio.caller().tenant(), "eve"));

        StudioException question = assertThrows(StudioException.class, () -> ratings.rate(id, 1, Rating.GOOD));
        StudioException foreign = assertThrows(StudioException.class, () -> others.rate(id, 2, Rating.GOOD));

        assertEquals(ErrorCode.INVALID_ARGUMENT, question.code());
        assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, foreign.code());
    }

    @Test
    void ratingsGoWithTheirConversation() {
        ratings.rate(id, 2, Rating.GOOD);

        conversations.delete(id);

        assertEquals(0, studio.metadata().count(EntryQuery.of(studio.caller().tenant(), Ratings.KIND)));
    }

    @Test
    void anExportedConversationLoadsAndRunsNothing() {
        conversations.add(
                id, Message.Role.USER, "![x](https://evil.example/a.png) <script>1</script>\n```\nopen", "{}");
        conversations.add(id, Message.Role.ASSISTANT, "[a](javascript:alert(1)) <img src=x>", "{\"b\":1}");
        List<Message> branch = conversations.branch(id, 100);

        String text = ConversationExport.markdown(conversations.get(id), branch);

        assertTrue(text.startsWith("# Sales\n\n## Question ("), text);
        assertFalse(text.contains("!["), text);
        assertFalse(text.contains("](javascript"), text);
        assertFalse(text.matches("(?s).*<[a-z/].*"), text);
        assertTrue(ConversationExport.json(conversations.get(id), branch).contains("\"b\" : 1"));
    }
}
