package dev.datastudio.app.identity;

import dev.datastudio.app.identity.Admission.Means;
import dev.datastudio.app.web.EventStreams;
import dev.datastudio.app.web.OpenConnections;
import dev.datastudio.app.web.RefusedException;
import dev.datastudio.app.web.SignedIn;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
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
    private static final int ASKERS = 2;
    private static final int UNANSWERED = 2;

    private final Admissions admissions;
    private final Origins origins;
    private final OpenConnections connections;
    private final EventStreams streams;
    private final Duration beat;
    private final Map<WebSocketSession, Watch> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Sockets::thread);
    /** Apart from the timer, because closing waits for a slow client. */
    private final ExecutorService closers = Executors.newFixedThreadPool(CLOSERS, Sockets::thread);
    /** Apart from both, because asking waits for what is being sent. */
    private final ExecutorService askers = Executors.newFixedThreadPool(ASKERS, Sockets::thread);

    /** @param beat after how long a silence a client is asked for a sign of life */
    Sockets(Admissions admissions, Origins origins, OpenConnections connections, EventStreams streams, Duration beat) {
        this.admissions = admissions;
        this.origins = origins;
        this.connections = connections;
        this.streams = streams;
        this.beat = beat;
        // Their futures end with the timer: what goes wrong is told where it happens.
        Future<?> unused = timer.scheduleWithFixedDelay(this::closeEnded, 1, 1, TimeUnit.SECONDS);
        long millis = beat.toMillis();
        unused = timer.scheduleWithFixedDelay(this::askSilent, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** An open socket: who opened it, and when its client was heard of last. */
    private static final class Watch {
        private final Admission admission;
        private final AtomicBoolean isAsked = new AtomicBoolean();
        private final AtomicInteger unanswered = new AtomicInteger();
        private volatile long heardAt = System.nanoTime();

        Watch(Admission admission) {
            this.admission = admission;
        }

        Duration silence() {
            return Duration.ofNanos(System.nanoTime() - heardAt);
        }

        void isHeard() {
            heardAt = System.nanoTime();
            unanswered.set(0);
        }
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

    /** Closes the sockets and ends the streams of events whose sessions have ended; done every second. */
    void closeEnded() {
        try {
            open.forEach((session, watch) -> {
                if (!admissions.isCurrent(watch.admission) && open.remove(session, watch)) {
                    closers.execute(() -> close(session, SESSION_ENDED));
                }
            });
            streams.endIf(who -> who instanceof Admission admission && !admissions.lasts(admission));
        } catch (RuntimeException e) {
            LOG.warn("Whether the sessions of open sockets have ended can't be told now", e);
        }
    }

    /**
     * Asks the clients that were silent for a sign of life, and cuts those off that were given the time of several beats
     * to answer and did not. It is not the silence that counts: when this machine stood still, nobody was heard.
     */
    private void askSilent() {
        open.forEach((session, watch) -> {
            if (watch.silence().compareTo(beat) < 0) {
                return;
            }
            if (watch.unanswered.getAndIncrement() >= UNANSWERED) {
                if (open.remove(session, watch)) {
                    LOG.debug("The client of a socket is gone");
                    closers.execute(() -> close(session, CloseStatus.GOING_AWAY));
                }
            } else if (watch.isAsked.compareAndSet(false, true)) {
                askers.execute(() -> ask(session, watch));
            }
        });
    }

    private static void ask(WebSocketSession session, Watch watch) {
        try {
            Session socket = ((StandardWebSocketSession) session).getNativeSession(Session.class);
            if (socket != null) { // sent beside what goes on being sent, in which a session of Spring's would interfere
                socket.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("The client of a socket can't be asked whether it is there", e);
        } finally {
            watch.isAsked.set(false);
        }
    }

    private static void close(WebSocketSession session, CloseStatus why) {
        try {
            session.close(why);
        } catch (IOException | RuntimeException e) {
            LOG.debug("The socket was gone already", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        closers.shutdown();
        askers.shutdownNow();
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
                open.put(session, new Watch(admission));
            }
            super.afterConnectionEstablished(session);
        }

        @Override
        public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
            Watch watch = open.get(session);
            if (watch != null) {
                watch.isHeard();
            }
            super.handleMessage(session, message);
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
