package dev.datastudio.core.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Conversation.Status;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Rows A18, P7. */
class ConversationsTest {
    private final Studio studio = Studio.inMemory();
    private final Conversations conversations = studio.conversations();

    @AfterEach
    void close() {
        studio.close();
    }

    private static ErrorCode code(Executable work) {
        return assertThrows(StudioException.class, work).code();
    }

    @Test
    void keepsMessagesInTheirOrder() {
        Conversation begun = conversations.begin("data_analyst", "Sales", About.NOTHING);
        conversations.add(begun.id(), Message.Role.USER, "Total of sales?", "{}");
        conversations.add(begun.id(), Message.Role.ASSISTANT, "42 ✓", "{\"sql\":\"SELECT 42\"}");

        List<Message> messages = conversations.messages(begun.id(), 1, 10);

        assertEquals(List.of(1L, 2L), messages.stream().map(Message::number).toList());
        assertEquals("42 ✓", messages.get(1).text());
        assertEquals("{\"sql\":\"SELECT 42\"}", messages.get(1).detail());
        assertEquals(2, conversations.get(begun.id()).messages());
        assertEquals(
                List.of("42 ✓"),
                conversations.messages(begun.id(), 2, 1).stream()
                        .map(Message::text)
                        .toList());
    }

    @Test
    void numbersMessagesThatComeAtOnceWithoutGaps() throws Exception {
        Conversation begun = conversations.begin("", "Busy", About.NOTHING);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Message>> added = IntStream.range(0, 24)
                    .mapToObj(
                            i -> threads.submit(() -> conversations.add(begun.id(), Message.Role.USER, "m" + i, "{}")))
                    .toList();
            for (Future<Message> each : added) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertEquals(
                IntStream.rangeClosed(1, 24).mapToObj(i -> (long) i).toList(),
                conversations.messages(begun.id(), 1, 100).stream()
                        .map(Message::number)
                        .toList());
    }

    @Test
    void isFoundByWhatItIsAbout() {
        Conversation source = conversations.begin("", "s", new About("s1", "", ""));
        Conversation both = conversations.begin("", "b", new About("s1", "i1", ""));
        conversations.begin("", "other", new About("s2", "", "p1"));

        ContextConversations found = conversations.about(new About("s1", "i1", "p9"));

        assertEquals(
                List.of(both.id(), source.id()).stream().sorted().toList(),
                found.source().stream().map(Conversation::id).sorted().toList());
        assertEquals(
                List.of(both.id()), found.issue().stream().map(Conversation::id).toList());
        assertEquals(List.of(), found.project());
        assertEquals(2, found.totalCount());
    }

    @Test
    void isArchivedAndResumed() {
        Conversation begun = conversations.begin("", "a", About.NOTHING);
        conversations.archive(begun.id());

        assertEquals(List.of(), conversations.list(Status.ACTIVE));
        assertEquals(
                ErrorCode.INVALID_ARGUMENT, code(() -> conversations.add(begun.id(), Message.Role.USER, "x", "{}")));
        conversations.resume(begun.id());
        conversations.add(begun.id(), Message.Role.USER, "x", "{}");
        assertEquals("renamed", conversations.rename(begun.id(), "renamed").title());
        assertEquals(1, conversations.list(Status.ACTIVE).get(0).messages());
    }

    @Test
    void belongsToItsUser() {
        Conversation begun = conversations.begin("", "a", new About("s1", "", ""));
        for (Caller other : List.of(new Caller("local", "eve"), new Caller("other", "local"))) {
            Conversations theirs = Conversations.of(studio.metadata(), other);

            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> theirs.get(begun.id())));
            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> theirs.messages(begun.id(), 1, 1)));
            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> theirs.delete(begun.id())));
            assertEquals(0, theirs.about(new About("s1", "", "")).totalCount());
        }
    }

    @Test
    void isDeletedWithItsMessages() {
        Conversation begun = conversations.begin("", "a", About.NOTHING);
        conversations.add(begun.id(), Message.Role.USER, "x", "{}");

        conversations.delete(begun.id());

        assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> conversations.get(begun.id())));
        assertEquals(0, studio.metadata().count(dev.datastudio.api.metadata.EntryQuery.of("local", "message")));
    }
}
