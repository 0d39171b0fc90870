package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.event.RunListener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.LoggerFactory;

/** Numbers and times the events of one run, keeps the latest and tells the listeners, one event at a time. Thread-safe. */
final class EventLog {
    private final RunId run;
    private final InstantSource clock;
    private final List<RunListener> listeners;
    private final int kept;
    private final Deque<RunEvent> events = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long sequence;

    EventLog(RunId run, InstantSource clock, List<RunListener> listeners, int kept, long last) {
        this.sequence = last;
        this.run = run;
        this.clock = clock;
        this.listeners = listeners;
        this.kept = kept;
    }

    /** Whether anybody wants events; when not, none need be made. */
    boolean wanted() {
        return kept > 0 || !listeners.isEmpty();
    }

    /** Makes and reports an event; gives the time it carries. */
    Instant add(Maker maker) {
        lock.lock();
        try {
            RunEvent event = maker.make(run, ++sequence, clock.instant());
            if (kept > 0) {
                if (events.size() == kept) {
                    events.removeFirst();
                }
                events.addLast(event);
            }
            for (int i = 0; i < listeners.size(); i++) {
                tell(listeners.get(i), event);
            }
            return event.at();
        } finally {
            lock.unlock();
        }
    }

    long last() {
        lock.lock();
        try {
            return sequence;
        } finally {
            lock.unlock();
        }
    }

    List<RunEvent> snapshot() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    private void tell(RunListener listener, RunEvent event) {
        try {
            listener.onEvent(event);
        } catch (RuntimeException e) {
            // Looked up here only, as finding the logging library takes tens of milliseconds in a new process.
            LoggerFactory.getLogger(EventLog.class)
                    .warn("A listener of run {} failed at event {}; the run goes on", run, event.sequence(), e);
        }
    }

    /** Makes an event from the parts that all events have. */
    @FunctionalInterface
    interface Maker {
        RunEvent make(RunId run, long sequence, Instant at);
    }
}
