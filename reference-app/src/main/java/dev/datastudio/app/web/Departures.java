package dev.datastudio.app.web;

import dev.datastudio.api.progress.Cancellation;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Notices that clients leave while their answer is being computed, so that nobody computes for nobody. A container tells
 * of that only when something is written; so the connections of requests that take longer than a beat are looked at,
 * twice a second, by one thread for all. Thread-safe.
 */
@Component
public class Departures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final long BEAT_MILLIS = 500;

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService beats = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "studio-departures");
        thread.setDaemon(true);
        return thread;
    });

    private final Future<?> beating;

    Departures() {
        this.beating = beats.scheduleWithFixedDelay(
                () -> watches.forEach(this::look), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Watches the client of a request, until it is closed, which the thread of the request must do before it goes on with
     * the request itself.
     *
     * @param request whose body has been read
     * @throws IllegalStateException if the request did not come over the application's own server
     */
    public Watch watch(HttpServletRequest request) {
        Watch watch = new Watch(ClientConnection.of(request));
        watches.add(watch);
        return watch;
    }

    private void look(Watch watch) {
        try {
            watch.look();
        } catch (RuntimeException e) {
            LOG.warn("Whether a client has left can't be told; its answer is computed to the end", e);
            watches.remove(watch);
        }
    }

    @Override
    public void close() {
        beating.cancel(false);
        beats.shutdownNow();
    }

    /** One client that waits. */
    public final class Watch implements AutoCloseable {
        private final ClientConnection connection;
        private final Cancellation cancellation = Cancellation.create();
        private boolean isLong;
        private boolean isOver;

        private Watch(ClientConnection connection) {
            this.connection = connection;
        }

        /** Cancelled when the client has left. */
        public Cancellation cancellation() {
            return cancellation;
        }

        private void look() {
            if (hasLeft()) {
                watches.remove(this);
                cancellation.cancel();
            }
        }

        /** Nobody else may touch the connection meanwhile. */
        private synchronized boolean hasLeft() {
            boolean mayLook = isLong && !isOver;
            isLong = true;
            return mayLook && connection.isClosed();
        }

        @Override
        public void close() {
            watches.remove(this);
            synchronized (this) {
                isOver = true;
            }
        }
    }
}
