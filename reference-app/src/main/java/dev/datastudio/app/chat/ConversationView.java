package dev.datastudio.app.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.conversation.ConversationSearch;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A conversation.
 *
 * @param id names it
 * @param title what people call it
 * @param agent who answers; null when the orchestrator chooses
 * @param status whether it goes on
 * @param about what it is about
 * @param messages how many messages it has, on all branches
 * @param head the number of the last message of the active branch; 0 when there is none
 * @param busy whether a message is being answered, here or in another process
 * @param createdAt when it was begun
 * @param updatedAt when something was last said or changed
 * @param said where what was looked for was said; null when nothing was looked for or only the title has it
 */
@Schema(name = "Conversation")
public record ConversationView(
        String id,
        String title,
        Optional<String> agent,
        @Schema(allowableValues = {"active", "archived"}) String status,
        About about,
        long messages,
        long head,
        boolean busy,
        Instant createdAt,
        Instant updatedAt,
        Optional<Said> said) {
    /**
     * Where words stand in a message, as one line.
     *
     * @param message its number
     * @param role who said it
     * @param before what stands before the words, cut
     * @param words as they stand there
     * @param after what stands after the words, cut
     */
    @Schema(name = "ConversationPassage")
    public record Said(
            long message,
            @Schema(allowableValues = {"user", "assistant"}) String role,
            String before,
            String words,
            String after) {
        private static Said of(ConversationSearch.Passage passage) {
            return new Said(
                    passage.message(),
                    passage.role().name().toLowerCase(Locale.ROOT),
                    passage.before(),
                    passage.words(),
                    passage.after());
        }
    }

    /**
     * What a conversation is about; null for nothing.
     *
     * @param source the id of a data set or database
     * @param issue the id of a finding about the quality of data
     * @param project the id of a project
     */
    @Schema(name = "ConversationAbout")
    public record About(
            @JsonProperty("source_id") Optional<String> source,
            @JsonProperty("issue_id") Optional<String> issue,
            @JsonProperty("project_id") Optional<String> project) {}

    /** @param busy whether a message is being answered there */
    static ConversationView of(Conversation conversation, boolean busy) {
        return new ConversationView(
                conversation.id(),
                conversation.title(),
                some(conversation.agent()).filter(agent -> !agent.equals("auto")),
                conversation.status().name().toLowerCase(Locale.ROOT),
                new About(
                        some(conversation.about().source()),
                        some(conversation.about().issue()),
                        some(conversation.about().project())),
                conversation.messages(),
                conversation.head(),
                busy,
                conversation.createdAt(),
                conversation.changedAt(),
                Optional.empty());
    }

    /** This one, found by what was said there. */
    ConversationView found(Optional<ConversationSearch.Passage> passage) {
        return new ConversationView(
                id, title, agent, status, about, messages, head, busy, createdAt, updatedAt, passage.map(Said::of));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
