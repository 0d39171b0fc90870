package dev.datastudio.app.identity;

import dev.datastudio.app.identity.Admission.Means;
import dev.datastudio.app.web.OpenConnections;
import dev.datastudio.app.web.RefusedException;
import dev.datastudio.app.web.SignedIn;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * The way in to every WebSocket: {@link #register} takes the handler's place in Spring's registry. A handshake needs
 * somebody who is signed in and has the scope, and, when they were let in by a cookie, the {@code Origin} of a page of
 * ours. When the session ends, or what stands for it expires, the socket is closed with {@link #SESSION_ENDED}; a page
 * then refreshes its session and comes back. Thread-safe.
 *
 * <pre>{@code
 * public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
 *     sockets.register(registry, new RunSocket(), Scopes.GRAPH_GET, "/ws/runs/*");
 * }
 * // in the handler:
 * Caller caller = Sockets.signedIn(session).caller();
 * }</pre>
 */
public final class Sockets implements AutoCloseable {
    /** What a socket is closed with when its session has ended. */
    public static final CloseStatus SESSION_ENDED = new CloseStatus(4401, "The session has ended");

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    private static final String ADMISSION = Admission.class.getName();
    private static final String COUNTED = OpenConnections.class.getName();
    private static final int CLOSERS = 4;

    private final Admissions admissions;
    private final Origins origins;
    private final OpenConnections connections;
    private final Map<WebSocketSession, Admission> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Sockets::thread);
    /** Apart from the timer, because closing waits for a slow client. */
    private final ExecutorService closers = Executors.newFixedThreadPool(CLOSERS, Sockets::thread);

    Sockets(Admissions admissions, Origins origins, OpenConnections connections) {
        this.admissions = admissions;
        this.origins = origins;
        this.connections = connections;
        // Its future ends with the timer: what goes wrong is told where it happens.
        var unused = timer.scheduleWithFixedDelay(this::closeEnded, 1, 1, TimeUnit.SECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "studio-sockets");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Has a handler answer WebSockets.
     *
     * @param scope what a handshake needs, one of {@link dev.datastudio.app.web.Scopes}
     * @param paths such as {@code /ws/runs/*}
     */
    public void register(WebSocketHandlerRegistry registry, WebSocketHandler handler, String scope, String... paths) {
        registry.addHandler(new Watched(handler), paths)
                .addInterceptors(new Guard(scope))
                .setAllowedOriginPatterns("*"); // the guard knows better: also which requests need an origin at all
    }

    /** Who opened a socket. */
    public static SignedIn signedIn(WebSocketSession session) {
        if (session.getAttributes().get(ADMISSION) instanceof Admission admission) {
            return admission.getPrincipal();
        }
        throw new IllegalStateException("The socket was not registered with Sockets");
    }

    /** Closes the sockets whose sessions have ended; done every second. */
    void closeEnded() {
        try {
            open.forEach((session, admission) -> {
                if (!admissions.isCurrent(admission) && open.remove(session, admission)) {
                    closers.execute(() -> close(session));
                }
            });
        } catch (RuntimeException e) {
            LOG.warn("Whether the sessions of open sockets have ended can't be told now", e);
        }
    }

    private static void close(WebSocketSession session) {
        try {
            session.close(SESSION_ENDED);
        } catch (IOException | RuntimeException e) {
            LOG.debug("The socket was gone already", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        closers.shutdown();
    }

    /** Lets handshakes through. */
    private final class Guard implements HandshakeInterceptor {
        private final String scope;

        Guard(String scope) {
            this.scope = scope;
        }

        @Override
        public boolean beforeHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                Map<String, Object> attributes) {
            if (!(SecurityContextHolder.getContext().getAuthentication() instanceof Admission admission)) {
                response.setStatusCode(HttpStatus.UNAUTHORIZED);
                return false;
            }
            if (!admission.getPrincipal().may(scope) || !comesFromOurs(request, admission)) {
                response.setStatusCode(HttpStatus.FORBIDDEN);
                return false;
            }
            if (connections.isFull(admission.getPrincipal().caller())) {
                response.setStatusCode(HttpStatus.TOO_MANY_REQUESTS);
                return false;
            }
            attributes.put(ADMISSION, admission);
            return true;
        }

        /** Browsers always say where a handshake comes from; with a cookie, a request that doesn't is none of theirs. */
        private boolean comesFromOurs(ServerHttpRequest request, Admission admission) {
            String origin = request.getHeaders().getOrigin();
            if (origin == null) {
                return admission.means() == Means.TOKEN;
            }
            return request instanceof ServletServerHttpRequest servlet
                    && origins.isAllowed(servlet.getServletRequest(), origin);
        }

        @Override
        public void afterHandshake(
                ServerHttpRequest request,
                ServerHttpResponse response,
                WebSocketHandler handler,
                @Nullable Exception exception) {
            // Nothing was begun that would have to end.
        }
    }

    /** Keeps an eye on the sessions of a handler. */
    private final class Watched extends WebSocketHandlerDecorator {
        Watched(WebSocketHandler handler) {
            super(handler);
        }

        @Override
        public void afterConnectionEstablished(WebSocketSession session) throws Exception {
            if (session.getAttributes().get(ADMISSION) instanceof Admission admission) {
                try {
                    Runnable closed =
                            connections.opened(admission.getPrincipal().caller());
                    session.getAttributes().put(COUNTED, closed);
                } catch (RefusedException e) { // of several handshakes at once, this one came too late
                    LOG.debug("A person has too many sockets", e);
                    session.close(CloseStatus.SERVICE_OVERLOAD);
                    return;
                }
                open.put(session, admission);
            }
            super.afterConnectionEstablished(session);
        }

        @Override
        public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
            open.remove(session);
            if (session.getAttributes().remove(COUNTED) instanceof Runnable closed) {
                closed.run();
            }
            super.afterConnectionClosed(session, status);
        }
    }
}
