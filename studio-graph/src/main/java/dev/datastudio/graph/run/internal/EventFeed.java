package dev.datastudio.graph.run.internal;

import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.event.StreamOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What one reader of a log has not read yet. New events wait in its buffer; when that is full it lags, and reads on from
 * what the log keeps once the buffer is empty. What the log has let go by then is lost, and told as one event. Guarded by
 * the log's lock.
 */
final class EventFeed {
    /** How many kept events are looked through while the log, and so the run, is held up. */
    private static final int LOOKED_AT_ONCE = 256;

    private final EventLog log;
    private final StreamOptions options;
    private final Runnable waker;
    private final Condition arrived;
    private final Deque<RunEvent> buffer = new ArrayDeque<>();
    private boolean lags;
    private long next;
    private boolean ended;
    private volatile boolean stirred;

    /** Made under the lock; one that wants nothing that was before misses nothing from now on. */
    EventFeed(EventLog log, StreamOptions options, long first, Runnable waker) {
        this.log = log;
        this.options = options;
        this.waker = waker;
        this.arrived = log.newCondition();
        this.next = Math.max(options.from(), first);
        this.lags = next <= log.latestSequence();
    }

    /** Takes a new event in, if there is room; under the lock. */
    void offer(RunEvent event) {
        if (!lags && passes(event)) {
            if (buffer.size() < options.buffer()) {
                buffer.add(event);
            } else {
                lags = true;
                next = event.sequence();
            }
        }
        if (lags || passes(event)) {
            stirred = true;
            arrived.signal();
        }
    }

    /** Has the reader look, if something came in; not under the lock. */
    void wake() {
        if (stirred) {
            stirred = false;
            waker.run();
        }
    }

    /** The next event, or null when there is none now. */
    @Nullable
    RunEvent poll() {
        while (true) {
            log.lock().lock();
            try {
                RunEvent event = taken();
                if (event != null || !lags || ended) {
                    return event;
                }
            } finally {
                log.lock().unlock();
            }
        }
    }

    /** Waits for the next event; null after the terminal one and after {@link #close()}. */
    @Nullable
    RunEvent take() throws InterruptedException {
        while (true) {
            log.lock().lockInterruptibly();
            try {
                RunEvent event = taken();
                if (event != null || ended) {
                    return event;
                }
                if (!lags) {
                    arrived.await();
                }
            } finally {
                log.lock().unlock();
            }
        }
    }

    /** Reads no more and holds nothing. */
    void close() {
        log.lock().lock();
        try {
            ended = true;
            buffer.clear();
            log.remove(this);
            arrived.signalAll();
        } finally {
            log.lock().unlock();
        }
    }

    private @Nullable RunEvent taken() {
        if (ended) {
            return null;
        }
        RunEvent event = buffer.poll();
        if (event == null && lags) {
            event = caughtUp();
        }
        if (event == null && !lags) {
            event = log.terminal();
        }
        if (event instanceof RunEvent.Terminal) {
            ended = true;
            buffer.clear();
            log.remove(this);
        }
        return event;
    }

    /** Reads on from what is kept, a part at a time; gives the gap if there is one, or the first event found. */
    private @Nullable RunEvent caughtUp() {
        long oldest = log.oldestKept();
        if (next < oldest) {
            RunEvent gap = log.dropped(next, oldest - 1);
            next = oldest;
            lags = next <= log.latestSequence();
            return gap;
        }
        long end = Math.min(log.latestSequence(), next + LOOKED_AT_ONCE - 1);
        while (next <= end && buffer.size() < options.buffer()) {
            RunEvent event = log.kept(next++);
            if (passes(event)) {
                buffer.add(event);
            }
        }
        lags = next <= log.latestSequence();
        return buffer.poll();
    }

    private boolean passes(RunEvent event) {
        return event instanceof RunEvent.Terminal || (event.sequence() >= options.from() && options.lets(event));
    }
}
