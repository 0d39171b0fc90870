package dev.datastudio.app.chat;

import dev.datastudio.agents.chat.Chat;
import dev.datastudio.agents.chat.ChatEvent;
import dev.datastudio.agents.chat.ChatListener;
import dev.datastudio.agents.chat.ChatTurn;
import dev.datastudio.agents.tool.Approval;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.EventStreams;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Rights;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * What is said in conversations, and its answers: as JSON when they are whole, or as a stream of events. A client that goes
 * away stops nothing.
 */
@RestController
@RequestMapping("/api/v1/conversations/{id}")
@Tag(name = "chat")
@Needs(Scopes.CHAT_USE)
class TurnController {
    private final Studio studio;
    private final ChatStreams streams;
    private final EventStreams responses;
    private final Messages messages;

    TurnController(Studio studio, ChatStreams streams, EventStreams responses, Messages messages) {
        this.studio = studio;
        this.streams = streams;
        this.responses = responses;
        this.messages = messages;
    }

    private Chat chat(Caller caller) {
        return Chat.of(studio).as(caller);
    }

    private ChatTurn sent(Chat chat, Caller caller, String id, MessageInput input) {
        Conversation conversation = chat.conversations().get(id);
        return begun(caller, chat.send(input.in(id, conversation.agent())));
    }

    private ChatTurn edited(Chat chat, Caller caller, String id, long number, MessageInput input) {
        Conversation conversation = chat.conversations().get(id);
        return begun(caller, chat.edit(number, input.in(id, conversation.agent())));
    }

    private ChatTurn begun(Caller caller, ChatTurn turn) {
        streams.begun(caller, turn);
        return turn;
    }

    @PostMapping(path = "/messages", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "sendMessage",
            summary = "Say something; answered with the answer, or with events as it comes")
    DeferredResult<ChatMessage> send(Caller caller, @PathVariable String id, @RequestBody MessageInput input) {
        return answer(caller, sent(chat(caller), caller, id, input));
    }

    @PostMapping(path = "/messages", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(operationId = "sendMessage")
    void send(
            SignedIn person,
            @PathVariable String id,
            @RequestBody MessageInput input,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        stream(sent(Askable.chat(studio, person), person.caller(), id, input), request, response);
    }

    @PostMapping(path = "/messages/{number}/edit", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "editMessage", summary = "Ask another question in place of one: begins a branch")
    DeferredResult<ChatMessage> edit(
            Caller caller, @PathVariable String id, @PathVariable long number, @RequestBody MessageInput input) {
        return answer(caller, edited(chat(caller), caller, id, number, input));
    }

    @PostMapping(path = "/messages/{number}/edit", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(operationId = "editMessage")
    void edit(
            SignedIn person,
            @PathVariable String id,
            @PathVariable long number,
            @RequestBody MessageInput input,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        stream(edited(Askable.chat(studio, person), person.caller(), id, number, input), request, response);
    }

    @PostMapping(path = "/messages/{number}/retry", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "retryMessage", summary = "Answer a question again: begins a branch beside the old answer")
    DeferredResult<ChatMessage> retry(Caller caller, @PathVariable String id, @PathVariable long number) {
        return answer(caller, begun(caller, chat(caller).retry(id, number)));
    }

    @PostMapping(path = "/messages/{number}/retry", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(operationId = "retryMessage")
    void retry(
            SignedIn person,
            @PathVariable String id,
            @PathVariable long number,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        stream(begun(person.caller(), Askable.chat(studio, person).retry(id, number)), request, response);
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            operationId = "followConversation",
            summary =
                    "The events of the answer that is being written, after the one that Last-Event-ID names; 204 when there"
                            + " is none")
    void follow(Caller caller, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        chat(caller).conversations().get(id);
        ResumePoint from = ResumePoint.parse(EventStreams.lastEventId(request).orElse(""));
        Optional<ChatTurn> turn =
                chat(caller).turn(id).filter(each -> !each.isDone() || (from.isOf(each) && from.sequence() > 0));
        if (turn.isEmpty()) {
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return;
        }
        streams.stream(turn.get(), from.after(turn.get()), responses.open(request, response));
    }

    @PostMapping("/stop")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "stopAnswer",
            summary = "Stop the answer that is being written; what there is of it is kept")
    void stop(Caller caller, @PathVariable String id) {
        chat(caller).stop(id);
    }

    /**
     * What somebody says about a tool that waits.
     *
     * @param approval as the event {@code approval_needed} names it
     * @param approved whether it may run, this once
     */
    @Schema(name = "ToolApproval")
    record Decided(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String approval,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Boolean approved) {}

    @PostMapping("/approve")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "approveTool",
            summary =
                    "Say whether a tool that does more than read may run, as 'approval_needed' asks while an answer is"
                            + " streamed; 409 when it no longer waits")
    void approve(SignedIn person, @PathVariable String id, @RequestBody Decided decided) {
        chat(person.caller()).conversations().get(id);
        Rights.require(person, Scopes.GRAPH_RUN);
        String approval = decided.approval();
        if (approval == null || decided.approved() == null) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "What is decided is not said",
                    "Send the 'approval' of the event and whether it is 'approved'");
        }
        Approval.Decision decision =
                decided.approved() ? new Approval.Approved() : new Approval.Refused("the user did not want it");
        boolean isTaken = chat(person.caller())
                .turn(id)
                .filter(turn -> turn.decide(approval, decision))
                .isPresent();
        if (!isTaken) {
            throw new StudioException(
                    ErrorCode.ENTRY_CONFLICT,
                    "No tool waits for the approval " + StudioException.quote(approval),
                    "Read the conversation again: it was decided elsewhere, or waited for too long");
        }
    }

    private void stream(ChatTurn turn, HttpServletRequest request, HttpServletResponse response) throws IOException {
        streams.stream(turn, 0, responses.open(request, response));
    }

    /** The answer when it is whole; no thread waits for it. */
    private DeferredResult<ChatMessage> answer(Caller caller, ChatTurn turn) {
        DeferredResult<ChatMessage> result = new DeferredResult<>(0L);
        turn.listen(Long.MAX_VALUE - 1, new ChatListener() {
            @Override
            public void onEvent(ChatEvent event) {
                // Only the end counts.
            }

            @Override
            public void onEnd() {
                try {
                    result.setResult(messages.show(
                            caller, turn.conversation(), turn.await().answer()));
                } catch (RuntimeException e) {
                    result.setErrorResult(e);
                }
            }
        });
        return result;
    }
}
