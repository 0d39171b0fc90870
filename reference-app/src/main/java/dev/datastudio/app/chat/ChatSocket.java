package dev.datastudio.app.chat;

import dev.datastudio.agents.chat.Chat;
import dev.datastudio.agents.chat.ChatEvent;
import dev.datastudio.agents.chat.ChatTurn;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.Sockets;
import dev.datastudio.app.web.SignedIn;
import dev.datastudio.app.web.SocketStream;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A conversation over a WebSocket: {@code /ws/chat/ID?after=LAST}. A client sends {@code {"type":"message","message",…}},
 * {@code edit} and {@code retry} with a {@code number}, and {@code stop}; it is told of everything that happens in the
 * conversation, whoever began it. A tool that needs approval asks over the socket, too, with {@code approval_needed}; it
 * is answered as everywhere, by a request.
 */
final class ChatSocket extends TextWebSocketHandler {
    /** What a socket is closed with that leads to nothing. */
    static final CloseStatus NOT_FOUND = new CloseStatus(4404, "There is no such conversation");

    private static final Logger LOG = LoggerFactory.getLogger(ChatSocket.class);
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final String OPEN = ChatSocket.class.getName();
    private static final int MAX_MESSAGE = 128 * 1024;

    private final Studio studio;
    private final ChatStreams streams;

    ChatSocket(Studio studio, ChatStreams streams) {
        this.studio = studio;
        this.streams = streams;
    }

    /** What a client sends. */
    private record Input(
            @Nullable String type,
            @Nullable Long number,
            @Nullable String message,
            @Nullable String agent,
            @Nullable String model,
            MessageInput.@Nullable Context context) {}

    private record Opened(SignedIn person, String conversation, ChatStreams.Follower follower) {
        Caller caller() {
            return person.caller();
        }
    }

    private Chat chat(Caller caller) {
        return Chat.of(studio).as(caller);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        session.setTextMessageSizeLimit(MAX_MESSAGE);
        SignedIn person = Sockets.signedIn(session);
        Caller caller = person.caller();
        SocketStream socket = SocketStream.of(session);
        UriComponentsBuilder uri = UriComponentsBuilder.fromUri(Objects.requireNonNull(session.getUri(), "uri"));
        String id = last(uri.build().getPathSegments());
        ResumePoint from;
        try {
            chat(caller).conversations().get(id);
            from = ResumePoint.parse(
                    Optional.ofNullable(uri.build().getQueryParams().getFirst("after"))
                            .orElse(""));
        } catch (StudioException e) {
            socket.close(e.code() == ErrorCode.CONVERSATION_NOT_FOUND ? NOT_FOUND : CloseStatus.BAD_DATA);
            return;
        }
        ChatStreams.Follower follower = streams.open(caller, id, socket);
        session.getAttributes().put(OPEN, new Opened(person, id, follower));
        follower.send(new ChatEvent(id, "", 0, studio.clock().instant(), new ChatEvent.Connected()));
        chat(caller)
                .turn(id)
                .filter(turn -> !turn.isDone() || (from.isOf(turn) && from.sequence() > 0))
                .ifPresent(turn -> follower.follow(turn, from.after(turn)));
    }

    private static String last(java.util.List<String> segments) {
        return segments.isEmpty() ? "" : segments.get(segments.size() - 1);
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        if (!(session.getAttributes().get(OPEN) instanceof Opened opened)) {
            return; // it is being closed
        }
        try {
            Input input = JSON.readValue(message.getPayload(), Input.class);
            carryOut(opened, input);
        } catch (JacksonException e) {
            tell(
                    opened,
                    ErrorCode.INVALID_ARGUMENT,
                    "The message is no JSON that is known here",
                    "Send an object with a 'type'");
        } catch (StudioException e) {
            tell(opened, e.code(), e.what(), e.mend());
        } catch (RuntimeException e) {
            LOG.error("A message in the conversation {} failed", opened.conversation(), e);
            tell(opened, ErrorCode.INTERNAL, "Studio failed to answer", "Try again");
        }
    }

    private static void tell(Opened opened, ErrorCode code, String what, String mend) {
        opened.follower()
                .send(new ChatEvent(
                        opened.conversation(),
                        "",
                        0,
                        java.time.Instant.now(),
                        new ChatEvent.Failed(code, what, mend, true)));
    }

    private void carryOut(Opened opened, Input input) {
        Chat chat = Askable.chat(studio, opened.person());
        String id = opened.conversation();
        String type = input.type() == null ? "" : input.type();
        switch (type) {
            case "message" -> begun(opened, chat.send(said(chat, id, input)));
            case "edit" -> begun(opened, chat.edit(number(input), said(chat, id, input)));
            case "retry" -> begun(opened, chat.retry(id, number(input)));
            case "stop" -> chat.stop(id);
            default ->
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "A message has no type " + StudioException.quote(type),
                        "Use message, edit, retry or stop");
        }
    }

    private void begun(Opened opened, ChatTurn turn) {
        streams.begun(opened.caller(), turn);
    }

    private static dev.datastudio.agents.chat.ChatRequest said(Chat chat, String id, Input input) {
        Conversation conversation = chat.conversations().get(id);
        return new MessageInput(input.message(), input.agent(), input.model(), input.context())
                .in(id, conversation.agent());
    }

    private static long number(Input input) {
        if (input.number() == null) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "The message names no number", "Give the number of a message");
        }
        return input.number();
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable error) {
        LOG.debug("A socket broke off", error);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().remove(OPEN) instanceof Opened opened) {
            opened.follower().close();
        }
    }
}
