package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.RunEvent.NodeFinished;
import dev.datastudio.graph.event.RunEvent.NodeStarted;
import dev.datastudio.graph.event.RunEvent.RunFinished;
import dev.datastudio.graph.event.RunEvent.RunStarted;
import dev.datastudio.graph.event.RunEvent.StepFinished;
import dev.datastudio.graph.event.RunEvent.StepStarted;
import dev.datastudio.graph.event.RunId;
import dev.datastudio.graph.event.RunListener;
import dev.datastudio.graph.event.StreamOptions;
import dev.datastudio.graph.internal.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Numbers and times the events of one run, keeps the latest and tells the listeners and streams, one event at a time.
 * The terminal event is kept whatever else is. Thread-safe.
 *
 * <p>The events of every run have methods of their own, as each place with a lambda costs a new process a millisecond.
 */
final class EventLog {
    private static final int FIRST_RING = 16;

    private final RunId run;
    private final InstantSource clock;
    private final List<RunListener> listeners;
    private final int kept;
    private final long first;
    private final ReentrantLock lock = new ReentrantLock();
    private List<EventFeed> feeds = List.of();
    private @Nullable RunEvent[] ring;
    private volatile long sequence;
    private Instant latest = Instant.EPOCH;
    private RunEvent.@Nullable Terminal terminal;
    private volatile boolean wanted;

    /**
     * A log that nothing was added to.
     *
     * @param first the number of the first event, at least 1; more than 1 where a run of the same thread ended before
     */
    EventLog(RunId run, InstantSource clock, List<RunListener> listeners, int kept, long first) {
        this.run = run;
        this.clock = clock;
        this.listeners = listeners;
        this.kept = kept;
        this.first = first;
        this.sequence = first - 1;
        this.ring = new RunEvent[Math.min(kept, FIRST_RING)];
        this.wanted = kept > 0 || !listeners.isEmpty();
    }

    /** Whether anybody wants events; when not, only the terminal one need be made. */
    boolean wanted() {
        return wanted;
    }

    /** The time by the clock that events carry. */
    Instant now() {
        return clock.instant();
    }

    /** Makes and reports an event; gives the time it carries. */
    Instant add(Maker maker) {
        lock.lock();
        try {
            Instant at = time();
            return report(maker.make(run, next(), at));
        } finally {
            release();
        }
    }

    Instant runStarted(String graph, int version) {
        lock.lock();
        try {
            return report(new RunStarted(run, next(), time(), graph, version));
        } finally {
            release();
        }
    }

    void stepStarted(int step, List<String> nodes) {
        lock.lock();
        try {
            report(new StepStarted(run, next(), time(), step, nodes));
        } finally {
            release();
        }
    }

    void stepFinished(String prefix, int step, State after) {
        lock.lock();
        try {
            report(new StepFinished(run, next(), time(), prefix, step, after));
        } finally {
            release();
        }
    }

    Instant nodeStarted(int step, String node, int task) {
        lock.lock();
        try {
            return report(new NodeStarted(run, next(), time(), step, node, task));
        } finally {
            release();
        }
    }

    /** @param began when, or {@link Instant#EPOCH} when events were not wanted yet */
    void nodeFinished(int step, String node, int task, Instant began, Update update) {
        lock.lock();
        try {
            Instant at = time();
            report(new NodeFinished(run, next(), at, step, node, task, took(began, at), update));
        } finally {
            release();
        }
    }

    void runFinished(int step, Instant began) {
        lock.lock();
        try {
            Instant at = time();
            report(new RunFinished(run, next(), at, step, Duration.between(began, at)));
        } finally {
            release();
        }
    }

    private long next() {
        long number = sequence + 1;
        sequence = number;
        return number;
    }

    private Instant time() {
        Instant at = clock.instant();
        latest = at;
        return at;
    }

    private Instant report(RunEvent event) {
        keep(event);
        for (int i = 0; i < listeners.size(); i++) {
            tell(listeners.get(i), event);
        }
        List<EventFeed> told = feeds;
        for (int i = 0; i < told.size(); i++) {
            told.get(i).offer(event);
        }
        return event.at();
    }

    /** Gives the lock back, and wakes the readers without it. */
    private void release() {
        List<EventFeed> told = feeds;
        lock.unlock();
        for (int i = 0; i < told.size(); i++) {
            told.get(i).wake();
        }
    }

    /** How long something went on that began at a time, or at {@link Instant#EPOCH} when events were not wanted yet. */
    private static Duration took(Instant began, Instant at) {
        return began.equals(Instant.EPOCH) ? Duration.ZERO : Duration.between(began, at);
    }

    /** Number of the latest event. */
    long last() {
        return sequence;
    }

    List<RunEvent> snapshot() {
        lock.lock();
        try {
            List<RunEvent> events = new ArrayList<>();
            for (long i = oldestInRing(); i <= sequence; i++) {
                events.add(inRing(i));
            }
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a reader, and has events made from now on.
     *
     * @param waker told, outside of this log's lock, when the reader may find something
     */
    EventFeed open(StreamOptions options, Runnable waker) {
        lock.lock();
        try {
            EventFeed feed = new EventFeed(this, options, first, waker);
            if (terminal == null) {
                List<EventFeed> more = new ArrayList<>(feeds);
                more.add(feed);
                feeds = List.copyOf(more);
                wanted = true;
            }
            return feed;
        } finally {
            lock.unlock();
        }
    }

    /** For the feeds, which are guarded by it. */
    ReentrantLock lock() {
        return lock;
    }

    Condition newCondition() {
        return lock.newCondition();
    }

    /** Tells a reader no more; under the lock. */
    void remove(EventFeed feed) {
        feeds = feeds.stream().filter(other -> other != feed).toList();
    }

    /** Number of the latest event; under the lock. */
    long latestSequence() {
        return sequence;
    }

    /** Number of the oldest event that {@link #kept(long)} gives; one more than the latest when none is; under the lock. */
    long oldestKept() {
        return kept == 0 && terminal != null ? sequence : oldestInRing();
    }

    /** A kept event; under the lock. */
    RunEvent kept(long number) {
        return terminal != null && number == sequence ? terminal : inRing(number);
    }

    /** The terminal event, once there is one; under the lock. */
    RunEvent.@Nullable Terminal terminal() {
        return terminal;
    }

    /** Stands for events that a reader can't have any more; under the lock. */
    RunEvent.EventsDropped dropped(long firstDropped, long lastDropped) {
        return new RunEvent.EventsDropped(run, lastDropped, latest, firstDropped, lastDropped);
    }

    private void keep(RunEvent event) {
        if (event instanceof RunEvent.Terminal end) {
            terminal = end;
        }
        if (kept == 0) {
            return;
        }
        int slot = slot(event.sequence());
        if (slot == ring.length) {
            ring = Arrays.copyOf(ring, (int) Math.min(kept, 2L * ring.length));
        }
        ring[slot] = event;
    }

    /** While the ring grows, numbers and slots are in step, as nothing was left out yet. */
    private int slot(long number) {
        return (int) ((number - first) % kept);
    }

    private long oldestInRing() {
        return kept == 0 ? sequence + 1 : Math.max(first, sequence - kept + 1);
    }

    private RunEvent inRing(long number) {
        RunEvent event = ring[slot(number)];
        if (event == null) {
            throw new AssertionError("event " + number + " of run " + run + " is not kept");
        }
        return event;
    }

    private void tell(RunListener listener, RunEvent event) {
        tell(listener, event, run);
    }

    /** Tells a listener, whose failure is logged. */
    static void tell(RunListener listener, RunEvent event, RunId run) {
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
