package dev.datastudio.app.chat;

import dev.datastudio.agents.chat.ChatContext;
import dev.datastudio.agents.chat.ChatRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says.
 *
 * @param message 1 to 100,000 characters
 * @param agent who shall answer; the agent of the conversation when absent, {@code auto} for the orchestrator
 * @param model the name of the configuration of the model for this message; that of the agent when absent
 * @param context what it is about; the same as before when absent
 */
record MessageInput(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String message,

        @Nullable String agent,
        @Nullable String model,
        @Nullable Context context) {
    /**
     * What a message is about.
     *
     * @param datasetIds data sets
     * @param sourceId a database
     * @param documents whether it is about the documents too; without data sets and databases, about them alone
     * @param issueId a finding about the quality of data
     * @param projectId a project
     */
    @Schema(name = "MessageContext")
    record Context(
            @Nullable List<String> datasetIds,
            @Nullable String sourceId,
            @Nullable Boolean documents,
            @Nullable String issueId,
            @Nullable String projectId) {
        List<String> sources() {
            List<String> sources = new ArrayList<>(datasetIds == null ? List.of() : datasetIds);
            if (sourceId != null && !sourceId.isEmpty()) {
                sources.add(sourceId);
            }
            return sources;
        }
    }

    /** @param usual who answers in the conversation; empty when nobody in particular */
    ChatRequest in(String conversation, String usual) {
        Context about = context == null ? new Context(null, null, null, null, null) : context;
        List<String> sources = about.sources();
        String asked = agent != null && !agent.isEmpty() ? agent : usual.isEmpty() ? ChatRequest.AUTO : usual;
        boolean isOfDocuments = Boolean.TRUE.equals(about.documents());
        return new ChatRequest(
                text(message),
                conversation,
                asked,
                text(model),
                new ChatContext(
                        sources,
                        isOfDocuments,
                        text(about.issueId()),
                        text(about.projectId()),
                        ChatContext.Enriched.NOTHING));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
