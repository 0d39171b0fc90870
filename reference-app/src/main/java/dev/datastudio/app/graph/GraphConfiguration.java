package dev.datastudio.app.graph;

import dev.datastudio.agents.graph.GraphRuns;
import dev.datastudio.app.identity.Sockets;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import tools.jackson.databind.json.JsonMapper;

/** Where the sockets of runs are, and that runs which a process left behind go on. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class GraphConfiguration implements WebSocketConfigurer {
    private final Studio studio;
    private final Sockets sockets;
    private final JsonMapper json;

    GraphConfiguration(Studio studio, Sockets sockets, JsonMapper json) {
        this.studio = studio;
        this.sockets = sockets;
        this.json = json;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        sockets.register(registry, new RunSocket(studio, json), Scopes.GRAPH_GET, "/ws/runs/*");
    }

    /** Asking for the runs takes up what was under way; nobody who waits for the application need wait for that. */
    @EventListener(ApplicationReadyEvent.class)
    void goOn() {
        Thread thread = new Thread(() -> GraphRuns.of(studio), "studio-graph-recovery");
        thread.setDaemon(true);
        thread.start();
    }
}
