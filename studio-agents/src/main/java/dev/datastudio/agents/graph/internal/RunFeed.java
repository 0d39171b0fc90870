package dev.datastudio.agents.graph.internal;

import dev.datastudio.agents.graph.GraphRunEvent;
import dev.datastudio.agents.graph.RunSubscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest events of a run, for any number of subscribers, each at its own place. Who adds never waits: a subscriber reads
 * on threads of the executor, and one that falls behind what is kept is given the whole run instead. Thread-safe.
 *
 * <p>Lock order: the run's lock may be held while adding; a subscriber takes the run's lock for a snapshot holding none.
 */
final class RunFeed {
    private static final Logger log = LoggerFactory.getLogger(RunFeed.class);
    private static final int MAX_EVENTS = 5_000;
    private static final long MAX_WEIGHT = 8_000_000;
    private static final int BATCH = 200;

    private final Executor executor;
    private final Supplier<GraphRunEvent> snapshot;
    private final Deque<Weighed> kept = new ArrayDeque<>();
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private long weight;
    private long last;

    /** @param snapshot the whole run as an event with the number of the latest event that is in it */
    RunFeed(Executor executor, long last, Supplier<GraphRunEvent> snapshot) {
        this.executor = executor;
        this.last = last;
        this.snapshot = snapshot;
    }

    private record Weighed(GraphRunEvent event, long weight) {}

    /** Keeps an event and tells the subscribers of it; to be called in the order of the numbers. */
    void add(GraphRunEvent event, long size) {
        synchronized (this) {
            last = event.sequence();
            kept.addLast(new Weighed(event, size + 100));
            weight += size + 100;
            while (kept.size() > MAX_EVENTS || (weight > MAX_WEIGHT && kept.size() > 1)) {
                weight -= kept.removeFirst().weight();
            }
        }
        subscriptions.forEach(Subscription::signal);
    }

    /** The events after a number; nothing when some of them are not kept any more, or the number is not one of these. */
    private synchronized @Nullable List<GraphRunEvent> after(long sequence) {
        long first = kept.isEmpty() ? last + 1 : kept.getFirst().event().sequence();
        if (sequence > last || sequence < first - 1) {
            return null;
        }
        List<GraphRunEvent> after = new ArrayList<>();
        for (Weighed each : kept) {
            if (each.event().sequence() > sequence) {
                after.add(each.event());
                if (after.size() == BATCH) {
                    break;
                }
            }
        }
        return after;
    }

    /**
     * Adds a subscriber.
     *
     * @param after the number of the last event that it has; 0 for none, so that it is given the whole run first
     */
    RunSubscription subscribe(long after, Consumer<GraphRunEvent> listener) {
        Subscription subscription = new Subscription(after, listener);
        subscriptions.add(subscription);
        subscription.signal();
        return subscription;
    }

    boolean isWatched() {
        return !subscriptions.isEmpty();
    }

    private final class Subscription implements RunSubscription, Runnable {
        private final Consumer<GraphRunEvent> listener;
        private long at;
        private boolean isBehind;
        private boolean isScheduled;
        private boolean isSignalled;
        private volatile boolean isClosed;

        private Subscription(long after, Consumer<GraphRunEvent> listener) {
            this.at = after;
            this.isBehind = after <= 0;
            this.listener = listener;
        }

        void signal() {
            synchronized (this) {
                isSignalled = true;
                if (isScheduled || isClosed) {
                    return;
                }
                isScheduled = true;
            }
            try {
                executor.execute(this);
            } catch (RejectedExecutionException e) { // the studio is closed
                close();
            }
        }

        @Override
        public void run() {
            try {
                while (!isClosed && isToGoOn()) {
                    tell();
                }
            } catch (RuntimeException e) {
                log.warn("A subscriber of a run failed and is told no more", e);
                close();
            }
        }

        private synchronized boolean isToGoOn() {
            isScheduled = isSignalled;
            isSignalled = false;
            return isScheduled;
        }

        private void tell() {
            while (!isClosed) {
                List<GraphRunEvent> events = isBehind ? null : after(at);
                if (events == null) {
                    isBehind = false;
                    events = List.of(snapshot.get());
                }
                if (events.isEmpty()) {
                    return;
                }
                for (GraphRunEvent event : events) {
                    if (isClosed) {
                        return;
                    }
                    at = event.sequence();
                    listener.accept(event);
                    if (event instanceof GraphRunEvent.RunEnded) {
                        close();
                    }
                }
            }
        }

        @Override
        public void close() {
            isClosed = true;
            subscriptions.remove(this);
        }
    }
}
