package dev.datastudio.app.chat;

import dev.datastudio.agents.agent.Agents;
import dev.datastudio.agents.chat.Chat;
import dev.datastudio.agents.chat.ChatRequest;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.PageOf;
import dev.datastudio.app.web.Paging;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Conversation.Status;
import dev.datastudio.core.conversation.ConversationExport;
import dev.datastudio.core.conversation.ConversationSearch;
import dev.datastudio.core.conversation.Conversations;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.conversation.Ratings;
import dev.datastudio.core.conversation.Ratings.Rating;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The conversations of one person. */
@RestController
@RequestMapping("/api/v1/conversations")
@Tag(name = "chat")
@Needs(Scopes.CHAT_USE)
class ConversationController {
    private static final String NEW = "New conversation";
    private static final int WHOLE = 1_000;

    private final Studio studio;
    private final Messages messages;

    ConversationController(Studio studio, Messages messages) {
        this.studio = studio;
        this.messages = messages;
    }

    private Conversations conversations(Caller caller) {
        return studio.as(caller).conversations();
    }

    @GetMapping
    @Operation(
            operationId = "listConversations",
            summary =
                    "Your conversations, the one with the latest message first; with 'q' those in whose title or messages"
                            + " it stands, where a page may have few or none, and 'next' goes on")
    PageOf<ConversationView> list(
            Caller caller,
            @RequestParam(defaultValue = "active") @Schema(allowableValues = {"active", "archived"}) String status,
            @RequestParam(defaultValue = "") String agent,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        List<Conversation> all = conversations(caller).list(status(status)).stream()
                .filter(each -> agent.isEmpty() || each.agent().equals(agent))
                .toList();
        Paging paging = new Paging(limit, after);
        if (!q.isBlank()) {
            return search(caller, q, paging.rest(all, Conversation::id), limit);
        }
        PageOf<Conversation> page = paging.of(all, Conversation::id);
        return new PageOf<>(
                page.items().stream().map(each -> show(caller, each)).toList(), page.next());
    }

    private PageOf<ConversationView> search(Caller caller, String words, List<Conversation> all, int limit) {
        ConversationSearch.Found found =
                new ConversationSearch(studio.metadata(), caller.tenant(), words).in(all, limit);
        return new PageOf<>(
                found.matches().stream()
                        .map(match -> show(caller, match.conversation()).found(match.said()))
                        .toList(),
                found.lookedAt() < all.size()
                        ? Optional.of(all.get(found.lookedAt() - 1).id())
                        : Optional.empty());
    }

    private ConversationView show(Caller caller, Conversation conversation) {
        return ConversationView.of(conversation, Chat.of(studio).as(caller).isBusy(conversation.id()));
    }

