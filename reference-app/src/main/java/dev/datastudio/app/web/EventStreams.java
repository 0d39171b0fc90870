package dev.datastudio.app.web;

import dev.datastudio.spring.StudioMeters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The open streams of events: gives each a sign of life, ends those whose sessions have ended, so that a client comes back
 * with a new one or not at all, and ends them all before the server shuts down.
 */
@Component
public class EventStreams implements SmartLifecycle {
    private static final long BEAT_SECONDS = 15;

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private final Map<EventStream, Authentication> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "studio-event-streams");
        thread.setDaemon(true);
        return thread;
    });
    private final ObjectProvider<StudioMeters> meters;
    private final Admittance admittance;
    private volatile boolean running;

    EventStreams(ObjectProvider<StudioMeters> meters, Admittance admittance) {
        this.meters = meters;
        this.admittance = admittance;
    }

    /**
     * Answers a request with a stream of events, which stays open after the handler method has returned. The method
     * must return nothing, and what it throws afterwards reaches nobody.
     */
    public EventStream open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        EventStream stream = EventStream.open(request, response);
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null) {
            open.put(stream, who);
        }
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

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // ends with its executor
    public void start() {
        beats.scheduleWithFixedDelay(
                () -> open.keySet().forEach(EventStream::beat), BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        beats.scheduleWithFixedDelay(this::endThoseOfEndedSessions, 1, 1, TimeUnit.SECONDS);
        running = true;
    }

    private void endThoseOfEndedSessions() {
        try {
            open.forEach((stream, who) -> {
                if (!admittance.isCurrent(who)) {
                    stream.close();
                }
            });
        } catch (RuntimeException e) { // the next look must come
            LOG.warn("Whether the sessions of open streams have ended can't be told now", e);
        }
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
