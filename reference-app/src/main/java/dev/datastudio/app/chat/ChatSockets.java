package dev.datastudio.app.chat;

import dev.datastudio.app.identity.Sockets;
import dev.datastudio.app.question.PublishedAnswers;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.usage.TenantSlots;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;
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
    private final PublishedAnswers published;
    private final TaskExecutor applicationTaskExecutor;
    private final TenantSlots analysisSlots;

    ChatSockets(
            Studio studio,
            Sockets sockets,
            ChatStreams streams,
            PublishedAnswers published,
            TaskExecutor applicationTaskExecutor,
            TenantSlots analysisSlots) {
        this.studio = studio;
        this.sockets = sockets;
        this.streams = streams;
        this.published = published;
        this.applicationTaskExecutor = applicationTaskExecutor;
        this.analysisSlots = analysisSlots;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        sockets.register(registry, new ChatSocket(studio, streams), Scopes.CHAT_USE, "/ws/chat/*");
        sockets.register(
                registry,
                new AnalysisSocket(studio, published, applicationTaskExecutor, analysisSlots),
                Scopes.DATASET_GET,
                "/ws/analysis/*");
    }
}
