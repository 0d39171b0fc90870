package dev.datastudio.app.chat;

import dev.datastudio.app.identity.Sockets;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/** Where the sockets of conversations and analyses are. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class ChatSockets implements WebSocketConfigurer {
    private final Studio studio;
    private final Sockets sockets;
    private final ChatStreams streams;

    ChatSockets(Studio studio, Sockets sockets, ChatStreams streams) {
        this.studio = studio;
        this.sockets = sockets;
        this.streams = streams;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        sockets.register(registry, new ChatSocket(studio, streams), Scopes.CHAT_USE, "/ws/chat/*");
    }
}