    private static Status status(String name) {
        for (Status status : Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(name)) {
                return status;
            }
        }
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "A conversation has no status " + StudioException.quote(name),
                "Use active or archived");
    }

    /**
     * A conversation to be begun.
     *
     * @param title what to call it
     * @param agent who shall answer; the orchestrator chooses when absent
     */
    @Schema(name = "NewConversation")
    record NewConversation(@Nullable String title, @Nullable String agent) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createConversation", summary = "Begin a conversation")
    ConversationView create(Caller caller, @RequestBody NewConversation input) {
        String agent = input.agent() == null ? "" : input.agent();
        if (!agent.isEmpty() && !agent.equals(ChatRequest.AUTO)) {
            Agents.of(studio).as(caller).configs().get(agent);
        }
        String title = input.title() == null || input.title().isBlank() ? NEW : input.title();
        return show(caller, conversations(caller).begin(agent, title, About.NOTHING));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getConversation", summary = "One conversation")
    ConversationView get(Caller caller, @PathVariable String id) {
        return show(caller, conversations(caller).get(id));
    }

    /**
     * What changes of a conversation; what is absent stays.
     *
     * @param title what to call it
     * @param status to put it away, or to go on with it
     */
    @Schema(name = "ConversationChange")
    record ConversationChange(
            @Nullable String title,

            @Schema(allowableValues = {"active", "archived"}) @Nullable
            String status) {}

    @PatchMapping("/{id}")
    @Operation(operationId = "updateConversation", summary = "Rename a conversation, put it away, go on with it")
    ConversationView update(Caller caller, @PathVariable String id, @RequestBody ConversationChange change) {
        Conversations mine = conversations(caller);
        Conversation now = mine.get(id);
        Optional<Status> status = Optional.ofNullable(change.status()).map(ConversationController::status);
        if (change.title() != null) {
            now = mine.rename(id, change.title());
        }
        if (status.isPresent()) {
            now = status.get() == Status.ARCHIVED ? mine.archive(id) : mine.resume(id);
        }
        return show(caller, now);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteConversation", summary = "Delete a conversation with all its messages")
    void delete(Caller caller, @PathVariable String id) {
        conversations(caller).delete(id);
    }

    @GetMapping("/{id}/messages")
    @Operation(
            operationId = "listMessages",
            summary = "The latest messages of the active branch, the oldest first; 'next' leads to those before them")
    PageOf<ChatMessage> messages(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit,
            @RequestParam(defaultValue = "") String after) {
        Conversation conversation = conversations(caller).get(id);
        Paging page = new Paging(limit, after);
        long last = page.after().isEmpty() ? conversation.head() : parent(caller, id, page.after());
        List<Message> branch = conversations(caller).branch(id, last, page.limit());
        boolean isMore = !branch.isEmpty() && branch.get(0).parent() > 0;
        return new PageOf<>(
                messages.show(caller, id, branch),
                isMore ? Optional.of(String.valueOf(branch.get(0).number())) : Optional.empty());
    }

    private long parent(Caller caller, String id, String number) {
        if (!number.matches("\\d{1,9}")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no page after " + StudioException.quote(number),
                    "Begin again at the latest page");
        }
        return conversations(caller).message(id, Long.parseLong(number)).parent();
    }

    /**
     * Names a message.
     *
     * @param number of the message
     */
    @Schema(name = "MessageNumber")
    record Chosen(long number) {}

    @PostMapping("/{id}/choose")
    @Operation(operationId = "chooseBranch", summary = "Make the branch of a message the active one")
    ConversationView choose(Caller caller, @PathVariable String id, @RequestBody Chosen chosen) {
        return show(caller, conversations(caller).choose(id, chosen.number()));
    }

    /**
     * What somebody thinks of an answer.
     *
     * @param number of the answer
     * @param value null to take it back
     */
    @Schema(name = "MessageFeedback")
    record Feedback(
            long number,

            @Schema(allowableValues = {"up", "down"}) @Nullable
            String value) {}

    @PostMapping("/{id}/feedback")
    @Operation(operationId = "rateMessage", summary = "Say whether an answer helped")
    ChatMessage rate(Caller caller, @PathVariable String id, @RequestBody Feedback feedback) {
        Ratings ratings = Ratings.of(studio.metadata(), caller);
        conversations(caller).get(id);
        if (feedback.value() == null) {
            ratings.clear(id, feedback.number());
        } else {
            ratings.rate(id, feedback.number(), rating(feedback.value()));
        }
        return messages.show(caller, id, feedback.number());
    }

    private static Rating rating(String value) {
        return switch (value) {
            case "up" -> Rating.GOOD;
            case "down" -> Rating.BAD;
            default ->
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The feedback is " + StudioException.quote(value),
                        "Send up, down or null");
        };
    }

    @GetMapping("/{id}/export")
    @Operation(
            operationId = "exportConversation",
            summary = "The active branch as Markdown, in which nothing is loaded or run, or as JSON",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            content = {
                                @Content(mediaType = "text/markdown", schema = @Schema(type = "string")),
                                @Content(mediaType = "application/json", schema = @Schema(type = "object"))
                            }))
    ResponseEntity<byte[]> export(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "md") @Schema(allowableValues = {"md", "json"}) String format) {
        Conversation conversation = conversations(caller).get(id);
        List<Message> branch = conversations(caller).branch(id, WHOLE);
        return switch (format) {
            case "md" -> file("conversation.md", "text/markdown", ConversationExport.markdown(conversation, branch));
            case "json" ->
                file(
                        "conversation.json",
                        MediaType.APPLICATION_JSON_VALUE,
                        ConversationExport.json(conversation, branch));
            default ->
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no format " + StudioException.quote(format),
                        "Use md or json");
        };
    }

    private static ResponseEntity<byte[]> file(String name, String type, String text) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.parseMediaType(type), StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(text.getBytes(StandardCharsets.UTF_8));
    }
}
