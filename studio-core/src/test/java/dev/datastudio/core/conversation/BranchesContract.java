package dev.datastudio.core.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.EntryChange;
import dev.datastudio.api.metadata.EntryKey;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Message.Role;
import dev.datastudio.testkit.cache.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Branches, summaries and turns of conversations, whatever they are kept in. */
abstract class BranchesContract {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T04:00:00Z"));

    abstract Studio studio();

    private Conversations conversations() {
        return studio().conversations();
    }

    private static ErrorCode code(Executable work) {
        return assertThrows(StudioException.class, work).code();
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }

    private String talk() {
        String id = conversations().begin("auto", "Sales", About.NOTHING).id();
        conversations().add(id, Role.USER, "q1", "{}");
        conversations().add(id, Role.ASSISTANT, "a1", "{}");
        conversations().add(id, Role.USER, "q2", "{}");
        conversations().add(id, Role.ASSISTANT, "a2", "{}");
        return id;
    }

    @Test
    void anEditedQuestionBeginsABranchAndTheOldOneStaysReadable() {
        String id = talk();

        Message edited = conversations().addAfter(id, 2, Role.USER, "q2 edited", "{}");
        conversations().add(id, Role.ASSISTANT, "a2 edited", "{}");

        assertEquals(2, edited.parent());
        assertEquals(
                List.of("q1", "a1", "q2 edited", "a2 edited"),
                texts(conversations().branch(id, 10)));
        assertEquals(List.of("q2", "q2 edited"), texts(conversations().siblings(id, edited.number())));
        assertEquals(List.of("q1", "a1", "q2", "a2"), texts(conversations().branch(id, 4, 10)));
        assertEquals(List.of("a2 edited"), texts(conversations().branch(id, 1)));
    }

    @Test
    void anOlderBranchIsChosenAgainToItsLatestMessage() {
        String id = talk();
        conversations().addAfter(id, 3, Role.ASSISTANT, "a2 again", "{}");
        conversations().add(id, Role.USER, "q3", "{}");

        assertEquals(4, conversations().choose(id, 4).head());
        assertEquals(List.of("q1", "a1", "q2", "a2"), texts(conversations().branch(id, 10)));
        assertEquals(6, conversations().choose(id, 5).head());
        assertEquals(6, conversations().choose(id, 1).head());
    }

    @Test
    void aConversationCanBeBegunAnewWithItsFirstQuestion() {
        String id = talk();

        conversations().addAfter(id, 0, Role.USER, "other", "{}");

        assertEquals(List.of("other"), texts(conversations().branch(id, 10)));
        assertEquals(List.of("q1", "other"), texts(conversations().siblings(id, 1)));
    }

    @Test
    void whatWasKeptBeforeThereWereBranchesIsOneBranch() {
        String id = talk();
        Caller caller = studio().caller();
        withoutBranches("conversation", id, Map.of("user_id", caller.user(), "status", "ACTIVE"), ",\"head\":4");
        for (int number = 1; number <= 4; number++) {
            withoutBranches(
                    "message", id + "/00000000000" + number, Map.of("conversation", id), ",\"parent\":" + (number - 1));
        }

        assertEquals(List.of("q1", "a1", "q2", "a2"), texts(conversations().branch(id, 10)));
        assertEquals(4, conversations().choose(id, 1).head());
        conversations().addAfter(id, 2, Role.USER, "q2 edited", "{}");
        assertEquals(List.of("q2", "q2 edited"), texts(conversations().siblings(id, 3)));
        assertEquals(List.of("q1", "a1", "q2 edited"), texts(conversations().branch(id, 10)));
    }

    private void withoutBranches(String kind, String id, Map<String, String> attributes, String added) {
        EntryKey key = new EntryKey(studio().caller().tenant(), kind, id);
        String body = studio().metadata().find(key).orElseThrow().body();
        assertTrue(body.contains(added), body);
        studio().metadata().apply(EntryChange.put(key, body.replace(added, ""), attributes));
    }

