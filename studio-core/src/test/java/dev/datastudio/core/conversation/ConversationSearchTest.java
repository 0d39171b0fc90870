package dev.datastudio.core.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Conversation.Status;
import dev.datastudio.core.conversation.ConversationSearch.Found;
import dev.datastudio.core.conversation.ConversationSearch.Match;
import dev.datastudio.core.conversation.ConversationSearch.Passage;
import dev.datastudio.core.conversation.Message.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row A18. */
class ConversationSearchTest {
    private final Studio studio = Studio.inMemory();
    private final Conversations conversations = studio.conversations();

    @AfterEach
    void close() {
        studio.close();
    }

    private String begin(String title, String... said) {
        String id = conversations.begin("", title, About.NOTHING).id();
        for (int i = 0; i < said.length; i++) {
            conversations.add(id, i % 2 == 0 ? Role.USER : Role.ASSISTANT, said[i], "{}");
        }
        return id;
    }

    private Found search(String words) {
        return new ConversationSearch(studio.metadata(), studio.caller().tenant(), words)
                .in(conversations.list(Status.ACTIVE), 10);
    }

    private List<String> titles(String words) {
        return search(words).matches().stream()
                .map(match -> match.conversation().title())
                .toList();
    }

    @Test
    void findsWhatWasSaidAndTitles() {
        begin("Visitors of Graz", "how many?", "42");
        begin("Sales", "what of graz and (its) ÄRGER?", "Nothing");
        begin("Neither", "linz?");

        assertEquals(List.of("Sales", "Visitors of Graz"), titles(" graz "));
        assertEquals(List.of("Sales"), titles("and  (ITS) ärger"));
        assertEquals(List.of(), titles("graz.*its"));
    }

    @Test
    void showsTheLatestPlaceOnOneLine() {
        String before = "x".repeat(100) + "\n\nof";
        begin("Sales", "Revenue first", "none", before + " revenue\nof May " + "y".repeat(100), "done");

        Match match = search("Revenue of May").matches().get(0);

        Passage passage = match.said().orElseThrow();
        assertEquals(3, passage.message());
        assertEquals(Role.USER, passage.role());
        assertEquals("revenue of May", passage.words());
        assertEquals("…" + "x".repeat(55) + " of ", passage.before());
        assertEquals(" " + "y".repeat(59) + "…", passage.after());
    }

    @Test
    void looksAtTheActiveBranchAndAtNothingThatNobodySaid() {
        String id = begin("Branches", "the old way", "old answer");
        conversations.addAfter(id, 0, Role.USER, "the new way", "{}");
        conversations.add(id, Role.TOOL, "a hidden result", "{\"sql\":\"hidden\"}");

        assertEquals(List.of(), titles("old"));
        assertEquals(List.of("Branches"), titles("new"));
        assertEquals(List.of(), titles("hidden"));
    }

    @Test
    void stopsWhenItHasReadEnoughAndSaysWhereToGoOn() {
        begin("C", "wanted");
        begin("B", "a", "b");
        begin("A", "a", "b");
        List<Conversation> all = conversations.list(Status.ACTIVE);
        ConversationSearch search =
                new ConversationSearch(studio.metadata(), studio.caller().tenant(), "wanted", 3);

        Found first = search.in(all, 10);
        Found rest = search.in(all.subList(first.lookedAt(), all.size()), 10);

        assertEquals(new Found(List.of(), 2), first);
        assertEquals(1, rest.lookedAt());
        assertEquals("C", rest.matches().get(0).conversation().title());
    }

    @Test
    void stopsWhenEnoughIsFoundAndInTheMiddleOfALongConversation() {
        begin("B", "wanted", "a", "b", "c");
        begin("A", "wanted");
        ConversationSearch search =
                new ConversationSearch(studio.metadata(), studio.caller().tenant(), "wanted", 3);
        List<Conversation> all = conversations.list(Status.ACTIVE);

        assertEquals(1, search.in(all, 1).lookedAt());
        assertEquals(List.of(), search.in(all.subList(1, 2), 1).matches());
    }

    @Test
    void readsNothingOfAnotherTenant() {
        Conversations foreign = Conversations.of(studio.metadata(), new Caller("other", "eve"));
        String id = foreign.begin("", "Theirs", About.NOTHING).id();
        foreign.add(id, Role.USER, "a secret", "{}");

        // Even of a conversation that a caller should not have had in their hands.
        Found found = new ConversationSearch(studio.metadata(), studio.caller().tenant(), "secret")
                .in(foreign.list(Status.ACTIVE), 10);

        assertTrue(found.matches().isEmpty());
    }

    @Test
    void refusesNoWordsAndTooMany() {
        for (String words : List.of("  ", "x".repeat(ConversationSearch.MAX_WORDS + 1))) {
            StudioException error = assertThrows(StudioException.class, () -> search(words));
            assertEquals(ErrorCode.INVALID_ARGUMENT, error.code());
        }
        assertEquals(Optional.empty(), search("none").matches().stream().findFirst());
    }
}
