package dev.datastudio.app.web;

import dev.datastudio.api.tenant.Caller;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/** Counts the streams and sockets that each person has open. Thread-safe. */
@Component
public class OpenConnections {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final int max;
    private final Map<Caller, Integer> open = new ConcurrentHashMap<>();

    OpenConnections(LimitProperties limits) {
        this.max = limits.connectionsPerPerson();
    }

    /** Whether a person has as many as they may. */
    public boolean isFull(Caller caller) {
        return open.getOrDefault(caller, 0) >= max;
    }

    private static RefusedException full(int now) {
        return RefusedException.tooMany(
                "CONNECTIONS_EXCEEDED",
                "You have " + now + " streams and sockets open, as many as you may",
                "Close pages or programs that you don't need",
                RETRY);
    }

    /**
     * Counts one more.
     *
     * @return to be run when it has ended; running it again does nothing
     * @throws RefusedException 429 when the person has as many as they may
     */
    public Runnable opened(Caller caller) {
        open.merge(caller, 1, (now, one) -> {
            if (now >= max) {
                throw full(now);
            }
            return now + 1;
        });
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                open.computeIfPresent(caller, (any, now) -> now <= 1 ? null : now - 1);
            }
        };
    }
}
