package dev.datastudio.app.web;

import dev.datastudio.spring.StudioMeters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/** The open streams of events: gives each a sign of life, and ends them all before the server shuts down. */
@Component
public class EventStreams implements SmartLifecycle {
    private static final long BEAT_SECONDS = 15;

    private final Map<EventStream, Authentication> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "studio-event-streams");
        thread.setDaemon(true);
        return thread;
    });
    private final ObjectProvider<StudioMeters> meters;
    private final OpenConnections connections;
    private volatile boolean running;

    EventStreams(ObjectProvider<StudioMeters> meters, OpenConnections connections) {
        this.meters = meters;
        this.connections = connections;
    }

    /**
     * Answers a request with a stream of events, which stays open after the handler method has returned. The method
     * must return nothing, and what it throws afterwards reaches nobody.
     *
     * @throws RefusedException when the person has as many streams and sockets open as they may
     */
    public EventStream open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignedIn person = Requester.signedIn().orElseThrow(RefusedException::nobody);
        Runnable closed = connections.opened(person.caller());
        EventStream stream;
        try {
            stream = EventStream.open(request, response);
        } catch (IOException | RuntimeException e) {
            closed.run();
            throw e;
        }
        stream.onEnd(closed);
        open.put(
                stream,
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication()));
        long begin = System.nanoTime();
        String route = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        return stream.onFirst(() ->
                        meters.ifAvailable(each -> each.firstEvent(route, Duration.ofNanos(System.nanoTime() - begin))))
                .onEnd(() -> open.remove(stream));
    }

    /** The last event that a client had before it was cut off. */
    public static Optional<String> lastEventId(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Last-Event-ID")).filter(id -> !id.isBlank());
    }

    /** Ends the streams of those who may not read them any more, and sends them nothing of what still waits. */
    public void endIf(Predicate<Authentication> isGone) {
        open.forEach((stream, who) -> {
            if (isGone.test(who)) {
                stream.end();
            }
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // ends with its executor
    public void start() {
        beats.scheduleWithFixedDelay(
                () -> open.keySet().forEach(EventStream::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        beats.shutdownNow();
        open.keySet().forEach(EventStream::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
