package dev.datastudio.app.graph;

import dev.datastudio.agents.graph.GraphRunEvent;
import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.agents.graph.RunSubscription;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.Sockets;
import dev.datastudio.app.web.SocketStream;
import dev.datastudio.core.Studio;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run over a WebSocket: {@code /ws/runs/ID?after=LAST}. Each message is a {@link RunFrame}; what a client sends is not
 * read. After the last one the client closes, or leaves.
 */
final class RunSocket extends TextWebSocketHandler {
    /** What a socket is closed with that leads to nothing. */
    static final CloseStatus NOT_FOUND = new CloseStatus(4404, "There is no such run");

    private static final Logger LOG = LoggerFactory.getLogger(RunSocket.class);
    private static final String SUBSCRIPTION = RunSocket.class.getName();
    private static final int MAX_MESSAGE = 1_024;

    private final Studio studio;
    private final JsonMapper json;

    RunSocket(Studio studio, JsonMapper json) {
        this.studio = studio;
        this.json = json;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        session.setTextMessageSizeLimit(MAX_MESSAGE);
        Caller caller = Sockets.signedIn(session).caller();
        SocketStream socket = SocketStream.of(session);
        UriComponents uri = UriComponentsBuilder.fromUri(Objects.requireNonNull(session.getUri()))
                .build();
        List<String> path = uri.getPathSegments();
        String id = path.get(path.size() - 1);
        long after = Optional.ofNullable(uri.getQueryParams().getFirst("after"))
                .filter(last -> last.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .orElse(0L);
        try {
            GraphRuns runs = GraphRuns.of(studio).as(caller);
            runs.get(id);
            send(socket, RunFrame.connected());
            RunSubscription subscription = runs.subscribe(id, after, event -> tell(socket, event));
            session.getAttributes().put(SUBSCRIPTION, subscription);
            if (!session.isOpen()) {
                subscription.close();
            }
        } catch (StudioException e) {
            LOG.debug("A socket leads to no run", e);
            socket.close(NOT_FOUND);
        }
    }

    private void tell(SocketStream socket, GraphRunEvent event) {
        send(socket, RunFrame.of(event));
    }

    private void send(SocketStream socket, RunFrame frame) {
        socket.send(frame.json(json));
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable error) {
        LOG.debug("A socket broke off", error);
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        if (session.getAttributes().remove(SUBSCRIPTION) instanceof RunSubscription subscription) {
            subscription.close();
        }
    }
}
