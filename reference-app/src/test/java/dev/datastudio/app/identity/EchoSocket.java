package dev.datastudio.app.identity;

import dev.datastudio.app.web.Scopes;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** A socket for tests that says who opened it. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class EchoSocket implements WebSocketConfigurer {
    private final Sockets sockets;

    EchoSocket(Sockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        TextWebSocketHandler handler = new TextWebSocketHandler() {
            @Override
            protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
                session.sendMessage(
                        new TextMessage(Sockets.signedIn(session).caller().user()));
            }
        };
        sockets.register(registry, handler, Scopes.GRAPH_RUN, "/ws/test-echo");
    }
}