    @Test
    void aMessageThatIsNotThereIsNoParent() {
        String id = talk();

        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> conversations().addAfter(id, 5, Role.USER, "x", "{}")));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> conversations().branch(id, -1, 10)));
        assertEquals(ErrorCode.INVALID_ARGUMENT, code(() -> conversations().message(id, 0)));
    }

    @Test
    void aSummaryBelongsToTheBranchesThatHoldItsLastMessage() {
        String id = talk();
        conversations().summarize(id, 2, "short", "{\"model\":\"m\"}");
        conversations().summarize(id, 4, "longer", "{}");
        conversations().addAfter(id, 2, Role.USER, "q2 edited", "{}");

        assertEquals("longer", conversations().summary(id, 4).orElseThrow().text());
        assertEquals("short", conversations().summary(id, 5).orElseThrow().text());
        assertEquals(Optional.empty(), conversations().summary(id, 1));
        assertEquals(
                "shorter", conversations().summarize(id, 2, "shorter", "{}").text());
        assertEquals("shorter", conversations().summary(id, 5).orElseThrow().text());
    }

    @Test
    void isAboutSomethingElseLater() {
        String id = talk();

        conversations().relate(id, new About("s1", "", "p1"));

        assertEquals(1, conversations().about(new About("", "", "p1")).totalCount());
        assertEquals(List.of(id), ids("auto"));
        assertEquals(List.of(), ids("sql_expert"));
    }

    private List<String> ids(String agent) {
        return conversations().list(Conversation.Status.ACTIVE, agent).stream()
                .map(Conversation::id)
                .toList();
    }

    private Turns turns() {
        return Turns.of(studio().metadata(), studio().caller(), clock);
    }

    @Test
    void oneAnswersAtATime() {
        String id = talk();
        Turn turn = turns().begin(id, "run-1", LEASE);

        assertEquals(ErrorCode.CONVERSATION_BUSY, code(() -> turns().begin(id, "run-2", LEASE)));
        clock.advance(Duration.ofSeconds(20));
        Turn renewed = turns().renew(turn, LEASE);
        clock.advance(Duration.ofSeconds(20));
        assertEquals(ErrorCode.CONVERSATION_BUSY, code(() -> turns().begin(id, "run-2", LEASE)));
        turns().end(renewed);
        assertEquals("run-2", turns().begin(id, "run-2", LEASE).owner());
    }

    @Test
    void aTurnThatIsNotRenewedIsFreeAgain() {
        String id = talk();
        Turn lost = turns().begin(id, "run-1", LEASE);
        clock.advance(LEASE.plusSeconds(1));

        assertEquals(Optional.empty(), turns().held(id));
        turns().begin(id, "run-2", LEASE);
        assertEquals(ErrorCode.CONVERSATION_BUSY, code(() -> turns().renew(lost, LEASE)));
        turns().end(lost);
        assertEquals("run-2", turns().held(id).orElseThrow().owner());
    }

    @Test
    void theOwnerOfATurnIsAskedToStop() {
        String id = talk();
        assertFalse(turns().askToStop(id));
        Turn turn = turns().begin(id, "run-1", LEASE);

        assertTrue(turns().askToStop(id));

        assertEquals(Turn.Request.STOP, turns().renew(turn, LEASE).request());
    }

    @Test
    void nobodyElseTakesATurnInItOrReadsItsBranches() {
        String id = talk();
        conversations().summarize(id, 2, "short", "{}");
        for (Caller other : List.of(new Caller(studio().caller().tenant(), "eve"), new Caller("other", "local"))) {
            Turns theirs = Turns.of(studio().metadata(), other, clock);
            Conversations seen = Conversations.of(studio().metadata(), other);

            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> theirs.begin(id, "eve", LEASE)));
            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> theirs.askToStop(id)));
            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> seen.branch(id, 1)));
            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> seen.siblings(id, 1)));
            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> seen.choose(id, 1)));
            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> seen.message(id, 1)));
            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> seen.summary(id, 2)));
            assertEquals(ErrorCode.CONVERSATION_NOT_FOUND, code(() -> seen.summarize(id, 2, "x", "{}")));
        }
    }

    @Test
    void isDeletedWithSummariesAndTurns() {
        String id = talk();
        conversations().summarize(id, 2, "short", "{}");
        turns().begin(id, "run-1", LEASE);

        conversations().delete(id);

        for (String kind : List.of("conversation", "message", "conversation-summary", "conversation-turn")) {
            assertEquals(
                    0, studio().metadata().count(EntryQuery.of(studio().caller().tenant(), kind)), kind);
        }
    }
}
