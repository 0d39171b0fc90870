package dev.datastudio.app.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.core.conversation.Conversation;
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
        Instant updatedAt) {
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
                conversation.changedAt());
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
