package dev.datastudio.app.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.agents.chat.Chat;
import dev.datastudio.agents.chat.ChatEvent;
import dev.datastudio.agents.chat.ChatJson;
import dev.datastudio.agents.chat.ChatListener;
import dev.datastudio.agents.chat.ChatTurn;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.EventStreams;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.ContextConversations;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Conversations;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Chats as programs around a data platform send them: one route, with what the client knows of its source. */
@RestController
@RequestMapping("/api/v1/studio")
@Tag(name = "studio")
class StudioChatController {
    private final Studio studio;
    private final ChatStreams streams;
    private final EventStreams responses;

    StudioChatController(Studio studio, ChatStreams streams, EventStreams responses) {
        this.studio = studio;
        this.streams = streams;
        this.responses = responses;
    }

    /**
     * A message with its context, for the description of the API.
     *
     * @param message 1 to 100,000 characters
     * @param conversationId the conversation that it goes on with; begins one when absent
     * @param agent who shall answer; the orchestrator chooses when absent
     * @param model the name of the configuration of the model for this message
     * @param context what it is about
     */
    @Schema(name = "StudioChatRequest")
    record Request(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String message,

            @JsonProperty("conversation_id") @Nullable String conversationId,
            @Nullable String agent,
            @Nullable String model,
            @Nullable RequestContext context) {}

    /**
     * What a message is about.
     *
     * @param sourceId a data set or a database
     * @param documents whether it is about the documents too; without a source, about them alone
     * @param issueId a finding about the quality of data
     * @param projectId a project
     * @param enriched what the client tells of the source: {@code source{id,name,type}}, {@code schema}, {@code metrics},
     *     {@code dataSample}
     */
    @Schema(name = "StudioChatContext")
    record RequestContext(
            @JsonProperty("source_id") @Nullable String sourceId,
            @Nullable Boolean documents,
            @JsonProperty("issue_id") @Nullable String issueId,
            @JsonProperty("project_id") @Nullable String projectId,
            @Schema(type = "object") @Nullable Object enriched) {}

    /**
     * An answer, for the description of the API.
     *
     * @param response its text, Markdown
     * @param conversationId the conversation that it stands in
     * @param status how it ended
     * @param question the number of the message
     * @param answer the number of the answer
     * @param agents who answered
     * @param why they were chosen
     * @param artifacts keys of files that were made
     * @param unsupported numbers of the text that nothing states
     * @param problem what went wrong or is missing; null when nothing is
     */
    @Schema(name = "StudioChatResponse")
    record Reply(
            String response,
            @JsonProperty("conversation_id") String conversationId,
            String status,
            long question,
            long answer,
            List<String> agents,
            String why,
            List<String> artifacts,
            List<String> unsupported,
            @Schema(type = "object") @Nullable Object problem) {}

    private ChatTurn sent(Caller caller, String body) {
        ChatTurn turn = Chat.of(studio).as(caller).send(ChatJson.readRequest(body));
        streams.begun(caller, turn);
        return turn;
    }

    @PostMapping(path = "/chat", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scopes.SOURCE_GET)
    @Operation(
            operationId = "chat",
            summary = "Say something about a source; answered with the answer, or with events as it comes",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = Reply.class))))
    DeferredResult<ResponseEntity<String>> chat(
            Caller caller,
            @RequestBody
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(schema = @Schema(implementation = Request.class)))
                    String body) {
        ChatTurn turn = sent(caller, body);
        DeferredResult<ResponseEntity<String>> result = new DeferredResult<>(0L);
        turn.listen(Long.MAX_VALUE - 1, new ChatListener() {
            @Override
            public void onEvent(ChatEvent event) {
                // Only the end counts.
            }

            @Override
            public void onEnd() {
                try {
                    result.setResult(ResponseEntity.ok()
                            .contentType(MediaType.APPLICATION_JSON)
                            .body(ChatJson.write(turn.await())));
                } catch (RuntimeException e) {
                    result.setErrorResult(e);
                }
            }
        });
        return result;
    }

    @PostMapping(path = "/chat", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Needs(Scopes.SOURCE_GET)
    @Operation(operationId = "chat")
    void chat(Caller caller, @RequestBody String body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        streams.stream(sent(caller, body), 0, responses.open(request, response));
    }

    /**
     * Conversations by what they are about.
     *
     * @param sources about the source
     * @param issues about the issue
     * @param projects about the project
     * @param totalCount how many there are in the three lists, each counted once
     */
    @Schema(name = "ConversationsByContext")
    record ByContext(
            @JsonProperty("source_conversations") List<ConversationView> sources,
            @JsonProperty("issue_conversations") List<ConversationView> issues,
            @JsonProperty("project_conversations") List<ConversationView> projects,
            @JsonProperty("total_count") long totalCount) {
        static ByContext of(ContextConversations found) {
            return new ByContext(show(found.source()), show(found.issue()), show(found.project()), found.totalCount());
        }

        private static List<ConversationView> show(List<Conversation> some) {
            return some.stream().map(each -> ConversationView.of(each, false)).toList();
        }
    }

    @GetMapping("/conversations/context")
    @Needs(Scopes.ISSUE_GET)
    @Operation(
            operationId = "listConversationsByContext",
            summary = "Your conversations about a source, an issue or a project")
    ByContext about(
            Caller caller,
            @RequestParam(name = "source_id", defaultValue = "") String source,
            @RequestParam(name = "issue_id", defaultValue = "") String issue,
            @RequestParam(name = "project_id", defaultValue = "") String project) {
        if (source.isEmpty() && issue.isEmpty() && project.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Nothing says what the conversations shall be about",
                    "Give source_id, issue_id or project_id");
        }
        return ByContext.of(Conversations.of(studio.metadata(), caller).about(new About(source, issue, project)));
    }
}
